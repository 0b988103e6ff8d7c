import type { TopOffConfig } from "#contract/loops.ts";
import { FillJudge } from "#domain/outputs/fill-judge.ts";
import type { Interlock } from "../ports.ts";
import { outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

/** A float switch: it knows no level between dry and wet. */
const FLOAT_THRESHOLD = 0.5;
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
    if (this.#judge.isDry(isFilling, clock.monotonicMs()))
      outputs.raiseFault(pumpChannelId, { code: "stuck-off", text: DRY_TEXT, latched: true });
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
