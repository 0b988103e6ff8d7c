import type { Guards } from "#contract/guards.ts";
import type { Why } from "./arbitrate.ts";
import { durationInWords } from "./words.ts";

/** The guards that only time decides, s. */
export type SwitchingGuards = Pick<Guards, "minOnS" | "minOffS" | "maxOnS">;

/** How long an output has been as it is, on the monotonic scale. */
export interface Running {
  /** ms since it was switched on; null: it is off. */
  readonly onForMs: number | null;
  /** ms since it was last switched off; null: never, as far as is known. */
  readonly offForMs: number | null;
}

export interface GuardVerdict {
  /** Why an ordinary off must wait; null: it need not. */
  readonly minOn: Why | null;
  /** Why an on must wait; null: it need not. */
  readonly minOff: Why | null;
  /** It was on for its longest time without a break; null: it was not, or has none. */
  readonly maxOn: Why | null;
  /** ms until the first of these changes by itself; null: none will. */
  readonly changesInMs: number | null;
}

/** What the guard times (s) say of an output that has been on or off for so long. @param nowMs the wall's, for the words */
export function guardVerdictFrom(guards: SwitchingGuards, running: Running, nowMs: number): GuardVerdict {
  const { onForMs, offForMs } = running;
  if (onForMs === null) {
    const waitMs = offForMs === null ? 0 : guards.minOffS * 1_000 - offForMs;
    const minOff = waitMs > 0 ? shortCycle("min-off", { what: "Off", waitMs, nowMs }) : null;
    return { minOn: null, minOff, maxOn: null, changesInMs: minOff === null ? null : waitMs };
  }
  const holdMs = guards.minOnS * 1_000 - onForMs;
  const maxOnMs = guards.maxOnS === null ? Number.POSITIVE_INFINITY : guards.maxOnS * 1_000;
  const leftMs = maxOnMs - onForMs;
  const changesInMs = Math.min(holdMs > 0 ? holdMs : Number.POSITIVE_INFINITY, Math.max(0, leftMs));
  return {
    minOn: holdMs > 0 ? shortCycle("min-on", { what: "On", waitMs: holdMs, nowMs }) : null,
    minOff: null,
    maxOn: leftMs <= 0 ? spent(maxOnMs) : null,
    changesInMs: Number.isFinite(changesInMs) ? changesInMs : null,
  };
}

function spent(maxOnMs: number): Why {
  const longest = durationInWords(maxOnMs);
  const text = `Off: it was on for its longest time of ${longest}; find out why, then reset it.`;
  return { code: "max-on", text, untilMs: null };
}

function shortCycle(code: string, wait: { what: string; waitMs: number; nowMs: number }): Why {
  return {
    code,
    text: `${wait.what} for another ${durationInWords(wait.waitMs)} so that the relay is not short-cycled.`,
    untilMs: wait.nowMs + wait.waitMs,
  };
}
