import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { ChannelValidator, type ProbeAnswer, type Verdict } from "#domain/quality/channel-validator.ts";
import { HURRIED_STALE_AFTER_MS, qualityRulesFor, staleAfterMs } from "#domain/quality/quality-rules.ts";

/** When something was heard, on both scales. */
export interface Heard {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

const SILENT: ProbeAnswer = { fault: "comm" };

/** One channel's way from its device's answers to readings. Outlives polling, so that no pause makes it forget a dead probe. */
export class ChannelIntake {
  readonly channelId: ChannelId;
  #config: ChannelConfig;
  #validator: ChannelValidator;
  #staleAfterMs: number;
  /** Somebody needs it this often for the moment; null: nobody does. */
  #hurry: { readonly intervalS: number; readonly sinceMs: number } | null = null;
  #heardAtMs: number;
  #last: Reading | null = null;
  /** Polled now; once it is not, what it said may still go stale. */
  isWatched = true;

  constructor(config: ChannelConfig, nowMonotonicMs: number) {
    this.channelId = config.id;
    this.#config = config;
    this.#validator = validatorOf(config);
    this.#staleAfterMs = staleAfterMs(config.quantity, config.pollIntervalS);
    this.#heardAtMs = nowMonotonicMs;
  }

  get config(): ChannelConfig {
    return this.#config;
  }

  /** The device's own name for the channel. */
  get key(): string {
    return this.#config.key;
  }

  /** How often it is to be asked now, s. */
  get intervalS(): number {
    const { pollIntervalS } = this.#config;
    return this.#hurry === null ? pollIntervalS : Math.min(pollIntervalS, this.#hurry.intervalS);
  }

  get last(): Reading | null {
    return this.#last;
  }

  /** When it will be stale, monotonic ms, unless something is heard; infinite where it is stale or bad already. */
  get staleAtMs(): number {
    const last = this.#last;
    if (last !== null && (last.quality === "bad" || last.reason === "stale")) return Number.POSITIVE_INFINITY;
    if (this.#hurry === null) return this.#heardAtMs + this.#staleAfterMs;
    return Math.max(this.#heardAtMs, this.#hurry.sinceMs) + HURRIED_STALE_AFTER_MS;
  }

  /** The channel as it is configured from now on; what is known of the probe stays, unless it measures something else. */
  configure(config: ChannelConfig): void {
    const before = this.#config;
    this.#config = config;
    this.#staleAfterMs = staleAfterMs(config.quantity, config.pollIntervalS);
    if (config.quantity !== before.quantity) this.#validator = validatorOf(config);
    else if (config.role !== before.role || !isSameCalibration(config, before)) {
      this.#validator.configure(qualityRulesFor(config.quantity, config.role), calibratorFor(config.calibration));
    }
  }

  /** Asked so often from now on, s, and stale after 3 s meanwhile; null: as it is configured. */
  hurry(intervalS: number | null, nowMonotonicMs: number): void {
    this.#hurry = intervalS === null ? null : { intervalS, sinceMs: this.#hurry?.sinceMs ?? nowMonotonicMs };
  }

  /** @param answer undefined: its device did not mention it @param peer a redundant probe's good value, or null */
  take(answer: ProbeAnswer | undefined, at: Heard, peer: number | null): Reading {
    this.#heardAtMs = at.monotonicMs;
    return this.#reading(this.#validator.observe(answer ?? SILENT, at.monotonicMs, peer), at.wallMs);
  }

  /** The reading of a channel that fell silent: the last good value held, or `no-reading` where there never was one. */
  turnStale(wallMs: number): Reading {
    const held = this.#validator.stale() ?? { value: null, quality: "bad", reason: "no-reading", raw: null };
    return this.#reading(held, wallMs);
  }

  /** An operator believes the level the probe stands at. @returns false where none was held back */
  acceptLevel(): boolean {
    return this.#validator.acceptLevel();
  }

  #reading(verdict: Verdict, takenAtMs: number): Reading {
    this.#last = {
      channelId: this.channelId,
      takenAtMs,
      value: verdict.value,
      quality: verdict.quality,
      reason: verdict.reason,
      raw: verdict.raw,
      coversS: this.intervalS,
    };
    return this.#last;
  }
}

export function isSameCalibration(a: ChannelConfig, b: ChannelConfig): boolean {
  return a.calibration === b.calibration || JSON.stringify(a.calibration) === JSON.stringify(b.calibration);
}

function validatorOf(config: ChannelConfig): ChannelValidator {
  return new ChannelValidator(qualityRulesFor(config.quantity, config.role), calibratorFor(config.calibration));
}
