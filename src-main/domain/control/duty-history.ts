import { medianOf } from "./median.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEPT_DAYS = 8;
/** However the clock was set meanwhile. */
const KEPT_HOURS = KEPT_DAYS * 24;
/** An hour that was watched for less says nothing, s. */
const NEEDED_S = 1_800;
/** A day of which less was seen says nothing. */
const NEEDED_HOURS = 18;
/** Days that must be known before one of them can be called unusual. */
const NEEDED_DAYS = 3;
/** A day of so many times the usual is too much (docs/safety.md). */
const EXCESS = 1.5;
/** Once it was too much it must fall to this: a heater that is held to what is usual brings its own day down. */
const EXCESS_UNTIL = 1.25;
/** A heater that hardly runs may double its work without anything being wrong. */
const SMALLEST_EXCESS = 0.05;

/** What a heater did in one hour of the wall's clock. */
export interface HourOfDuty {
  /** Its beginning, epoch ms. */
  readonly atMs: number;
  /** At the tank, 0 to 23. */
  readonly hour: number;
  readonly onS: number;
  readonly coveredS: number;
  /** Water above room, mean, °C; null: not measured. */
  readonly aboveRoomC: number | null;
}

export interface DutySample {
  readonly isOn: boolean;
  readonly aboveRoomC: number | null;
  readonly monotonicMs: number;
  readonly wallMs: number;
  /** At the tank, 0 to 23. */
  readonly hour: number;
}

/** Hours and days of a heater's work, for a week. Durations count on the monotonic scale; hours are the wall's. */
export class DutyHistory {
  #hours: readonly HourOfDuty[] = [];
  #open: { atMs: number; hour: number; onS: number; coveredS: number; aboveS: number; aboveCS: number } | null =
    null;
  #last: DutySample | null = null;

  /** Every hour that is known, the one under way last. */
  hours(): readonly HourOfDuty[] {
    return this.#open === null ? this.#hours : [...this.#hours, closed(this.#open)];
  }

  /** Takes up what was kept of before. */
  adopt(hours: readonly HourOfDuty[]): void {
    this.#hours = [...hours, ...this.#hours];
  }

  /** From the sample before until this one it was as the one before says. */
  note(sample: DutySample): void {
    const last = this.#last;
    this.#last = sample;
    const hourAtMs = Math.floor(sample.wallMs / HOUR_MS) * HOUR_MS;
    if (this.#open?.atMs !== hourAtMs) this.#begin(hourAtMs, sample);
    if (last === null || this.#open === null) return;
    const spanS = (sample.monotonicMs - last.monotonicMs) / 1_000;
    this.#open.coveredS += spanS;
    if (last.isOn) this.#open.onS += spanS;
    if (last.aboveRoomC === null) return;
    this.#open.aboveS += spanS;
    this.#open.aboveCS += last.aboveRoomC * spanS;
  }

  /** The heater was not watched for a while: the time until the next sample is nobody's. */
  skip(): void {
    this.#last = null;
  }

  #begin(atMs: number, { hour, wallMs }: DutySample): void {
    this.#hours = this.hours()
      .filter((known) => known.atMs > wallMs - KEPT_DAYS * DAY_MS)
      .slice(-KEPT_HOURS);
    this.#open = { atMs, hour, onS: 0, coveredS: 0, aboveS: 0, aboveCS: 0 };
  }
}

/** Share of this hour of the day it was on, 0 to 1, median of the last 7 days; null: no such hour is known. */
export function usualDutyAt(hours: readonly HourOfDuty[], hour: number, nowMs: number): number | null {
  const sameHour = hours.filter(
    (known) => known.hour === hour && known.coveredS >= NEEDED_S && known.atMs > nowMs - 7 * DAY_MS - HOUR_MS,
  );
  return medianOf(sameHour.map(({ onS, coveredS }) => onS / coveredS));
}

export interface KnownOfHeater {
  /** What a heater of this power needs for each °C, as a share of time; null: not known. */
  readonly perC: number | null;
  /** It was found so before. */
  readonly wasExcessive: boolean;
}

/** A day's work, and what is usual for it. */
export interface DutyJudgement {
  readonly isExcessive: boolean;
  /** Shares of 24 h, 0 to 1. */
  readonly dutyFraction: number;
  /** 1 where the heater would have to be on all the time. */
  readonly usualFraction: number;
}

/**
 * Whether the heater was on for more than 1.5 times what the last 7 days lead to expect at this difference to the room. A
 * colder room than any of them is never held against it: of the two slopes it may follow, the one that excuses more counts.
 * @returns null where the room is not measured, or too little is known
 */
export function judgedDay(
  hours: readonly HourOfDuty[],
  nowMs: number,
  { perC, wasExcessive }: KnownOfHeater,
): DutyJudgement | null {
  const today = dayOf(hours, nowMs);
  const before = Array.from({ length: 7 }, (_, day) => dayOf(hours, nowMs - (day + 1) * DAY_MS));
  const known = before.filter((day) => day !== null);
  const usual = medianOf(known.map(({ fraction }) => fraction));
  const usualAboveC = medianOf(known.map(({ aboveRoomC }) => aboveRoomC));
  if (today === null || usual === null || usualAboveC === null || known.length < NEEDED_DAYS) return null;
  const slopes = [usualAboveC > 0 ? usual / usualAboveC : 0, perC ?? 0];
  const moreC = today.aboveRoomC - usualAboveC;
  const perMoreC = moreC > 0 ? Math.max(...slopes) : Math.min(...slopes);
  const usualFraction = Math.min(Math.max(usual + perMoreC * moreC, 0), 1);
  const isAbove = today.fraction > (wasExcessive ? EXCESS_UNTIL : EXCESS) * usualFraction;
  const isExcessive = isAbove && today.fraction - usualFraction > SMALLEST_EXCESS;
  return { isExcessive, dutyFraction: today.fraction, usualFraction };
}

/** Of the 24 h up to a moment; null where most of it was not seen. */
function dayOf(
  hours: readonly HourOfDuty[],
  untilMs: number,
): { readonly fraction: number; readonly aboveRoomC: number } | null {
  const ofDay = hours.filter(({ atMs }) => atMs < untilMs && atMs >= untilMs - DAY_MS);
  const measured = ofDay.flatMap(({ aboveRoomC, coveredS }) =>
    aboveRoomC === null ? [] : [{ aboveRoomC, coveredS }],
  );
  const coveredS = sumOf(ofDay.map((hour) => hour.coveredS));
  const measuredS = sumOf(measured.map((hour) => hour.coveredS));
  if (coveredS < NEEDED_HOURS * 3_600 || measuredS < NEEDED_HOURS * 3_600) return null;
  return {
    fraction: sumOf(ofDay.map(({ onS }) => onS)) / coveredS,
    aboveRoomC: sumOf(measured.map((hour) => hour.aboveRoomC * hour.coveredS)) / measuredS,
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function closed(open: {
  readonly atMs: number;
  readonly hour: number;
  readonly onS: number;
  readonly coveredS: number;
  readonly aboveS: number;
  readonly aboveCS: number;
}): HourOfDuty {
  const { aboveS, aboveCS, ...hour } = open;
  return { ...hour, aboveRoomC: aboveS === 0 ? null : aboveCS / aboveS };
}
