import { createContext, useContext } from "react";
import type { Quantity } from "#contract/quantities.ts";
import { usePreferences } from "../stores/preferences.ts";
import { useTimeZone } from "../stores/tank.ts";
import { keptIn } from "./kept-formats.ts";
import { writtenNumber } from "./number-words.ts";
import type { Language } from "./translator.ts";
import { type DisplayUnit, displayUnitOf, toShown } from "./units.ts";

const MIN_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface Formats {
  unitOf(quantity: Quantity, unit: string): DisplayUnit;
  /** A stored value as the keeper wants to see it, without its unit. */
  value(stored: number, display: DisplayUnit): string;
  /** The same with its unit. */
  valueWithUnit(stored: number, display: DisplayUnit): string;
  /** 10:42, in the tank's zone. */
  time(atMs: number): string;
  /** With the day, in the tank's zone. */
  dateTime(atMs: number): string;
  /** 2 min 40 s: the two largest units of a duration; never negative. */
  duration(durationMs: number): string;
  number(value: number, decimals: number): string;
  readonly timeZone: string;
  readonly language: Language;
}

/** As the user and the tank would have them: made once, for all that show something. */
export const FormatsContext = createContext<Formats | null>(null);

/** Numbers, units, times and durations in the user's words and the tank's zone. */
export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (formats === null)
    throw new Error("nothing says here how numbers are written: <Spoken> is missing around it");
  return formats;
}

export function useChosenFormats(language: Language): Formats {
  const timeZone = useTimeZone();
  const temperatureUnit = usePreferences((p) => p.temperatureUnit);
  const salinityUnit = usePreferences((p) => p.salinityUnit);
  return formatsFor({ language, timeZone, units: { temperatureUnit, salinityUnit } });
}

interface Choices {
  readonly language: Language;
  readonly timeZone: string;
  readonly units: { readonly temperatureUnit: "C" | "F"; readonly salinityUnit: "ppt" | "sg" };
}

const made = new Map<string, Formats>();

export function formatsFor(choices: Choices): Formats {
  return keptIn(made, JSON.stringify(choices), () => newFormats(choices));
}

function newFormats({ language, timeZone, units }: Choices): Formats {
  const time = { timeZone, hour: "2-digit", minute: "2-digit" } as const;
  const timeOf = onceUsed(() => new Intl.DateTimeFormat(language, time));
  const dateTimeOf = onceUsed(
    () => new Intl.DateTimeFormat(language, { ...time, day: "numeric", month: "short" }),
  );
  const number = (value: number, decimals: number): string => writtenNumber(value, decimals, language);
  const value = (stored: number, display: DisplayUnit) => number(toShown(stored, display), display.decimals);
  return {
    timeZone,
    language,
    number,
    value,
    unitOf: (quantity, unit) => displayUnitOf(quantity, unit, units),
    valueWithUnit: (stored, display) =>
      display.unit === "" ? value(stored, display) : `${value(stored, display)} ${display.unit}`,
    time: (atMs) => timeOf().format(atMs),
    dateTime: (atMs) => dateTimeOf().format(atMs),
    duration: (durationMs) => durationIn(language, durationMs),
  };
}

/** Made when it is first used, and once: they are dear. */
function onceUsed<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

type DurationUnit = "second" | "minute" | "hour" | "day";

/** By language and unit. */
const durationFormats = new Map<string, Intl.NumberFormat>();

function durationFormatOf(language: Language, unit: DurationUnit): Intl.NumberFormat {
  return keptIn(
    durationFormats,
    `${language} ${unit}`,
    () => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }),
  );
}

function durationIn(language: Language, durationMs: number): string {
  const ms = Math.max(0, durationMs);
  const part = (count: number, unit: DurationUnit) => durationFormatOf(language, unit).format(Math.floor(count));
  if (ms < MIN_MS) return part(ms / 1_000, "second");
  if (ms < HOUR_MS) {
    const seconds = Math.floor((ms % MIN_MS) / 1_000);
    return seconds === 0
      ? part(ms / MIN_MS, "minute")
      : `${part(ms / MIN_MS, "minute")} ${part(seconds, "second")}`;
  }
  if (ms < DAY_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MIN_MS);
    return minutes === 0 ? part(ms / HOUR_MS, "hour") : `${part(ms / HOUR_MS, "hour")} ${part(minutes, "minute")}`;
  }
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  return hours === 0 ? part(ms / DAY_MS, "day") : `${part(ms / DAY_MS, "day")} ${part(hours, "hour")}`;
}
