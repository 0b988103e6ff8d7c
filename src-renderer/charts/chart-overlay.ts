import type { Chart, Plugin, Scale } from "chart.js";
import type { ChartInk } from "./chart-ink.ts";
import type { DrawnBand } from "./picture.ts";

export interface OverlayState {
  bands: readonly DrawnBand[];
  /** In the keeper's unit. */
  limits: readonly number[];
  cursorMs: number | null;
  marks: readonly { readonly y: number; readonly color: number }[];
  /** What happened when: a line down from the curve. In the keeper's unit; NaN: no value belongs to it. */
  events: readonly { readonly atMs: number; readonly y: number }[];
  ink: ChartInk;
}

interface Area {
  readonly ctx: CanvasRenderingContext2D;
  readonly x: Scale;
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const BAND_ALPHA = 0.24;
const MARK_PX = 5;
const EVENT_PX = 4;
const EVENT_ALPHA = 0.55;

/** Draws what the library has no light way for: the band from lowest to highest, the limits, the cursor. */
export function overlay(state: OverlayState): Plugin<"line"> {
  return {
    id: "reef",
    beforeDatasetsDraw: (chart) => clipped(chart, (area) => drawBands(area, state)),
    afterDatasetsDraw: (chart) =>
      clipped(chart, (area) => {
        drawLimits(area, state);
        drawEvents(area, state);
        drawCursor(area, state);
      }),
  };
}

function clipped(chart: Chart, draw: (area: Area) => void): void {
  const { ctx, scales, chartArea } = chart;
  const { x, y } = scales;
  if (x === undefined || y === undefined) return;
  const { left, right, top, bottom } = chartArea;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  draw({ ctx, x, y, left, right, top, bottom });
  ctx.restore();
}

function drawBands({ ctx, x, y }: Area, { bands, ink }: OverlayState): void {
  ctx.globalAlpha = BAND_ALPHA;
  for (const { color, runs } of bands) {
    ctx.fillStyle = ink.series(color);
    for (const run of runs) {
      ctx.beginPath();
      for (const point of run) ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.high));
      for (const point of run.toReversed()) ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.low));
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
}

function drawLimits({ ctx, y, left, right }: Area, { limits, ink }: OverlayState): void {
  ctx.strokeStyle = ink.limit;
  ctx.lineWidth = 1;
  ctx.setLineDash([6, 5]);
  for (const limit of limits) {
    const at = Math.round(y.getPixelForValue(limit)) + 0.5;
    ctx.beginPath();
    ctx.moveTo(left, at);
    ctx.lineTo(right, at);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawEvents({ ctx, x, y, bottom, top }: Area, { events, ink }: OverlayState): void {
  ctx.strokeStyle = ink.limit;
  ctx.fillStyle = ink.limit;
  ctx.lineWidth = 1;
  let before = Number.NEGATIVE_INFINITY;
  for (const { atMs, y: value } of events) {
    const at = Math.round(x.getPixelForValue(atMs)) + 0.5;
    // One on another says no more than the first.
    if (at - before < EVENT_PX) continue;
    before = at;
    const peak = Number.isNaN(value) ? top : y.getPixelForValue(value);
    ctx.globalAlpha = EVENT_ALPHA;
    ctx.beginPath();
    ctx.moveTo(at, peak);
    ctx.lineTo(at, bottom);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.arc(at, peak, EVENT_PX, 0, 2 * Math.PI);
    ctx.fill();
  }
}

function drawCursor({ ctx, x, y, top, bottom }: Area, { cursorMs, marks, ink }: OverlayState): void {
  if (cursorMs === null) return;
  const at = Math.round(x.getPixelForValue(cursorMs)) + 0.5;
  ctx.strokeStyle = ink.cursor;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(at, top);
  ctx.lineTo(at, bottom);
  ctx.stroke();
  for (const mark of marks) {
    ctx.beginPath();
    ctx.arc(at, y.getPixelForValue(mark.y), MARK_PX, 0, 2 * Math.PI);
    ctx.fillStyle = ink.series(mark.color);
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = ink.surface;
    ctx.stroke();
  }
}
