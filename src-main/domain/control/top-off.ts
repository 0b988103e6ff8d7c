import type { ControlInput } from "./control-input.ts";
import { spanText } from "./durations.ts";

/** The level is believed for so long while it fills, ms (domain.md, section 1). */
export const FILLING_TRUST_MS = 3_000;
/** After a start of the program, as after a power cut: the return line must have settled, ms. */
export const HOLD_OFF_MS = 10 * 60_000;
/** The return pump's own time to settle the sump's level, ms. */
export const RETURN_ON_MS = 60_000;
/** A digital sensor says 0 dry and 1 wet. */
const WET_FROM = 0.5;

export interface TopOffSettings {
  readonly fillBelow: number;
  readonly fillUntil: number;
  readonly onDelayMs: number;
  readonly offDelayMs: number;
}

export type Reservoir = { readonly isEmpty: boolean } | { readonly problem: string };

/** What a top-off sees at a moment. null: there is no such sensor. */
export interface TopOffView {
  readonly level: ControlInput;
  readonly high: ControlInput | null;
  readonly reservoir: Reservoir | null;
  readonly leaks: readonly ControlInput[];
  /** For how long the return pump has been on and confirmed, ms; `unknown` where it is off or nobody knows; null: not watched. */
  readonly returnOnForMs: number | "unknown" | null;
  /** A mode that moves the water is on, as it is called. */
  readonly mode: string | null;
  /** Since the program started. */
  readonly upForMs: number;
  /** Monotonic. */
  readonly atMs: number;
}

/** What must be remembered between two decisions. Times are on the monotonic scale, ms. */
export interface TopOffMemory {
  readonly isFilling: boolean;
  /** Since when the level is low without a break; null: it is not. */
  readonly lowSinceMs: number | null;
  /** Since when it is reached without a break, while filling. */
  readonly reachedSinceMs: number | null;
}

export const TOP_OFF_AT_REST: TopOffMemory = { isFilling: false, lowSinceMs: null, reachedSinceMs: null };

export interface TopOffDecision {
  readonly memory: TopOffMemory;
  readonly state: "filling" | "waiting" | "idle" | "blocked";
  readonly code: string;
  /** One sentence for people. */
  readonly text: string;
  /** The pump stops at once, whatever its shortest time on. */
  readonly isUrgent: boolean;
  /** The level must be asked every second: it is filling, or about to. */
  readonly needsHurry: boolean;
  /** The end of the wait that it can see, in ms; null: it cannot. */
  readonly nextInMs: number | null;
}

type Halt = Pick<TopOffDecision, "state" | "code" | "text" | "isUrgent" | "nextInMs">;

/**
 * Fills when the level has been low for the on-delay, until it has been reached for the off-delay. Whatever is not known
 * stops it, and so does every reason for which the level says nothing.
 */
export function decideTopOff(settings: TopOffSettings, view: TopOffView, before: TopOffMemory): TopOffDecision {
  const danger = dangerIn(view);
  if (danger !== null) return { ...danger, memory: TOP_OFF_AT_REST, needsHurry: false };
  const level = view.level.isUsable ? view.level.value : Number.NaN;
  const isLow = level < settings.fillBelow;
  const isReached = level >= settings.fillUntil;
  const memory: TopOffMemory = {
    isFilling: before.isFilling,
    lowSinceMs: isLow ? (before.lowSinceMs ?? view.atMs) : null,
    reachedSinceMs: before.isFilling && isReached ? (before.reachedSinceMs ?? view.atMs) : null,
  };
  return before.isFilling
    ? whileFilling(settings, { view, level }, memory)
    : whileResting(settings, { view, level }, memory);
}

interface Seen {
  readonly view: TopOffView;
  readonly level: number;
}

function whileFilling(settings: TopOffSettings, { view, level }: Seen, memory: TopOffMemory): TopOffDecision {
  const halt = haltIn(view);
  if (halt !== null) return { ...halt, memory: { ...memory, isFilling: false }, needsHurry: false };
  const { reachedSinceMs } = memory;
  if (reachedSinceMs !== null && view.atMs - reachedSinceMs >= settings.offDelayMs) {
    return { ...idle(settings, level), memory: TOP_OFF_AT_REST };
  }
  const text = `Filling: the level is ${levelText(level)} and fills to ${levelText(settings.fillUntil)}.`;
  return { memory, state: "filling", code: "filling", text, isUrgent: false, needsHurry: true, nextInMs: null };
}

