import { activeSetpointC } from "#domain/control/active-setpoint.ts";
import type { LocalTime } from "#domain/control/local-time.ts";
import type { Series } from "../../charts/series.ts";
import type { Extent } from "../../charts/view.ts";
import { offsetAt } from "../../charts/zone.ts";
import type { DraftOf } from "./loop-draft.ts";

type Setpoints = Pick<DraftOf<"thermostat">, "setpointC" | "night" | "monthlyOffsetsC" | "hysteresisC">;

const MIN_MS = 60_000;
const STEP_MS = 10 * MIN_MS;
/** Finer than a pixel is not seen. */
const MOST_POINTS = 600;

/** The setpoint with its band over a span, as the loop itself would hold it, as a line of a chart. */
export function setpointSeries(draft: Setpoints, { fromMs, toMs }: Extent, timeZone: string): Series {
  const stepMs = Math.max(STEP_MS, (toMs - fromMs) / MOST_POINTS);
  const points = [];
  for (let atMs = fromMs; atMs <= toMs + stepMs; atMs += stepMs) {
    const mean = activeSetpointC(draft, localTimeAt(atMs, timeZone));
    const half = draft.hysteresisC;
    if (!Number.isFinite(mean + half)) return { points: [], stepMs, resolution: "raw" };
    points.push({ atMs, widthMs: 0, min: mean - half, max: mean + half, mean, count: 1 });
  }
  return { points, stepMs, resolution: "raw" };
}

/** What a zone's clocks show at an instant. */
function localTimeAt(atMs: number, timeZone: string): LocalTime {
  const local = new Date(atMs + offsetAt(atMs, timeZone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    minuteOfDay: local.getUTCHours() * 60 + local.getUTCMinutes(),
  };
}
