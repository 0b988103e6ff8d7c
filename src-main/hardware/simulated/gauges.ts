import { rounded } from "./probes.ts";
import { gaussianAt, streamOf, uniformAt, wanderAt } from "./seeded-noise.ts";
import type { TankGeometry } from "./tank-settings.ts";
import type { WaterState } from "./tank-state.ts";

const WAVES = streamOf("gauge/waves");
const WAVE_HEIGHT = streamOf("gauge/wave-height");
const RESERVOIR = streamOf("gauge/reservoir");
const FLOW = streamOf("gauge/flow");
const POWER = streamOf("gauge/power");
/** Waves of a sump that is being fed, mm either way; a still one has a tenth of them. */
const WAVE_MM = 3.5;
const WAVE_SPREAD_MM = 1.5;
/** The leak pad turns wet from so much water on the floor, L. */
const WET_FLOOR_L = 0.02;
const FLOW_NOISE_FRACTION = 0.01;
const POWER_NOISE_FRACTION = 0.004;

interface Gauge {
  readonly seed: number;
  readonly atS: number;
}

/** The sump's level with its waves, % of its height. */
export function sumpLevelPct(water: WaterState, geometry: TankGeometry, { seed, atS }: Gauge): number {
  const reachMm = WAVE_MM + WAVE_SPREAD_MM * wanderAt({ seed, stream: WAVE_HEIGHT }, atS / 20);
  const waveMm = reachMm * Math.sin(2 * Math.PI * uniformAt({ seed, stream: WAVES }, indexOf(atS)));
  const moved = water.returnLPerS > 0 ? waveMm : 0.1 * waveMm;
  return levelPct(water.sumpL / geometry.sumpCapacityL + moved / geometry.sumpHeightMm);
}

/** The level at which each float swims, % of the sump: the upper one above all that drains back. */
const FLOATS_AT_PCT = { "sump-float": 66, "sump-high-float": 85 };

/** 1 where the float swims, 0 where it hangs dry. */
export function floatState(key: keyof typeof FLOATS_AT_PCT, levelPct: number): number {
  return levelPct >= FLOATS_AT_PCT[key] ? 1 : 0;
}

export function reservoirLevelPct(water: WaterState, geometry: TankGeometry, { seed, atS }: Gauge): number {
  const noise = 0.0005 * gaussianAt({ seed, stream: RESERVOIR }, indexOf(atS));
  return levelPct(water.reservoirL / geometry.reservoirCapacityL + noise);
}

/** What the flow meter in the return line counts, L/h. */
export function returnFlowLPerH(water: WaterState, { seed, atS }: Gauge): number {
  const noise = 1 + FLOW_NOISE_FRACTION * gaussianAt({ seed, stream: FLOW }, indexOf(atS));
  return rounded(water.returnLPerS * 3_600 * noise, 1);
}

/** What the heater's plug measures, W. */
export function meteredW(powerW: number, { seed, atS }: Gauge): number {
  return rounded(powerW * (1 + POWER_NOISE_FRACTION * gaussianAt({ seed, stream: POWER }, indexOf(atS))), 0.1);
}

/** 1 wet, 0 dry. */
export function leakState(water: WaterState): number {
  return water.floorL > WET_FLOOR_L ? 1 : 0;
}

const levelPct = (fraction: number) => rounded(Math.min(Math.max(fraction * 100, 0), 100), 0.1);
const indexOf = (atS: number) => Math.round(atS * 1_000);
