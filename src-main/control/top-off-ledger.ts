import { z } from "zod";
import type { LoopId } from "#contract/ids.ts";
import {
  expectedFillS,
  learnedFillS,
  nextFillAtMs,
  type PumpRun,
  pumpedS,
  type UsualDay,
  usualDay,
  withRun,
} from "#domain/control/fill-history.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { KeptDocument } from "./kept-document.ts";
import type { ControlMemory } from "./ports.ts";
import { lastMidnightsIn } from "./zoned-time.ts";

const DAY_MS = 86_400_000;
const MIDNIGHTS = 8;
/** Shorter than this nothing was pumped: a command that was taken back, s. */
const SHORTEST_RUN_S = 0.5;

const Stored = z.object({
  knownSinceMs: z.number().nullable(),
  runs: z.array(z.object({ endedAtMs: z.number(), onS: z.number().min(0), isFill: z.boolean() })),
});
type Stored = z.infer<typeof Stored>;

interface LedgerDeps {
  readonly loopId: LoopId;
  readonly memory: ControlMemory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeZone: () => string;
  readonly isClockSynchronized: () => boolean;
}

/** Every time a top-off pump was on, whoever wanted it. It survives restarts, and the loop works without any of it. */
export class TopOffLedger {
  readonly #clock: Clock;
  readonly #timeZone: () => string;
  readonly #isClockSynchronized: () => boolean;
  readonly #kept: KeptDocument<Stored>;
  #runs: readonly PumpRun[] = [];
  /** Wall, epoch ms; null: the wall's clock was never to be trusted so far. */
  #knownSinceMs: number | null = null;
  #open: { onMs: number } | null = null;
  #lastAtMs: number;
  #usual: { readonly midnightMs: number; readonly day: UsualDay | null } | null = null;

  constructor({ loopId, memory, clock, log, timeZone, isClockSynchronized }: LedgerDeps) {
    this.#clock = clock;
    this.#timeZone = timeZone;
    this.#isClockSynchronized = isClockSynchronized;
    this.#lastAtMs = clock.monotonicMs();
    this.#kept = new KeptDocument<Stored>({
      loopId,
      memory,
      clock,
      log,
      schema: Stored,
      onLoaded: (kept) => this.#adopt(kept),
    });
  }

  open(): void {
    this.#kept.open();
  }

  close(): void {
    this.#end(false);
    this.#kept.close();
  }

  /** What the pump's plug says now. @param hasReached the level it was to reach ended it */
  note(isOn: boolean, hasReached: boolean): void {
    const atMs = this.#clock.monotonicMs();
    if (this.#knownSinceMs === null && this.#isClockSynchronized()) this.#knownSinceMs = this.#clock.nowMs();
    const open = this.#open;
    if (open !== null) open.onMs += atMs - this.#lastAtMs;
    this.#lastAtMs = atMs;
    if (isOn) this.#open ??= { onMs: 0 };
    else if (open !== null) this.#end(hasReached);
  }

  fillS(): number | null {
    return learnedFillS(this.#runs);
  }

  /** How long a fill that begins now should take, s; null: not learned yet. */
  expectedFillS(): number | null {
    return expectedFillS(this.#runs, this.#clock.nowMs());
  }

  nextFillAtMs(): number | null {
    return nextFillAtMs(this.#runs);
  }

  /** In the last 24 h, s. */
  pumpedLastDayS(): number {
    const openS = (this.#open?.onMs ?? 0) / 1_000;
    return pumpedS(this.#runs, this.#clock.nowMs(), DAY_MS) + openS;
  }

  /** What is usual in a day; null: no whole day is known. */
  usualDay(): UsualDay | null {
    const nowMs = this.#clock.nowMs();
    const midnights = lastMidnightsIn(this.#timeZone(), nowMs, MIDNIGHTS);
    const [midnightMs = nowMs] = midnights;
    if (this.#usual?.midnightMs !== midnightMs) {
      const knownSinceMs = this.#knownSinceMs ?? Number.POSITIVE_INFINITY;
      this.#usual = { midnightMs, day: usualDay(this.#runs, midnights, knownSinceMs) };
    }
    return this.#usual.day;
  }

  #adopt({ knownSinceMs, runs }: Stored): void {
    this.#knownSinceMs = knownSinceMs ?? this.#knownSinceMs;
    this.#runs = [...runs, ...this.#runs];
    this.#usual = null;
  }

  #end(isFill: boolean): void {
    const onS = (this.#open?.onMs ?? 0) / 1_000;
    this.#open = null;
    if (onS < SHORTEST_RUN_S) return;
    this.#runs = withRun(this.#runs, { endedAtMs: this.#clock.nowMs(), onS, isFill });
    this.#kept.put({ knownSinceMs: this.#knownSinceMs, runs: [...this.#runs] });
  }
}
