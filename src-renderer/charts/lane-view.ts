import type { LaneSpan } from "./use-lanes.ts";
import type { Extent } from "./view.ts";

/** A span as it is drawn: from and how wide, % of the view. */
export interface LaneBox {
  readonly key: number;
  readonly leftPct: number;
  readonly widthPct: number;
  /** null: unknown. */
  readonly levelPct: number | null;
}

/** What of a lane is in view and not off. The last span goes on to the view's end where that is now. */
export function laneBoxes(
  spans: readonly LaneSpan[],
  { fromMs, toMs }: Extent,
  isLive: boolean,
): readonly LaneBox[] {
  const pctOf = (atMs: number) => ((Math.min(Math.max(atMs, fromMs), toMs) - fromMs) / (toMs - fromMs)) * 100;
  return spans.flatMap((span, index) => {
    const endMs = isLive && index === spans.length - 1 ? toMs : span.toMs;
    const leftPct = pctOf(span.fromMs);
    const widthPct = pctOf(endMs) - leftPct;
    return widthPct <= 0 || span.levelPct === 0
      ? []
      : [{ key: span.fromMs, leftPct, widthPct, levelPct: span.levelPct }];
  });
}

/** What an output did at an instant; undefined where nothing is known of it. */
export function laneLevelAt(spans: readonly LaneSpan[], atMs: number): number | null | undefined {
  const index = spans.findLastIndex((span) => span.fromMs <= atMs);
  const span = spans[index];
  if (span === undefined) return undefined;
  return atMs < span.toMs || index === spans.length - 1 ? span.levelPct : undefined;
}

/** How much of a view it was on, %, each level by its share; null where nothing is known. */
export function dutyPct(spans: readonly LaneSpan[], { fromMs, toMs }: Extent, isLive: boolean): number | null {
  let knownMs = 0;
  let onMs = 0;
  for (const [index, span] of spans.entries()) {
    const endMs = isLive && index === spans.length - 1 ? toMs : span.toMs;
    const ms = Math.min(endMs, toMs) - Math.max(span.fromMs, fromMs);
    if (ms <= 0 || span.levelPct === null) continue;
    knownMs += ms;
    onMs += (ms * span.levelPct) / 100;
  }
  return knownMs === 0 ? null : (onMs / knownMs) * 100;
}
