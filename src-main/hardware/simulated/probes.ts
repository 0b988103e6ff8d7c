import type { ActiveFault } from "./faults.ts";
import { gaussianAt, streamOf, uniformAt } from "./seeded-noise.ts";
import type { SensorKey } from "./tank-keys.ts";

/** How a probe bends the truth, in its quantity's unit. */
interface ProbeTraits {
  readonly resolution: number;
  /** Standard deviation of what changes from sample to sample. */
  readonly noise: number;
  /** Reach of the slow dither of eddies before the probe and of the converter's last digit. */
  readonly dither: number;
  /** A unit's own error: somewhere between these, either way. */
  readonly offset: readonly [number, number];
  /** Slow drift of the fault of that name, per hour. */
  readonly driftPerH: number;
  /** The one-sample spike. */
  readonly spike: number;
}

/** Period of the dither, s; no whole number, so that polls by the second meet all of it. */
const DITHER_PERIOD_S = 7.3;

const DS18B20 = { resolution: 0.0625, noise: 0.006, dither: 0.04, driftPerH: -0.02, spike: 12 };

/** The controlling probe has been matched to a reference; the others are as they came (0.1 to 0.5 °C, datasheet). */
const TRAITS: Readonly<Partial<Record<SensorKey, ProbeTraits>>> = {
  "display-temperature": { ...DS18B20, offset: [0, 0.05] },
  "sump-temperature": { ...DS18B20, offset: [0.1, 0.5] },
  "room-temperature": { ...DS18B20, offset: [0.1, 0.5] },
  ph: { resolution: 0.001, noise: 0.004, dither: 0.003, offset: [0, 0.03], driftPerH: -0.01, spike: 1.5 },
  orp: { resolution: 0.1, noise: 0.6, dither: 0.5, offset: [0, 8], driftPerH: -1, spike: 300 },
  salinity: { resolution: 0.01, noise: 0.02, dither: 0.01, offset: [0, 0.3], driftPerH: -0.01, spike: 5 },
};

export interface ProbeMoment {
  readonly seed: number;
  readonly atS: number;
  readonly faults: readonly ActiveFault[];
  /** DS18B20 resolution of the thermometers, bit. */
  readonly resolutionBits: number;
}

/** What a probe says of a sensing element that stands at `element`: offset, drift, noise, then its resolution. */
export function probeValue(key: SensorKey, element: number, moment: ProbeMoment): number {
  const traits = TRAITS[key];
  if (traits === undefined) return element;
  const { seed, atS, faults } = moment;
  const stream = streamOf(key);
  const drift = faults.find((fault) => fault.name === "slow-drift" && fault.key === key);
  const value =
    element +
    offsetOf(traits, seed, stream) +
    (drift === undefined ? 0 : (traits.driftPerH * (atS - drift.sinceS)) / 3_600) +
    traits.dither * Math.sin(2 * Math.PI * (atS / DITHER_PERIOD_S + uniformAt({ seed, stream }, -2))) +
    traits.noise * gaussianAt({ seed, stream }, Math.round(atS * 1_000));
  const resolution = traits.resolution === DS18B20.resolution ? stepOf(moment.resolutionBits) : traits.resolution;
  return rounded(value, resolution);
}

/** How far this one-sample spike throws the probe, in its unit. */
export function spikeOf(key: SensorKey): number {
  return TRAITS[key]?.spike ?? 0;
}

/** DS18B20 datasheet, table 2: 0.5 °C at 9 bit, halved by each further bit. */
function stepOf(resolutionBits: number): number {
  return 0.5 / 2 ** (resolutionBits - 9);
}

function offsetOf({ offset: [from, to] }: ProbeTraits, seed: number, stream: number): number {
  const size = from + (to - from) * uniformAt({ seed, stream }, -3);
  return uniformAt({ seed, stream }, -4) < 0.5 ? -size : size;
}

/** No step is finer than this part of one. */
const FINEST = 10_000;

/** Rounded to whole steps, without the tails of binary fractions. */
export function rounded(value: number, step: number): number {
  return Math.round(Math.round(value / step) * step * FINEST) / FINEST;
}
