import { LogEntry, LogLevel } from "#contract/system.ts";
import type { RingLine } from "../platform/log-ring.ts";

/** Ids sort as text in the order of the lines. */
const ID_DIGITS = 12;

/** A line as the API shows it; null where it is none of ours, or less severe than asked for. */
export function entryFrom({ sequence, text }: RingLine, atLeast: LogLevel = "debug"): LogEntry | null {
  const { at, level, part, message, ...fields } = JSON.parse(text) as Record<string, unknown>;
  const id = String(sequence).padStart(ID_DIGITS, "0");
  const { data } = LogEntry.safeParse({ id, at, level, part, message, fields });
  if (data === undefined || LogLevel.options.indexOf(data.level) < LogLevel.options.indexOf(atLeast)) return null;
  return data;
}
