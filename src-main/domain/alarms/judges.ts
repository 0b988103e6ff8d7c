import type { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { AlarmInput } from "./condition.ts";
import { SetpointWatch } from "./setpoint-watch.ts";
import { type Signal, signalOf, signalOfSize, UNKNOWN } from "./signal.ts";
import { SlopeMeter } from "./slope-meter.ts";

/** One reading as a judge hears it. */
export interface HeardReading extends AlarmInput {
  readonly channelId: ChannelId;
  /** Monotonic ms. */
  readonly atMs: number;
  /** What is held at this sensor now; null: nothing. */
  readonly setpoint: number | null;
}

/** Makes of readings what they say of one alarm. */
export interface Judge {
  /** @param definition as it is now: its limit may have been moved */
  hear(reading: HeardReading, definition: AlarmDefinition): Signal;
}

/** Fewer samples, or over less of the window, are no trend. */
export const ENOUGH_SAMPLES = 6;
export const ENOUGH_OF_WINDOW = 0.75;

/** @returns null: no reading says anything of this kind; a source of its own does */
export function judgeOf(definition: AlarmDefinition): Judge | null {
  switch (definition.kind) {
    case "rate-of-change":
      return new RateJudge(definition.windowS ?? 3_600);
    case "deviation":
      return new DeviationJudge();
    case "discrepancy":
      return new DiscrepancyJudge(definition.otherChannelId);
    case "output-fault":
    case "loop-warning":
    case "drift":
    case "controller":
      return null;
    default:
      return { hear: (reading, now) => signalOf(now, reading) };
  }
}

function goodValue({ quality, value }: AlarmInput): number | null {
  return quality === "good" ? value : null;
}

/** Half as much again as the limit needs no more proof. */
const PLAINLY = 1.5;
/**
 * Less than that has to go on for so much of a window: the sun on a tank moves it by as much for an afternoon, and then
 * stops; a heater that is stuck does not (docs/alarm-philosophy.md).
 */
const GOES_ON_FOR = 0.875;

/** The change over the window, by least squares over its good samples; none while the active set-point moves. */
class RateJudge implements Judge {
  readonly #windowS: number;
  #beyondSinceMs: number | null = null;
  #measuredAtMs = Number.NEGATIVE_INFINITY;
  readonly #meter: SlopeMeter;
  readonly #setpoint = new SetpointWatch();

  constructor(windowS: number) {
    this.#windowS = windowS;
    this.#meter = new SlopeMeter(windowS);
  }

  hear(reading: HeardReading, definition: AlarmDefinition): Signal {
    const { atMs } = reading;
    const value = goodValue(reading);
    this.#setpoint.see(reading.setpoint, atMs);
    if (value === null) return UNKNOWN;
    // Of what lies further back than the window nothing is known: it goes on from nothing.
    if (atMs - this.#measuredAtMs > this.#windowS * 1_000) this.#beyondSinceMs = null;
    this.#measuredAtMs = atMs;
    this.#meter.add(atMs, value);
    const slope = this.#meter.slope(atMs);
    const isEnough =
      slope !== null && slope.samples >= ENOUGH_SAMPLES && slope.spanS >= ENOUGH_OF_WINDOW * this.#windowS;
    if (!isEnough) return UNKNOWN;
    const signal = this.#proved(signalOfSize(definition, slope.perS * this.#windowS), definition, atMs);
    const window = { nowMs: atMs, windowMs: this.#windowS * 1_000 };
    return heldWhile(this.#setpoint.isFollowed(value, slope.perS, window), signal);
  }

  #proved(signal: Signal, { setpoint }: AlarmDefinition, atMs: number): Signal {
    if (signal.condition !== "violated") {
      this.#beyondSinceMs = null;
      return signal;
    }
    this.#beyondSinceMs ??= atMs;
    const isPlain = Math.abs(signal.value ?? 0) >= PLAINLY * (setpoint ?? 0);
    const isLasting = atMs - this.#beyondSinceMs >= GOES_ON_FOR * this.#windowS * 1_000;
    return isPlain || isLasting ? signal : { ...signal, condition: "between" };
  }
}

/** Water on its way to a new set-point rings no alarm, and ends none. */
function heldWhile(isFollowed: boolean, signal: Signal): Signal {
  return isFollowed && signal.condition === "violated" ? { ...signal, condition: "between" } : signal;
}

const APPROACH_WINDOW_S = 1_800;

/** How far the loop is from what it holds. */
class DeviationJudge implements Judge {
  readonly #meter = new SlopeMeter(APPROACH_WINDOW_S);
  readonly #setpoint = new SetpointWatch();

  hear(reading: HeardReading, definition: AlarmDefinition): Signal {
    const { atMs, setpoint } = reading;
    const value = goodValue(reading);
    this.#setpoint.see(setpoint, atMs);
    if (value === null || setpoint === null) return UNKNOWN;
    this.#meter.add(atMs, value);
    const perS = this.#meter.slope(atMs)?.perS ?? 0;
    const window = { nowMs: atMs, windowMs: APPROACH_WINDOW_S * 1_000 };
    const signal = signalOfSize(definition, value - setpoint);
    return heldWhile(this.#setpoint.isFollowed(value, perS, window), signal);
  }
}

/** Two probes that should say the same. */
class DiscrepancyJudge implements Judge {
  readonly #otherChannelId: ChannelId | null;
  readonly #values: { first: number | null; other: number | null } = { first: null, other: null };

  constructor(otherChannelId: ChannelId | null) {
    this.#otherChannelId = otherChannelId;
  }

  hear(reading: HeardReading, definition: AlarmDefinition): Signal {
    this.#values[reading.channelId === this.#otherChannelId ? "other" : "first"] = goodValue(reading);
    const { first, other } = this.#values;
    return first === null || other === null ? UNKNOWN : signalOfSize(definition, first - other);
  }
}
