import { type Repaintable, tokenColor } from "./canvas-watch.ts";
import { forgetPaint, paintSoon } from "./paint-queue.ts";
import { type Size, type SparklineData, type SparklineShape, sparklineShapeFrom } from "./sparkline-shape.ts";

const LINE_PX = 1.75;
const AREA_ALPHA = 0.12;
const LIMIT_ALPHA = 0.6;
const LIMIT_DASH_PX = [3, 4];

/** Draws one sparkline, and only when its data, its size or the screen changed. */
export class SparklinePainter implements Repaintable {
  readonly #canvas: HTMLCanvasElement;
  #data: SparklineData | null = null;
  #size: Size = { width: 0, height: 0 };

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  show(data: SparklineData): void {
    this.#data = data;
    paintSoon(this.paint);
  }

  resized(width: number, height: number): void {
    this.#size = { width, height };
  }

  close(): void {
    forgetPaint(this.paint);
  }

  readonly paint = (): void => {
    const { width, height } = this.#size;
    const context = this.#canvas.getContext("2d");
    if (this.#data === null || context === null || width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    const pixelWidth = Math.round(width * ratio);
    const pixelHeight = Math.round(height * ratio);
    if (this.#canvas.width !== pixelWidth) this.#canvas.width = pixelWidth;
    if (this.#canvas.height !== pixelHeight) this.#canvas.height = pixelHeight;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const shape = sparklineShapeFrom(this.#data, this.#size);
    drawLimits(context, shape, width);
    drawRuns(context, shape, height);
  };
}

function drawLimits(context: CanvasRenderingContext2D, { limitYs }: SparklineShape, width: number): void {
  if (limitYs.length === 0) return;
  context.save();
  context.globalAlpha = LIMIT_ALPHA;
  context.strokeStyle = tokenColor("--warn");
  context.lineWidth = 1;
  context.setLineDash(LIMIT_DASH_PX);
  context.beginPath();
  for (const y of limitYs) {
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
  context.restore();
}

function drawRuns(context: CanvasRenderingContext2D, { runs }: SparklineShape, height: number): void {
  const color = tokenColor("--series-1");
  context.lineWidth = LINE_PX;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.strokeStyle = color;
  context.fillStyle = color;
  for (const run of runs) {
    const [firstX = 0] = run;
    const lastX = run.at(-2) ?? firstX;
    const line = lineOf(run);
    context.stroke(line);
    line.lineTo(lastX, height);
    line.lineTo(firstX, height);
    context.globalAlpha = AREA_ALPHA;
    context.fill(line);
    context.globalAlpha = 1;
  }
}

function lineOf(run: readonly number[]): Path2D {
  const path = new Path2D();
  const [firstX = 0, firstY = 0] = run;
  path.moveTo(firstX, firstY);
  // A lone reading between two gaps is a dot, which a line to itself with round ends draws.
  if (run.length === 2) path.lineTo(firstX, firstY);
  for (let at = 2; at + 1 < run.length; at += 2) path.lineTo(run[at] ?? 0, run[at + 1] ?? 0);
  return path;
}
