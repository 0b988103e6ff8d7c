import type { LaneSpan } from "../../charts/use-lanes.ts";
import type { Extent } from "../../charts/view.ts";
import { instantOfLocal, offsetAt } from "../../charts/zone.ts";

const DAY_MS = 86_400_000;
const FULL_PCT = 100;

/** A span of an output as it is drawn: from and how wide, % of the day. */
export interface DayBox {
  readonly key: number;
  readonly leftPct: number;
  readonly widthPct: number;
  /** null: unknown. */
  readonly levelPct: number | null;
}

export interface DayLane {
  readonly boxes: readonly DayBox[];
  /** How long it was on, ms; null where nothing is known of the day. */
  readonly onMs: number | null;
}

/** The calendar day of an instant in a zone, from midnight to midnight: 23 or 25 hours where the clocks are changed. */
export function dayOf(atMs: number, timeZone: string): Extent {
  const localMidnight = Math.floor((atMs + offsetAt(atMs, timeZone)) / DAY_MS) * DAY_MS;
  return {
    fromMs: instantOfLocal(localMidnight, timeZone),
    toMs: instantOfLocal(localMidnight + DAY_MS, timeZone),
  };
}

/**
 * What an output did in a day. Where nothing was recorded there is no box.
 * @param spans in order; the last one goes on as long as it is heard of
 * @param heardUntilMs up to when the output is heard of
 */
export function dayLane(spans: readonly LaneSpan[], day: Extent, heardUntilMs: number): DayLane {
  const boxes: DayBox[] = [];
  let onMs: number | null = null;
  for (const [index, span] of spans.entries()) {
    const endMs = Math.min(index === spans.length - 1 ? heardUntilMs : span.toMs, day.toMs);
    const fromMs = Math.max(span.fromMs, day.fromMs);
    if (endMs <= fromMs) continue;
    boxes.push({
      key: span.fromMs,
      leftPct: shareOfDay(fromMs, day),
      widthPct: shareOfDay(endMs, day) - shareOfDay(fromMs, day),
      levelPct: span.levelPct,
    });
    if (span.levelPct !== null) onMs = (onMs ?? 0) + (span.levelPct > 0 ? endMs - fromMs : 0);
  }
  return { boxes, onMs };
}

/** Where an instant is in a day, %. */
export function shareOfDay(atMs: number, { fromMs, toMs }: Extent): number {
  return ((atMs - fromMs) / (toMs - fromMs)) * FULL_PCT;
}
