import type { Resolution } from "#contract/history.ts";
import type { Span } from "../ports.ts";

const MINUTE_MS = 60_000;

/** From fine to coarse; `stepMs` is one bucket. Buckets stand on multiples of it since the epoch, UTC. */
export const LEVELS = [
  { resolution: "raw", stepMs: 1 },
  { resolution: "5m", stepMs: 5 * MINUTE_MS },
  { resolution: "1h", stepMs: 60 * MINUTE_MS },
  { resolution: "1d", stepMs: 24 * 60 * MINUTE_MS },
] as const satisfies readonly { resolution: Resolution; stepMs: number }[];

export function stepOf(resolution: Resolution): number {
  return LEVELS.find((level) => level.resolution === resolution)?.stepMs ?? 1;
}

/** A piece of a span, and the level that covers it exactly. */
export interface Segment extends Span {
  readonly resolution: Resolution;
}

/**
 * Cuts a span into pieces that whole buckets cover: the middle from `resolution`, the rims from the finer levels, down
 * to raw readings. So nothing outside the span is counted and nothing inside is missed, however coarse the middle is.
 */
export function segmentsOf(span: Span, resolution: Resolution): readonly Segment[] {
  if (span.fromMs >= span.toMs) return [];
  const index = LEVELS.findIndex((level) => level.resolution === resolution);
  const finer = LEVELS[index - 1]?.resolution;
  if (finer === undefined) return [{ ...span, resolution }];
  const stepMs = stepOf(resolution);
  const startMs = Math.ceil(span.fromMs / stepMs) * stepMs;
  const endMs = Math.floor(span.toMs / stepMs) * stepMs;
  if (startMs >= endMs) return segmentsOf(span, finer);
  return [
    ...segmentsOf({ fromMs: span.fromMs, toMs: startMs }, finer),
    { fromMs: startMs, toMs: endMs, resolution },
    ...segmentsOf({ fromMs: endMs, toMs: span.toMs }, finer),
  ];
}

/** A grid that puts a span into at most `maxPoints` cells. */
export interface Grid {
  readonly originMs: number;
  readonly widthMs: number;
}

/**
 * Cells of whole source buckets, on multiples of their width since the epoch, so that the same instants fall together
 * whatever the span's start is: a chart does not flicker while it scrolls.
 */
export function gridOver(span: Span, stepMs: number, maxPoints: number): Grid {
  const lengthMs = span.toMs - span.fromMs;
  // One cell more than whole widths fit, because the span may begin inside one; a single cell cannot spare that.
  if (maxPoints < 2) return { originMs: span.fromMs, widthMs: Math.max(1, lengthMs) };
  const widthMs = stepMs * Math.max(1, Math.ceil(lengthMs / (stepMs * (maxPoints - 1))));
  return { originMs: 0, widthMs };
}

/** Rows a point may be made of: what can be read and folded in a few milliseconds. */
const ROWS_PER_POINT = 10;

/** @returns how many rows are affordable for so many points */
export function affordableRows(maxPoints: number): number {
  return ROWS_PER_POINT * maxPoints;
}

/**
 * The finest rollup that is affordable.
 * @param days how many days of the span hold any good reading
 */
export function rollupFor(span: Span, days: number, maxPoints: number): Exclude<Resolution, "raw"> {
  for (const { resolution, stepMs } of LEVELS) {
    if (resolution === "raw") continue;
    const rows = Math.min(days * Math.ceil(stepOf("1d") / stepMs), (span.toMs - span.fromMs) / stepMs);
    if (rows <= affordableRows(maxPoints)) return resolution;
  }
  return "1d";
}
