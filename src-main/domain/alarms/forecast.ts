import type { AlarmDefinition } from "#contract/alarms.ts";
import { ENOUGH_OF_WINDOW, ENOUGH_SAMPLES } from "./judges.ts";
import type { Slope } from "./slope-meter.ts";

/** The window a forecast is made of, s: longer than a thermostat's cycle. */
export const FORECAST_WINDOW_S = 7_200;
/** Nobody can say what a tank does in a day. */
const HORIZON_S = 12 * 3_600;
/** A slope within four of its standard errors may be noise alone. */
const SURE = 4;

const DIRECTION: Partial<Record<AlarmDefinition["kind"], 1 | -1>> = {
  "low-low": -1,
  low: -1,
  high: 1,
  "high-high": 1,
};

/** Kinds a limit is forecast for. */
export function isForecast({ kind }: AlarmDefinition): boolean {
  return DIRECTION[kind] !== undefined;
}

/** How long until its limit is reached at the present trend, s; null: it is beyond it, not nearing it, or nobody can tell. */
export function timeToLimitS(definition: AlarmDefinition, slope: Slope | null): number | null {
  const direction = DIRECTION[definition.kind];
  const { setpoint } = definition;
  if (direction === undefined || setpoint === null || slope === null || !isTrend(slope)) return null;
  const left = (setpoint - slope.value) * direction;
  const speed = slope.perS * direction;
  if (left <= 0 || speed <= 0) return null;
  const forS = left / speed;
  return forS <= HORIZON_S ? forS : null;
}

function isTrend({ perS, standardError, samples, spanS }: Slope): boolean {
  return (
    samples >= ENOUGH_SAMPLES &&
    spanS >= ENOUGH_OF_WINDOW * FORECAST_WINDOW_S &&
    Math.abs(perS) > SURE * standardError
  );
}
