import type { Alarm } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import type { AlarmId } from "#contract/ids.ts";
import type { AlarmDesk } from "#main/notifications/ports.ts";
import type { Cancel } from "#main/platform/ports.ts";

/** Alarms that stand as they are put, and who acknowledged them. */
export class FakeAlarmDesk implements AlarmDesk {
  alarms: Alarm[] = [];
  readonly unacknowledged = new Set<AlarmId>();
  readonly acknowledgedBy: string[] = [];
  readonly #listeners = new Set<(id: AlarmId) => void>();

  list(): readonly Alarm[] {
    return this.alarms;
  }

  onChange(listener: (id: AlarmId) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isUnacknowledged(id: AlarmId): boolean {
    return this.unacknowledged.has(id);
  }

  async acknowledge(id: AlarmId, by: string): Promise<void> {
    if (!this.unacknowledged.delete(id)) throw new ReefFault("conflict", "There is nothing to acknowledge.");
    this.acknowledgedBy.push(by);
    const known = this.alarms.find((alarm) => alarm.id === id);
    if (known !== undefined) this.change({ ...known, state: "acknowledged", by });
  }

  change(alarm: Alarm): void {
    this.alarms = [...this.alarms.filter(({ id }) => id !== alarm.id), alarm];
    for (const listener of this.#listeners) listener(alarm.id);
  }

  remove(id: AlarmId): void {
    this.alarms = this.alarms.filter((alarm) => alarm.id !== id);
    for (const listener of this.#listeners) listener(id);
  }
}
