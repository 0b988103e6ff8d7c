import "../../../src-renderer/theme/tokens.css";
import { pictureOf } from "../../../src-renderer/charts/picture.ts";
import { ReefChart } from "../../../src-renderer/charts/reef-chart.ts";
import type { Series, SeriesPoint } from "../../../src-renderer/charts/series.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

/*
 * B19's two sides: the channel page's chart, and the least that shows the same data, a line through the lowest and the
 * highest of each column of pixels. Both begin with the same points, and end when the canvas gives a pixel back.
 */
declare global {
  interface Window {
    benchChart(shown: number): number;
    benchBare(shown: number): number;
    benchPrepare(points: number): void;
  }
}

const WIDTH_PX = 1_000;
const HEIGHT_PX = 360;
const STEP_MS = 1_000;
const START_MS = Date.UTC(2026, 0, 1);
const DISPLAY = displayUnitOf("ph", "pH", { temperatureUnit: "C", salinityUnit: "ppt" });

let series: Series = { points: [], stepMs: STEP_MS, resolution: "raw" };
let chart: ReefChart | null = null;
let bare: HTMLCanvasElement | null = null;

/** Raw readings: noise on a slow swing, and a few that stand out. */
function readings(count: number): SeriesPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const value = 8.2 + 0.1 * Math.sin((i / count) * 20) + 0.01 * ((i * 7919) % 13) + (i % 9_973 === 0 ? 0.3 : 0);
    return { atMs: START_MS + i * STEP_MS, widthMs: 0, min: value, max: value, mean: value, count: 1 };
  });
}

window.benchPrepare = (points) => {
  series = { points: readings(points), stepMs: STEP_MS, resolution: "raw" };
};

/** @param shown changes with each call, as a new answer of the core would be a new series @returns ms */
window.benchChart = (shown) => {
  const answered: Series = { ...series, points: [...series.points] };
  const fromMs = performance.now();
  const extent = { fromMs: START_MS - shown, toMs: START_MS + answered.points.length * STEP_MS };
  const line = { id: "a", label: "pH", color: 1, series: answered, previous: null };
  const picture = pictureOf({
    lines: [line],
    display: DISPLAY,
    extent,
    limits: { min: 8, max: 8.5 },
    isWithLimits: false,
  });
  const content = {
    picture,
    extent,
    ticks: () => [],
    value: (value: number, decimals: number) => value.toFixed(decimals),
  };
  if (chart === null) chart = new ReefChart(canvasIn("ours"), content, { onExtent: () => undefined });
  else chart.show(content);
  const canvas = document.querySelector<HTMLCanvasElement>("#ours canvas");
  canvas?.getContext("2d")?.getImageData(WIDTH_PX / 2, HEIGHT_PX / 2, 1, 1);
  return performance.now() - fromMs;
};

window.benchBare = (shown) => {
  const answered: Series = { ...series, points: [...series.points] };
  bare ??= canvasIn("bare");
  const fromMs = performance.now();
  const context = bare.getContext("2d");
  if (context === null) return Number.NaN;
  drawColumns(context, answered.points, START_MS - shown);
  context.getImageData(WIDTH_PX / 2, HEIGHT_PX / 2, 1, 1);
  return performance.now() - fromMs;
};

function drawColumns(context: CanvasRenderingContext2D, points: readonly SeriesPoint[], fromMs: number): void {
  const spanMs = START_MS + points.length * STEP_MS - fromMs;
  const lows = new Float64Array(WIDTH_PX).fill(Number.POSITIVE_INFINITY);
  const highs = new Float64Array(WIDTH_PX).fill(Number.NEGATIVE_INFINITY);
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { atMs, min, max } of points) {
    const column = Math.min(WIDTH_PX - 1, Math.floor(((atMs - fromMs) / spanMs) * WIDTH_PX));
    if (min < (lows[column] ?? 0)) lows[column] = min;
    if (max > (highs[column] ?? 0)) highs[column] = max;
    if (min < lowest) lowest = min;
    if (max > highest) highest = max;
  }
  const yOf = (value: number): number => HEIGHT_PX * (1 - (value - lowest) / (highest - lowest));
  context.clearRect(0, 0, WIDTH_PX, HEIGHT_PX);
  context.strokeStyle = "teal";
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.beginPath();
  for (let column = 0; column < WIDTH_PX; column++) {
    const [low = 0, high = 0] = [lows[column], highs[column]];
    if (low > high) continue;
    context.lineTo(column, yOf(low));
    if (high > low) context.lineTo(column, yOf(high));
  }
  context.stroke();
}

function canvasIn(id: string): HTMLCanvasElement {
  const box = document.createElement("div");
  box.id = id;
  Object.assign(box.style, { position: "relative", width: `${WIDTH_PX}px`, height: `${HEIGHT_PX}px` });
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: WIDTH_PX, height: HEIGHT_PX });
  box.append(canvas);
  document.body.append(box);
  return canvas;
}
