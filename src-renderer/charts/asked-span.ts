import { type Extent, extentOf, type View } from "./view.ts";

/** What is fetched for a view: with a margin to move in, so that a small move asks for nothing. */
export type AskedSpan =
  /** Up to now, whenever it is asked. */
  | { readonly kind: "last"; readonly spanMs: number }
  | ({ readonly kind: "fixed"; readonly spanMs: number } & Extent);

const MARGIN_FRACTION = 0.5;
/** A view this much shorter than what was asked for deserves finer points; this much longer, coarser ones. */
const REASK_FACTOR = 1.3;

export function askedFor(view: View, nowMs: number): AskedSpan {
  const { fromMs, toMs } = extentOf(view, nowMs);
  const spanMs = toMs - fromMs;
  if (view.kind === "last") return { kind: "last", spanMs };
  const marginMs = spanMs * MARGIN_FRACTION;
  return {
    kind: "fixed",
    spanMs,
    fromMs: Math.max(0, fromMs - marginMs),
    toMs: Math.max(toMs, Math.min(nowMs, toMs + marginMs)),
  };
}

/** Whether what was asked for still serves a view. */
export function serves(asked: AskedSpan, view: View, nowMs: number): boolean {
  if (view.kind === "last" || asked.kind === "last") {
    return view.kind === asked.kind && extentOf(view, nowMs).toMs - extentOf(view, nowMs).fromMs === asked.spanMs;
  }
  const spanMs = view.toMs - view.fromMs;
  const isInside = view.fromMs >= asked.fromMs && view.toMs <= asked.toMs;
  return isInside && spanMs <= asked.spanMs * REASK_FACTOR && spanMs >= asked.spanMs / REASK_FACTOR;
}

/** The ends to ask the API for, epoch ms; no end: now, by the core's own clock. */
export function endsOf(
  asked: AskedSpan,
  nowMs: number,
): { readonly fromMs: number; readonly toMs: number | null } {
  return asked.kind === "last"
    ? { fromMs: Math.max(0, nowMs - asked.spanMs), toMs: null }
    : { fromMs: asked.fromMs, toMs: asked.toMs };
}

/** A live view moves on: what it is compared with reaches a little farther than its end. */
const AHEAD_FRACTION = 0.1;

/** The same span so much earlier: what a view is compared with. */
export function endsBefore(asked: AskedSpan, nowMs: number): Extent {
  const { fromMs, toMs } = endsOf(asked, nowMs);
  const endMs = toMs ?? nowMs + asked.spanMs * AHEAD_FRACTION;
  return { fromMs: Math.max(0, fromMs - asked.spanMs), toMs: Math.max(1, endMs - asked.spanMs) };
}