function whileResting(settings: TopOffSettings, { view, level }: Seen, memory: TopOffMemory): TopOffDecision {
  if (memory.lowSinceMs === null) return { ...idle(settings, level), memory };
  const halt = haltIn(view);
  if (halt !== null) return { ...halt, memory, needsHurry: false };
  const leftMs = settings.onDelayMs - (view.atMs - memory.lowSinceMs);
  if (leftMs > 0) {
    const text = `The level is ${levelText(level)}, below ${levelText(settings.fillBelow)}: it fills when that lasts ${spanText(settings.onDelayMs)}.`;
    return {
      memory,
      state: "waiting",
      code: "on-delay",
      text,
      isUrgent: false,
      needsHurry: true,
      nextInMs: leftMs,
    };
  }
  return whileFilling(settings, { view, level }, { ...memory, isFilling: true });
}

function idle(settings: TopOffSettings, level: number): Omit<TopOffDecision, "memory"> {
  const text = `Full enough at ${levelText(level)}: it fills below ${levelText(settings.fillBelow)}.`;
  return { state: "idle", code: "idle", text, isUrgent: false, needsHurry: false, nextInMs: null };
}

/** What makes water where none belongs, or leaves nobody to see it. */
function dangerIn({ level, high, leaks }: TopOffView): Halt | null {
  if (!level.isUsable) return blocked("sensor-not-good", `Off: its level sensor ${level.problem}.`);
  if (high !== null && !high.isUsable) {
    return blocked("high-sensor-not-good", `Off: its high level sensor ${high.problem}.`);
  }
  if (high !== null && high.value >= WET_FROM) {
    return blocked("high-level-wet", "Off: the high level sensor is wet; look for what fills the sump.");
  }
  for (const leak of leaks) {
    if (!leak.isUsable) return blocked("leak-sensor-not-good", `Off: a leak sensor ${leak.problem}.`);
    if (leak.value >= WET_FROM) return blocked("leak", "Off: a leak sensor is wet.");
  }
  return null;
}

function blocked(code: string, text: string): Halt {
  return { state: "blocked", code, text, isUrgent: true, nextInMs: null };
}

/** Why it must not fill now, although it may soon. */
function haltIn({ reservoir, returnOnForMs, mode, upForMs }: TopOffView): Halt | null {
  if (mode !== null) return waiting("mode", `Low, and waiting: the mode ${mode} is on, and moves the water.`, null);
  if (upForMs < HOLD_OFF_MS) {
    const leftMs = HOLD_OFF_MS - upForMs;
    return waiting("hold-off", `Low, and waiting ${spanText(leftMs)} more after the start.`, leftMs);
  }
  return returnHalt(returnOnForMs) ?? reservoirHalt(reservoir);
}

function returnHalt(returnOnForMs: TopOffView["returnOnForMs"]): Halt | null {
  if (returnOnForMs === null) return null;
  if (returnOnForMs === "unknown") {
    return waiting("return-off", "Low, and waiting: the return pump is not on, and the level says nothing.", null);
  }
  const leftMs = RETURN_ON_MS - returnOnForMs;
  if (leftMs <= 0) return null;
  return waiting("return-settling", "Low, and waiting: the return pump has just come on.", leftMs);
}

function reservoirHalt(reservoir: Reservoir | null): Halt | null {
  if (reservoir === null) return null;
  if ("problem" in reservoir) {
    return waiting("reservoir-not-good", `Low, and waiting: the reservoir's sensor ${reservoir.problem}.`, null);
  }
  return reservoir.isEmpty
    ? waiting("reservoir-empty", "Low, and waiting: the reservoir is empty; fill it.", null)
    : null;
}

function waiting(code: string, text: string, nextInMs: number | null): Halt {
  return { state: "waiting", code, text, isUrgent: true, nextInMs };
}

function levelText(level: number): string {
  return String(Math.round(level * 100) / 100);
}
