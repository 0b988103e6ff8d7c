import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import { DEGRADED, type Finding, OK } from "./health.ts";

const PERIOD_MS = 1_000;
/** Less than this is a clock being slewed or a busy machine. */
const STEP_MS = 5_000;
const REMEMBERED_MS = 10 * 60_000;

/** Notices when the wall's clock jumps against the monotonic one: history then has a gap or an overlap. */
export class ClockWatch implements Stoppable {
  readonly #clock: Clock;
  readonly #log: Logger;
  #offsetMs = 0;
  #stepped: { readonly byMs: number; readonly atMonotonicMs: number } | null = null;
  #cancel: Cancel | null = null;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#offsetMs = this.#offset();
    this.#cancel = every(this.#clock, PERIOD_MS, () => this.#look());
  }

  async stop(): Promise<void> {
    this.#cancel?.();
  }

  finding(): Finding {
    const stepped = this.#stepped;
    if (stepped === null || this.#clock.monotonicMs() - stepped.atMonotonicMs > REMEMBERED_MS) {
      return OK("The clock runs without jumps.");
    }
    return DEGRADED(`The clock jumped by ${Math.round(stepped.byMs / 1_000)} s; durations are not affected.`);
  }

  #offset(): number {
    return this.#clock.nowMs() - this.#clock.monotonicMs();
  }

  #look(): void {
    const byMs = this.#offset() - this.#offsetMs;
    this.#offsetMs += byMs;
    if (Math.abs(byMs) < STEP_MS) return;
    this.#stepped = { byMs, atMonotonicMs: this.#clock.monotonicMs() };
    this.#log.warn({ byMs: Math.round(byMs) }, "the clock jumped");
  }
}
