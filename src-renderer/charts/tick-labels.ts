import { keptIn } from "../i18n/kept-formats.ts";
import { type TickKind, tickStepFor, timeTicks } from "./time-ticks.ts";
import type { Extent } from "./view.ts";

export interface LabelledTick {
  readonly atMs: number;
  readonly label: string;
  /** A day, month or year begins: drawn stronger. */
  readonly isMajor: boolean;
}

interface LabelWords {
  readonly language: string;
  readonly timeZone: string;
}

const FORMAT: Readonly<Record<TickKind, Intl.DateTimeFormatOptions>> = {
  second: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  minute: { hour: "numeric", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  month: { day: "numeric", month: "short" },
  year: { day: "numeric", month: "short", year: "numeric" },
};
/** Where whole months are apart their days are all the first. */
const MONTHS: Readonly<Partial<Record<TickKind, Intl.DateTimeFormatOptions>>> = {
  month: { month: "short" },
  year: { year: "numeric" },
};

const made = new Map<string, Intl.DateTimeFormat>();

/** The ticks of a time axis, each with its words, at round local times of the tank's zone. */
export function labelledTicks(
  { fromMs, toMs }: Extent,
  atMost: number,
  words: LabelWords,
): readonly LabelledTick[] {
  const step = tickStepFor(toMs - fromMs, atMost);
  const isOfMonths = step.unit === "month" || step.unit === "year";
  return timeTicks({ fromMs, toMs, timeZone: words.timeZone }, step).map(({ atMs, kind }) => ({
    atMs,
    label: formatOf(kind, isOfMonths, words).format(atMs),
    isMajor: kind === "year" || (kind === "month" && !isOfMonths) || (kind === "day" && step.unit === "ms"),
  }));
}

function formatOf(kind: TickKind, isOfMonths: boolean, { language, timeZone }: LabelWords): Intl.DateTimeFormat {
  const options = (isOfMonths ? MONTHS[kind] : undefined) ?? FORMAT[kind];
  return keptIn(
    made,
    `${kind} ${isOfMonths} ${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(language, { timeZone, ...options }),
  );
}
