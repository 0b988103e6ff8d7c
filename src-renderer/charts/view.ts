const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = MINUTE_MS;
const LONGEST_MS = 10 * 366 * DAY_MS;
/** Ends this near to now follow it: a share of the span, so that a glance at the last hour stays live. */
const FOLLOW_FRACTION = 0.01;

/** What a chart shows: the last so long, which moves on with the clock, or a span that stays. */
export type View =
  | { readonly kind: "last"; readonly spanMs: number }
  | { readonly kind: "fixed"; readonly fromMs: number; readonly toMs: number };

export interface Extent {
  readonly fromMs: number;
  readonly toMs: number;
}

export const RANGES = [
  { range: "1h", spanMs: 60 * MINUTE_MS },
  { range: "24h", spanMs: DAY_MS },
  { range: "7d", spanMs: 7 * DAY_MS },
  { range: "30d", spanMs: 30 * DAY_MS },
  { range: "1y", spanMs: 365 * DAY_MS },
] as const;
export type Range = (typeof RANGES)[number]["range"];

export function extentOf(view: View, nowMs: number): Extent {
  return view.kind === "last"
    ? { fromMs: nowMs - view.spanMs, toMs: nowMs }
    : { fromMs: view.fromMs, toMs: view.toMs };
}

export function lastOf(range: Range): View {
  return { kind: "last", spanMs: RANGES.find((r) => r.range === range)?.spanMs ?? DAY_MS };
}

/** The range a view is one of by name; null: it is a span of its own. */
export function rangeOf(view: View): Range | null {
  if (view.kind !== "last") return null;
  return RANGES.find(({ spanMs }) => spanMs === view.spanMs)?.range ?? null;
}

/** Any span as a view: between a minute and ten years, never in the future, and following where it ends now. */
export function viewOf({ fromMs, toMs }: Extent, nowMs: number): View {
  const spanMs = Math.min(Math.max(toMs - fromMs, SHORTEST_MS), LONGEST_MS);
  const middleMs = (fromMs + toMs) / 2;
  const endMs = Math.max(Math.min(middleMs + spanMs / 2, nowMs), spanMs);
  if (nowMs - endMs <= FOLLOW_FRACTION * spanMs) return { kind: "last", spanMs };
  return { kind: "fixed", fromMs: Math.round(endMs - spanMs), toMs: Math.round(endMs) };
}

/**
 * @param factor above 1: less time, larger; below: more time
 * @param centerMs stays where it is
 */
export function zoomed({ fromMs, toMs }: Extent, factor: number, centerMs: number): Extent {
  const scale = 1 / factor;
  return { fromMs: centerMs - (centerMs - fromMs) * scale, toMs: centerMs + (toMs - centerMs) * scale };
}

/** @param fraction of the span: negative is earlier */
export function panned({ fromMs, toMs }: Extent, fraction: number): Extent {
  const byMs = (toMs - fromMs) * fraction;
  return { fromMs: fromMs + byMs, toMs: toMs + byMs };
}

/** The span of the same length just before. */
export function before({ fromMs, toMs }: Extent): Extent {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
}
