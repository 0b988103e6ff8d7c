import type { Alarm, AlarmCreate, AlarmPatch, AlarmState } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import { AlarmId } from "#contract/ids.ts";
import type { AlarmActor } from "#domain/alarms/alarm-machine.ts";
import { newId } from "#main/platform/ids.ts";
import type { AlarmsService } from "#main/settings/ports.ts";
import { HOW_IT_STANDS } from "../builders/alarm.ts";

/** Alarms in a list; what is done to one changes its state alone. */
export class FakeAlarms implements AlarmsService {
  alarms: Alarm[] = [];
  readonly listeners = new Set<(id: AlarmId) => void>();

  list(): readonly Alarm[] {
    return this.alarms;
  }

  standing(): readonly Alarm[] {
    return this.alarms.filter(({ state }) => state !== "normal");
  }

  get(id: string): Alarm {
    const alarm = this.alarms.find((candidate) => candidate.id === id);
    if (alarm === undefined) throw new ReefFault("not-found", "There is no such alarm");
    return alarm;
  }

  async create(request: AlarmCreate): Promise<Alarm> {
    const created = { ...request, ...HOW_IT_STANDS, id: AlarmId.parse(newId(this.alarms.length)) };
    this.alarms.push(created);
    return this.#told(created.id);
  }

  async update(id: string, patch: AlarmPatch): Promise<Alarm> {
    return this.#changed(id, patch as Partial<Alarm>);
  }

  async remove(id: string): Promise<void> {
    const gone = this.get(id);
    this.alarms = this.alarms.filter((alarm) => alarm !== gone);
    for (const listener of this.listeners) listener(gone.id);
  }

  async acknowledge(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#turned(id, "acknowledged", actor);
  }

  async shelve(id: string, durationS: number, actor: AlarmActor): Promise<Alarm> {
    this.#changed(id, { shelvedUntil: new Date(durationS * 1_000).toISOString() });
    return this.#turned(id, "shelved", actor);
  }

  async unshelve(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#turned(id, "normal", actor);
  }

  async reset(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#turned(id, "normal", actor);
  }

  async setInService(id: string, isInService: boolean, actor: AlarmActor): Promise<Alarm> {
    return this.#turned(id, isInService ? "normal" : "out-of-service", actor);
  }

  onChange(listener: (id: AlarmId) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  #turned(id: string, state: AlarmState, { by, note }: AlarmActor): Alarm {
    return this.#changed(id, { state, by, note: note ?? null });
  }

  #changed(id: string, change: Partial<Alarm>): Alarm {
    const changed = { ...this.get(id), ...change };
    this.alarms = this.alarms.map((alarm) => (alarm.id === id ? changed : alarm));
    return this.#told(changed.id);
  }

  #told(id: AlarmId): Alarm {
    for (const listener of this.listeners) listener(id);
    return this.get(id);
  }
}
