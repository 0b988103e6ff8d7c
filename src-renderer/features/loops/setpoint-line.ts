import type { Series } from "../../charts/series.ts";
import type { Extent } from "../../charts/view.ts";
import { offsetAt } from "../../charts/zone.ts";
import type { DraftOf } from "./loop-draft.ts";

type Setpoints = Pick<DraftOf<"thermostat">, "setpointC" | "night" | "monthlyOffsetsC" | "hysteresisC">;

const DAY_MS = 86_400_000;
const MIN_MS = 60_000;
const STEP_MS = 10 * MIN_MS;
/** Finer than a pixel is not seen. */
const MOST_POINTS = 600;

/** What a thermostat would hold at an instant, °C: the night's setpoint where it is night, and the season's offset. */
export function setpointAt(draft: Setpoints, atMs: number, timeZone: string): number {
  const localMs = atMs + offsetAt(atMs, timeZone);
  const minute = Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / MIN_MS);
  const { night } = draft;
  const base = night !== null && isWithin(minute, night.from, night.to) ? night.setpointC : draft.setpointC;
  return base + seasonalOffset(draft.monthlyOffsetsC, localMs);
}

/** The setpoint with its band over a span, as a line of a chart. */
export function setpointSeries(draft: Setpoints, { fromMs, toMs }: Extent, timeZone: string): Series {
  const stepMs = Math.max(STEP_MS, (toMs - fromMs) / MOST_POINTS);
  const points = [];
  for (let atMs = fromMs; atMs <= toMs + stepMs; atMs += stepMs) {
    const mean = setpointAt(draft, atMs, timeZone);
    const half = draft.hysteresisC;
    if (!Number.isFinite(mean + half)) return { points: [], stepMs, resolution: "raw" };
    points.push({ atMs, widthMs: 0, min: mean - half, max: mean + half, mean, count: 1 });
  }
  return { points, stepMs, resolution: "raw" };
}

/** Between two times of day; it may cross midnight, and two equal ones are no time at all. */
function isWithin(minute: number, from: string, to: string): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}

/** Each month's own in its middle, straight lines between. */
function seasonalOffset(monthlyC: readonly number[] | null, localMs: number): number {
  if (monthlyC === null) return 0;
  const date = new Date(localMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const here = middleOfMonth(year, month);
  const [first, firstMs, secondMs] =
    localMs < here
      ? [month - 1, middleOfMonth(year, month - 1), here]
      : [month, here, middleOfMonth(year, month + 1)];
  const share = (localMs - firstMs) / (secondMs - firstMs);
  const of = (index: number): number => monthlyC[(index + 12) % 12] ?? 0;
  return of(first) + (of(first + 1) - of(first)) * share;
}

function middleOfMonth(year: number, month: number): number {
  return (Date.UTC(year, month, 1) + Date.UTC(year, month + 1, 1)) / 2;
}
