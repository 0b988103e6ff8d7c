import type { Quality, QualityReason } from "#contract/readings.ts";
import type { Calibrate } from "../calibration/calibrate.ts";
import { PhDeaths } from "./ph-deaths.ts";
import type { QualityRules } from "./quality-rules.ts";
import { type Measured, RateRule } from "./rate-rule.ts";
import { isSentinel } from "./sentinels.ts";

/** What a channel's device said: a number, or why there is none. */
export type ProbeAnswer = { readonly value: number } | { readonly fault: "comm" | "fault" };

/** A reading without its channel and its time. Never NaN: a number that is none is no raw value either. */
export interface Verdict {
  readonly value: number | null;
  readonly quality: Quality;
  readonly reason: QualityReason | null;
  readonly raw: number | null;
}

const COMM: Verdict = { value: null, quality: "bad", reason: "comm", raw: null };

function bad(reason: QualityReason, raw: number | null): Verdict {
  return { value: null, quality: "bad", reason, raw };
}

/**
 * One channel's way from an answer to a reading with a quality, in the order of domain section 1: transport,
 * sentinels, range, rate, calibration, known deaths. The first failure decides, but a death outranks a jump: bad is
 * worse than uncertain.
 *
 * Sentinels are looked for in the raw number, which is where a sensor puts them. Range, rate and deaths look at the
 * calibrated one: their limits are the tank's, and an analog board's raw volts know nothing of them. What is
 * remembered is raw, so that a new calibration is neither a jump nor a reset.
 *
 * Keeps state and no time: `atMs` is monotonic and never runs backwards.
 */
export class ChannelValidator {
  #rules: QualityRules;
  #calibrate: Calibrate;
  #rate: RateRule | null;
  #deaths: PhDeaths | null;
  #lastGood: Measured | null = null;

  constructor(rules: QualityRules, calibrate: Calibrate) {
    this.#rules = rules;
    this.#calibrate = calibrate;
    this.#rate = rules.rate === null ? null : new RateRule(rules.rate);
    this.#deaths = rules.hasKnownDeaths ? new PhDeaths() : null;
  }

  /** New rules or a new calibration while it runs; what is known of the probe stays. */
  configure(rules: QualityRules, calibrate: Calibrate): void {
    this.#calibrate = calibrate;
    const last = this.#lastGood;
    const value = last === null ? Number.NaN : calibrate(last.raw);
    const hasChangedRules = rules !== this.#rules;
    this.#rules = rules;
    this.#lastGood = last !== null && this.#isInRange(value) ? { ...last, value } : null;
    if (hasChangedRules) this.#deaths = rules.hasKnownDeaths ? new PhDeaths() : null;
    if (hasChangedRules || this.#lastGood === null)
      this.#rate = rules.rate === null ? null : new RateRule(rules.rate);
    else this.#rate?.recalibrate(calibrate);
  }

  /** @param peer a redundant probe's good value, in the same unit; null where there is none */
  observe(answer: ProbeAnswer, atMs: number, peer: number | null = null): Verdict {
    if ("fault" in answer) return answer.fault === "comm" ? COMM : this.#broken("fault", null);
    const raw = answer.value;
    if (isSentinel(raw, this.#lastGood?.raw ?? null, this.#rules)) {
      return this.#broken("fault", Number.isFinite(raw) ? raw : null);
    }
    const value = this.#calibrate(raw);
    if (!Number.isFinite(value)) return this.#broken("fault", raw);
    if (!this.#isInRange(value)) return this.#broken("range", raw);
    return this.#judge({ raw, value, atMs }, peer);
  }

  /** The verdict of silence: the last good value, held; null where there is none to hold. */
  stale(): Verdict | null {
    return this.#lastGood === null ? null : this.#held("stale", null, this.#lastGood);
  }

  /** An operator believes the level the probe stands at. @returns false where none was held back */
  acceptLevel(): boolean {
    const level = this.#rate?.accept() ?? null;
    if (level !== null) this.#lastGood = level;
    return level !== null;
  }

  #judge(now: Measured, peer: number | null): Verdict {
    const last = this.#lastGood;
    const deaths = this.#deaths;
    const death = deaths?.judge(now.value, now.atMs, last?.value ?? null) ?? "alive";
    if (deaths !== null && (death === "dead" || (death === "suspect" && last === null))) {
      this.#rate?.release();
      return bad(deaths.reason(now.atMs), now.raw);
    }
    if (last !== null && this.#rate?.isJump(now, peer) === true) return this.#held("rate", now.raw, last);
    if (last !== null && death === "suspect") return this.#held("implausible", now.raw, last);
    this.#rate?.keep(now);
    this.#lastGood = now;
    return { value: now.value, quality: "good", reason: null, raw: now.raw };
  }

  #broken(reason: QualityReason, raw: number | null): Verdict {
    this.#rate?.interrupt();
    return bad(reason, raw);
  }

  #held(reason: QualityReason, raw: number | null, last: Measured): Verdict {
    return { value: last.value, quality: "uncertain", reason, raw };
  }

  #isInRange(value: number): boolean {
    const range = this.#rules.range;
    return Number.isFinite(value) && (range === null || (value >= range.min && value <= range.max));
  }
}
