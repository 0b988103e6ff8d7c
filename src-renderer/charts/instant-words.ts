import { keptIn } from "../i18n/kept-formats.ts";
import type { Extent } from "./view.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const made = new Map<string, Intl.DateTimeFormat>();

/** An instant in the tank's zone, as exactly as a span of this length deserves. */
export function instantWords(
  atMs: number,
  { fromMs, toMs }: Extent,
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): string {
  const spanMs = toMs - fromMs;
  const detail = spanMs <= 2 * HOUR_MS ? "second" : spanMs <= 60 * DAY_MS ? "minute" : "year";
  const key = `${detail} ${language} ${timeZone}`;
  const newFormat = () =>
    new Intl.DateTimeFormat(language, {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      ...(detail === "second" ? { second: "2-digit" } : {}),
      ...(detail === "year" ? { year: "numeric" } : {}),
    });
  return keptIn(made, key, newFormat).format(atMs);
}
