import type { TopOffConfig } from "#contract/loops.ts";
import { FillJudge } from "#domain/outputs/fill-judge.ts";
import type { Cancel } from "../../platform/ports.ts";
import type { Interlock } from "../ports.ts";
import { outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

/** A float switch: it knows no level between dry and wet. */
const FLOAT_THRESHOLD = 0.5;
/**
 * The return pump must be known to be on for so long before a level is compared with another, s: for the first minute the
 * sump gives back what had drained into it, and the second is what a fill is compared with.
 */
const SETTLED_AFTER_MS = 120_000;
/** While its pump runs, whoever runs it, its level is asked this often, s. */
const HURRY_S = 1;
const DRY_TEXT =
  "Off: it pumped for 90 s and the level did not move; check pump, hose, reservoir and level sensor, then reset it.";
const HIGH_TEXT =
  "Off: the level sensor that must never get wet is wet; find out why, lower the level, then reset it.";

/** Watches that a top-off fills what it is meant to, and never too far. */
export class FillWatch implements Watch {
  readonly interlocks: readonly Interlock[] = [];
  readonly #loop: TopOffConfig;
  readonly #parts: WatchParts;
  readonly #judge = new FillJudge();
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #calmDown: Cancel | null = null;

  constructor(loop: TopOffConfig, parts: WatchParts) {
    this.#loop = loop;
    this.#parts = parts;
  }

  look(): void {
    const { pumpChannelId, highLevelChannelId } = this.#loop;
    const { outputs, clock } = this.#parts;
    const high = sensed(this.#parts, highLevelChannelId);
    if (high !== null && high >= FLOAT_THRESHOLD)
      outputs.raiseFault(pumpChannelId, { code: "high-level", text: HIGH_TEXT, latched: true });
    if (this.#isFloat()) return;
    this.#hear();
    const pump = outputOf(this.#parts, pumpChannelId);
    const isFilling = pump !== null && pump.requested > 0 && (pump.actual ?? 0) > 0;
    this.#hurryWhile(isFilling);
    if (this.#judge.isDry({ isFilling, isSettled: this.#isSettled() }, clock.monotonicMs()))
      outputs.raiseFault(pumpChannelId, { code: "stuck-off", text: DRY_TEXT, latched: true });
  }

  end(): void {
    this.#hurryWhile(false);
  }

  #hurryWhile(isFilling: boolean): void {
    if (isFilling) this.#calmDown ??= this.#parts.hurry(this.#loop.levelChannelId, HURRY_S);
    else {
      this.#calmDown?.();
      this.#calmDown = null;
    }
  }

  #isSettled(): boolean {
    const { returnPumpChannelId } = this.#loop;
    if (returnPumpChannelId === null) return true;
    const onForMs = this.#parts.outputs.confirmedOnForMs(returnPumpChannelId);
    return onForMs !== null && onForMs >= SETTLED_AFTER_MS;
  }

  #hear(): void {
    const { levelChannelId } = this.#loop;
    const value = sensed(this.#parts, levelChannelId);
    const heardAtMs = this.#parts.readings.latest(levelChannelId)?.publishedAtMonotonicMs ?? null;
    if (value === null || heardAtMs === null || heardAtMs <= this.#heardAtMs) return;
    this.#heardAtMs = heardAtMs;
    this.#judge.heard(value, heardAtMs);
  }

  /** A float moves at the end of a fill only: its longest time on is its protection. */
  #isFloat(): boolean {
    return this.#loop.fillBelow === FLOAT_THRESHOLD && this.#loop.fillUntil === FLOAT_THRESHOLD;
  }
}
