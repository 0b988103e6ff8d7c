import type { Extent } from "../../charts/view.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The core works out no more than this at a time. */
const LONGEST_MS = 31 * DAY_MS;
const SHORTEST_VIEW_MS = 60_000;

export const LAST_SPANS = { "6h": 6 * HOUR_MS, "24h": DAY_MS, "7d": 7 * DAY_MS } as const;
export type LastSpan = keyof typeof LAST_SPANS;

/** The past that is asked about: up to now, or between two instants. */
export type SpanChoice =
  | { readonly kind: "last"; readonly span: LastSpan }
  | { readonly kind: "custom"; readonly extent: Extent };

export function extentOfChoice(choice: SpanChoice, nowMs: number): Extent {
  if (choice.kind === "custom") return choice.extent;
  return { fromMs: nowMs - LAST_SPANS[choice.span], toMs: nowMs };
}

export function isTooLong({ fromMs, toMs }: Extent): boolean {
  return toMs - fromMs > LONGEST_MS;
}

/** A view kept within the whole that was worked out: as long as it was where it fits, else the whole. */
export function viewWithin(view: Extent, whole: Extent): Extent {
  const wholeMs = whole.toMs - whole.fromMs;
  const lengthMs = Math.min(Math.max(view.toMs - view.fromMs, Math.min(SHORTEST_VIEW_MS, wholeMs)), wholeMs);
  const fromMs = Math.min(Math.max(view.fromMs, whole.fromMs), whole.toMs - lengthMs);
  return { fromMs, toMs: fromMs + lengthMs };
}
