import type { ControlInput } from "./control-input.ts";
import { spanText } from "./durations.ts";

/** The level, asked every second while it fills, is believed for so long, ms: three reads (docs/safety.md). */
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
  /** The level was low for the on-delay, and has not been reached for the off-delay since. */
  readonly isWanted: boolean;
  /** The pump was asked for. */
  readonly isFilling: boolean;
  /** Since when the level is low without a break; null: it is not. */
  readonly lowSinceMs: number | null;
  /** Since when it is reached without a break; null: it is not. */
  readonly reachedSinceMs: number | null;
}

export const TOP_OFF_AT_REST: TopOffMemory = {
  isWanted: false,
  isFilling: false,
  lowSinceMs: null,
  reachedSinceMs: null,
};

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
  if (!view.level.isUsable) {
    const halt = blocked("sensor-not-good", `Off: its level sensor ${view.level.problem}.`);
    return { ...halt, memory: TOP_OFF_AT_REST, needsHurry: false };
  }
  const level = view.level.value;
  const memory = remembered(settings, { level, atMs: view.atMs }, before);
  if (!memory.isWanted) return idle(settings, level, memory);
  const halt = haltIn(view);
  if (halt !== null) return { ...halt, memory, needsHurry: false };
  return {
    memory: { ...memory, isFilling: true },
    state: "filling",
    code: "filling",
    text: fillingText(settings, level),
    isUrgent: false,
    needsHurry: true,
    nextInMs: null,
  };
}

function remembered(
  settings: TopOffSettings,
  { level, atMs }: { readonly level: number; readonly atMs: number },
  before: TopOffMemory,
): TopOffMemory {
  const lowSinceMs = level < settings.fillBelow ? (before.lowSinceMs ?? atMs) : null;
  const reachedSinceMs = level >= settings.fillUntil ? (before.reachedSinceMs ?? atMs) : null;
  const hasLasted = (sinceMs: number | null, delayMs: number) => sinceMs !== null && atMs - sinceMs >= delayMs;
  const isWanted = before.isWanted
    ? !hasLasted(reachedSinceMs, settings.offDelayMs)
    : hasLasted(lowSinceMs, settings.onDelayMs);
  return { isWanted, isFilling: false, lowSinceMs, reachedSinceMs };
}

/** A wave's trough is no news: until it has lasted the on-delay it is as idle as before. */
function idle(settings: TopOffSettings, level: number, memory: TopOffMemory): TopOffDecision {
  const { fillBelow, onDelayMs } = settings;
  const span = spanText(onDelayMs);
  const text = isGauge(settings)
    ? `At ${percentText(level)}: it fills once it stays below ${percentText(fillBelow)} for ${span}.`
    : `Its float is ${level < WET_FROM ? "dry" : "wet"}: it fills once it stays dry for ${span}.`;
  const needsHurry = memory.lowSinceMs !== null;
  return { memory, state: "idle", code: "idle", text, isUrgent: false, needsHurry, nextInMs: null };
}

/** What makes water where none belongs, or leaves nobody to see it. */
function dangerIn({ high, leaks }: TopOffView): Halt | null {
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
  if (mode !== null)
    return waiting("mode", `Low, and waiting: the mode ${mode} is on, and moves the water.`, null);
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

function fillingText(settings: TopOffSettings, level: number): string {
  return isGauge(settings)
    ? `Filling: the level is ${percentText(level)} and fills to ${percentText(settings.fillUntil)}.`
    : "Filling until its float is wet.";
}

/** When it begins and when it ends of itself, for people. */
export function fillWords(settings: Pick<TopOffSettings, "fillBelow" | "fillUntil">): {
  readonly begins: string;
  readonly ends: string;
} {
  if (!isGauge(settings))
    return { begins: "It fills when its float is dry.", ends: "It stops when its float is wet." };
  return {
    begins: `It fills below ${percentText(settings.fillBelow)}.`,
    ends: `It stops at ${percentText(settings.fillUntil)}.`,
  };
}

/** A float has one level, a sensor in % two. */
function isGauge({ fillBelow, fillUntil }: Pick<TopOffSettings, "fillBelow" | "fillUntil">): boolean {
  return fillUntil > fillBelow;
}

function percentText(level: number): string {
  return `${Math.round(level * 100) / 100} %`;
}
