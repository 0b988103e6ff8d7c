import type { Equipment, Guards } from "#contract/guards.ts";
import type { OutputCycles, OutputFault } from "#contract/outputs.ts";
import { CycleMeter } from "#domain/outputs/cycle-meter.ts";
import { type Use, UseMeter } from "#domain/outputs/use-meter.ts";
import type { Clock } from "../platform/ports.ts";
import type { Away } from "./away.ts";
import type { OutputRun, PersistedOutput } from "./ports.ts";

export const MANY_STARTS = "many-starts";
const HOUR_MIN = 60;
const DAY_MIN = 1_440;

/** What an output spent and how often it was switched on, over restarts. */
export class OutputUsage {
  readonly use = new UseMeter();
  readonly #cycles = new CycleMeter();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It is on or off as of now, by its command or by its device's own word. */
  note(isOn: boolean, flowMlPerS: number | null): void {
    this.use.note(isOn, this.#clock.monotonicMs(), flowMlPerS ?? 0);
  }

  /** It was switched on. */
  started(): void {
    this.#cycles.start(this.#clock.monotonicMs());
  }

  /** Takes up what was kept so long ago; a run that was open then counts as fully spent. */
  restore(kept: PersistedOutput, { downtimeMs, nowMs }: Away): void {
    const atMs = this.#clock.monotonicMs();
    if (kept.use !== undefined) this.use.restore(kept.use, downtimeMs, atMs);
    if (kept.cycles !== undefined) this.#cycles.restore(kept.cycles, downtimeMs, atMs);
    if (kept.openRun) this.use.spend(spentBy(kept.openRun, nowMs), atMs);
  }

  useOf(windowS: number): { readonly window: Use; readonly total: Use } {
    const atMs = this.#clock.monotonicMs();
    return { window: this.use.used(windowS * 1_000, atMs), total: this.use.total(atMs) };
  }

  kept(): Pick<PersistedOutput, "use" | "cycles"> {
    const atMs = this.#clock.monotonicMs();
    return { use: this.use.kept(atMs), cycles: this.#cycles.kept(atMs) };
  }

  cycles({ relayLifeCycles }: Equipment): OutputCycles {
    const atMs = this.#clock.monotonicMs();
    const startsTotal = this.#cycles.total;
    return {
      startsLastHour: this.#cycles.startsLast(HOUR_MIN, atMs),
      startsLastDay: this.#cycles.startsLast(DAY_MIN, atMs),
      startsTotal,
      relayLifeLeftPct: relayLifeCycles === null ? null : leftPct(startsTotal, relayLifeCycles),
    };
  }

  /** Its relay is worn out faster than it should be. */
  isOverworked({ warnStartsPerHour }: Guards): boolean {
    if (warnStartsPerHour === null) return false;
    return this.#cycles.startsLast(HOUR_MIN, this.#clock.monotonicMs()) > warnStartsPerHour;
  }
}

/** At least what was planned; where it may have run on until now, that, and at most what it was allowed. */
function spentBy({ plannedS, plannedMl, startAtMs, deadlineAtMs }: OutputRun, nowMs: number | null): Use {
  const longestS = deadlineAtMs === null ? Number.POSITIVE_INFINITY : (deadlineAtMs - startAtMs) / 1_000;
  const ranS = nowMs === null ? longestS : (nowMs - startAtMs) / 1_000;
  const onS = Math.max(plannedS ?? 0, Math.min(ranS, longestS));
  const known = Number.isFinite(onS) ? onS : 0;
  const mlPerS = plannedS === null || plannedS === 0 ? 0 : (plannedMl ?? 0) / plannedS;
  return { onS: known, ml: known * mlPerS };
}

function leftPct(starts: number, lifeCycles: number): number {
  return Math.max(0, Math.round((1 - starts / lifeCycles) * 1_000) / 10);
}

/** A relay that is switched on more often than its keeper wants: a warning, which locks nothing. */
export function overworked({ warnStartsPerHour }: Guards): Omit<OutputFault, "since"> {
  return {
    code: MANY_STARTS,
    text: `It was switched on more than ${warnStartsPerHour} times in an hour, which wears out its relay; look for a setting or a sensor that chatters.`,
    latched: false,
  };
}
