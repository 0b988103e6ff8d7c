import type { AlarmId } from "#contract/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";

interface AlarmWatchersDeps {
  readonly clock: Clock;
  /** All alarms there are, and of each whether its limit is nearing now. */
  readonly nearing: () => Iterable<readonly [AlarmId, boolean]>;
}

const FORECAST_PERIOD_MS = 60_000;

/** Those who show alarms: told of each that changed, and of limits that begin to near or no longer do. */
export class AlarmWatchers {
  readonly #deps: AlarmWatchersDeps;
  readonly #listeners = new Set<(alarmId: AlarmId) => void>();
  #nearing = new Set<AlarmId>();
  #cancelLook: Cancel = () => undefined;

  constructor(deps: AlarmWatchersDeps) {
    this.#deps = deps;
  }

  /** While nobody listens nobody looks ahead; the first to come knows what is nearing by then from what it is shown. */
  add(listener: (alarmId: AlarmId) => void): Cancel {
    if (this.#listeners.size === 0) {
      this.#nearing = new Set([...this.#deps.nearing()].flatMap(([id, isNearing]) => (isNearing ? [id] : [])));
      this.#cancelLook = every(this.#deps.clock, FORECAST_PERIOD_MS, () => this.#lookAhead());
    }
    this.#listeners.add(listener);
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#cancelLook();
    };
  }

  tell(id: AlarmId): void {
    for (const listener of this.#listeners) listener(id);
  }

  stop(): void {
    this.#cancelLook();
  }

  #lookAhead(): void {
    for (const [id, isNearing] of this.#deps.nearing()) {
      if (isNearing === this.#nearing.has(id)) continue;
      if (isNearing) this.#nearing.add(id);
      else this.#nearing.delete(id);
      this.tell(id);
    }
  }
}
