import { medianOf } from "./median.ts";

/** The last fills that count as usual. */
const USUAL_OF = 9;
/** Fewer are no habit yet. */
const NEEDED_FILLS = 5;
/** Twice this is given to any fill, s. */
const SHORTEST_EXPECTED_S = 30;
/** Days that must be known before one is called usual. */
const NEEDED_DAYS = 7;
const KEPT_MS = 9 * 86_400_000;
const KEPT = 2_000;

/** One time the pump was on. */
export interface PumpRun {
  /** Wall, epoch ms. */
  readonly endedAtMs: number;
  readonly onS: number;
  /** It was ended by the level it was to reach. */
  readonly isFill: boolean;
}

export function withRun(runs: readonly PumpRun[], run: PumpRun): readonly PumpRun[] {
  return [...runs.filter(({ endedAtMs }) => endedAtMs > run.endedAtMs - KEPT_MS), run].slice(-KEPT);
}

/** How long a fill takes, s, median of the last ones; null: not learned yet. */
export function learnedFillS(runs: readonly PumpRun[]): number | null {
  const fills = lastFills(runs);
  return fills.length < NEEDED_FILLS ? null : medianOf(fills.map(({ onS }) => onS));
}

/** When the next fill is to be expected, epoch ms, by the median of the times between the last ones; null: not learned yet. */
export function nextFillAtMs(runs: readonly PumpRun[]): number | null {
  const gapMs = usualGapMs(runs);
  const last = runs.findLast(({ isFill }) => isFill);
  return gapMs === null || last === undefined ? null : last.endedAtMs + gapMs;
}

/**
 * How long a fill that begins now should take, s: the learned one, and as much longer as this one comes later than usual,
 * because the water went on evaporating while the tank was fed, or the power away. Never less than the longest of the last
 * ones: in waves a float is content after a few seconds, or after many.
 */
export function expectedFillS(runs: readonly PumpRun[], nowMs: number): number | null {
  const [fillS, last] = [learnedFillS(runs), runs.at(-1)];
  if (fillS === null || last === undefined) return null;
  const gapMs = usualGapMs(runs);
  const sinceMs = nowMs - last.endedAtMs;
  const lateness = gapMs === null || gapMs <= 0 ? 1 : Math.max(sinceMs / gapMs, 1);
  const longestS = Math.max(...lastFills(runs).map(({ onS }) => onS));
  return Math.max(fillS * lateness, longestS, SHORTEST_EXPECTED_S);
}

/** How long it was on in the `spanMs` before a moment, s. */
export function pumpedS(runs: readonly PumpRun[], untilMs: number, spanMs: number): number {
  return runs.reduce(
    (sum, { endedAtMs, onS }) => (endedAtMs <= untilMs && endedAtMs > untilMs - spanMs ? sum + onS : sum),
    0,
  );
}

export interface UsualDay {
  /** How long it was on, s, median. */
  readonly onS: number;
  /** All seven days are known. */
  readonly isWhole: boolean;
}

/**
 * What is usual in a day, over the last 7 days of the tank's calendar.
 * @param midnightsMs the last eight, newest first @param knownSinceMs before it nothing was seen
 * @returns null where no whole day is known
 */
export function usualDay(
  runs: readonly PumpRun[],
  midnightsMs: readonly number[],
  knownSinceMs: number,
): UsualDay | null {
  const known = midnightsMs.filter((midnightMs) => midnightMs >= knownSinceMs);
  const days = stepsOf(known.toReversed()).map(([fromMs, untilMs]) => pumpedS(runs, untilMs, untilMs - fromMs));
  const onS = medianOf(days);
  return onS === null ? null : { onS, isWhole: days.length >= NEEDED_DAYS };
}

function usualGapMs(runs: readonly PumpRun[]): number | null {
  const fills = lastFills(runs);
  if (fills.length < NEEDED_FILLS) return null;
  return medianOf(stepsOf(fills.map(({ endedAtMs }) => endedAtMs)).map(([fromMs, toMs]) => toMs - fromMs));
}

/** Asked for every second, and another after each run only. */
const LAST_FILLS = new WeakMap<readonly PumpRun[], readonly PumpRun[]>();

function lastFills(runs: readonly PumpRun[]): readonly PumpRun[] {
  const known = LAST_FILLS.get(runs);
  if (known !== undefined) return known;
  const fills = runs.filter(({ isFill }) => isFill).slice(-USUAL_OF);
  LAST_FILLS.set(runs, fills);
  return fills;
}

/** Each value with the one after it. */
function stepsOf(values: readonly number[]): readonly (readonly [number, number])[] {
  const steps: [number, number][] = [];
  let before: number | null = null;
  for (const value of values) {
    if (before !== null) steps.push([before, value]);
    before = value;
  }
  return steps;
}
