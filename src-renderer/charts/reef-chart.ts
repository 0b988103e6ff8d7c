import { Chart, type ChartConfiguration, LinearScale, LineController, LineElement, PointElement } from "chart.js";
import zoomPlugin from "chartjs-plugin-zoom";
import { type ChartInk, inkOf } from "./chart-ink.ts";
import { type OverlayState, overlay } from "./chart-overlay.ts";
import type { Picture } from "./picture.ts";
import type { LabelledTick } from "./tick-labels.ts";
import type { Extent } from "./view.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, zoomPlugin);

/** px: the value axis is equally wide in every chart, so that charts and lanes under each other share their times. */
export const AXIS_PX = 64;
export const RIGHT_PX = 12;
const LABEL_PX = 12;
/** Shift makes a drag draw a box to zoom to; without it the chart moves. */
const BOX_KEY = "shift";
const BOX_FILL = "transparent";
const WHEEL_SPEED = 0.2;

export interface ChartEvents {
  /** The user moved or zoomed it, and stopped. */
  onExtent(extent: Extent): void;
}

export interface ChartContent {
  readonly picture: Picture;
  readonly extent: Extent;
  readonly events?: OverlayState["events"];
  /** @param atMost how many labels have room */
  ticks(extent: Extent, atMost: number): readonly LabelledTick[];
  value(shown: number, decimals: number): string;
}

/** More points than this are about one a pixel: a thick line would fill what lies between them. */
const DENSE_POINTS = 600;
const THIN_PX = 1.4;
const THICK_PX = 2;
/** px a time label needs. */
const TICK_PX = 72;

/** A chart of histories: Chart.js tuned for many points, with our band, limits and cursor drawn over it. */
export class ReefChart {
  readonly #chart: Chart<"line">;
  readonly #canvas: HTMLCanvasElement;
  readonly #overlay: OverlayState;
  #content: ChartContent;
  #ink: ChartInk;
  #labels = new Map<number, LabelledTick>();
  #isMovedByUser = false;

  constructor(canvas: HTMLCanvasElement, content: ChartContent, events: ChartEvents) {
    this.#canvas = canvas;
    this.#content = content;
    this.#ink = inkOf(canvas);
    this.#overlay = { bands: [], limits: [], events: [], cursorMs: null, marks: [], ink: this.#ink };
    this.#chart = new Chart<"line">(canvas, this.#configuration(events));
    this.show(content);
  }

  show(content: ChartContent): void {
    this.#content = content;
    const { picture, extent } = content;
    this.#overlay.bands = picture.bands;
    this.#overlay.limits = picture.limits;
    this.#overlay.events = content.events ?? [];
    this.#chart.data.datasets = picture.lines.map(({ color, isPrevious, points }) => ({
      data: points,
      borderColor: isPrevious ? this.#ink.quiet : this.#ink.series(color),
      borderWidth: isPrevious || points.length > DENSE_POINTS ? THIN_PX : THICK_PX,
      borderDash: isPrevious ? [5, 4] : [],
    }));
    const { x, y } = this.#chart.options.scales ?? {};
    if (x !== undefined && !this.#isMovedByUser) Object.assign(x, { min: extent.fromMs, max: extent.toMs });
    if (y !== undefined) Object.assign(y, { min: picture.lowest, max: picture.highest });
    this.#chart.update("none");
  }

  /** @param marks where the lines are at the cursor, in the keeper's unit */
  point(cursorMs: number | null, marks: OverlayState["marks"]): void {
    this.#overlay.cursorMs = cursorMs;
    this.#overlay.marks = marks;
    this.#chart.draw();
  }

  /** The instant at a place of the page; null beside the chart. */
  instantAt(clientX: number): number | null {
    const { left, right } = this.#chart.chartArea;
    const px = clientX - this.#canvas.getBoundingClientRect().left;
    if (px < left - RIGHT_PX || px > right + RIGHT_PX) return null;
    return this.#chart.scales["x"]?.getValueForPixel(px) ?? null;
  }

  /** The theme changed. */
  repaint(): void {
    this.#ink = inkOf(this.#canvas);
    this.#overlay.ink = this.#ink;
    this.show(this.#content);
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #configuration(events: ChartEvents): ChartConfiguration<"line"> {
    const began = ({ event }: { readonly event: { readonly type: string } }) => {
      // A box that comes to nothing has no end that is told.
      this.#isMovedByUser = event.type !== "mousedown";
      return true;
    };
    const ended = ({ chart }: { readonly chart: Chart }) => {
      this.#isMovedByUser = false;
      const { min, max } = chart.scales["x"] ?? {};
      if (min !== undefined && max !== undefined) events.onExtent({ fromMs: min, toMs: max });
    };
    const ink = () => this.#ink;
    return {
      type: "line",
      data: { datasets: [] },
      plugins: [overlay(this.#overlay)],
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        spanGaps: false,
        layout: { padding: { top: 10, right: RIGHT_PX } },
        elements: {
          point: { radius: 0, hitRadius: 0 },
          line: { borderCapStyle: "round", borderJoinStyle: "round" },
        },
        scales: {
          x: {
            type: "linear",
            afterBuildTicks: (axis) => {
              const extent = { fromMs: axis.min, toMs: axis.max };
              const ticks = this.#content.ticks(extent, Math.max(2, Math.floor(axis.width / TICK_PX)));
              this.#labels = new Map(ticks.map((tick) => [tick.atMs, tick]));
              axis.ticks = ticks.map(({ atMs }) => ({ value: atMs }));
            },
            ticks: {
              autoSkip: true,
              autoSkipPadding: 12,
              maxRotation: 0,
              callback: (atMs) => this.#labels.get(Number(atMs))?.label ?? "",
              color: ({ tick }) => (this.#labels.get(tick.value)?.isMajor === true ? ink().text : ink().label),
              font: () => ({ size: LABEL_PX, family: ink().font }),
            },
            grid: { color: () => ink().grid, tickLength: 6 },
            border: { display: false },
          },
          y: {
            type: "linear",
            afterFit: (axis) => {
              axis.width = AXIS_PX;
            },
            ticks: {
              maxTicksLimit: 7,
              includeBounds: false,
              callback: (value, _, ticks) =>
                this.#content.value(Number(value), decimalsOf(ticks.map((t) => t.value))),
              color: () => ink().label,
              font: () => ({ size: LABEL_PX, family: ink().font }),
            },
            grid: { color: () => ink().grid, drawTicks: false },
            border: { display: false },
          },
        },
        plugins: {
          zoom: {
            pan: { enabled: true, mode: "x", threshold: 6, onPanStart: began, onPanComplete: ended },
            zoom: {
              mode: "x",
              wheel: { enabled: true, speed: WHEEL_SPEED },
              pinch: { enabled: true },
              drag: {
                enabled: true,
                modifierKey: BOX_KEY,
                backgroundColor: BOX_FILL,
                borderColor: this.#ink.cursor,
                borderWidth: 1,
              },
              onZoomStart: began,
              onZoomComplete: ended,
            },
          },
        },
      },
    };
  }
}

/** As many decimals as tell neighbouring ticks apart. */
function decimalsOf(values: readonly number[]): number {
  const [first, second] = values;
  if (first === undefined || second === undefined) return 0;
  return Math.min(6, Math.max(0, Math.ceil(-Math.log10(Math.abs(second - first)) - 0.001)));
}
