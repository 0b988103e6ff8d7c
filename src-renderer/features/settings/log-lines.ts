import type { LogEntry } from "#contract/system.ts";

/** So many of the newest are kept on the page. */
export const MAX_LOG_LINES = 1_000;

/** Those known and those that came, oldest first, each once, the newest at most. */
export function withNewLines(known: readonly LogEntry[], came: readonly LogEntry[]): readonly LogEntry[] {
  const newest = known.at(-1)?.id ?? "";
  const fresh = came.filter((entry) => entry.id > newest);
  return fresh.length === 0 ? known : [...known, ...fresh].slice(-MAX_LOG_LINES);
}

/** What was said beside the message, as `name=value`. */
export function fieldWords({ fields }: LogEntry): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" ");
}

/** One line as it is copied. */
export function plainLine(entry: LogEntry): string {
  return [entry.at, entry.level.toUpperCase(), entry.part, entry.message, fieldWords(entry)].join(" ").trimEnd();
}

/** Those that have every word somewhere; capitals make no difference. */
export function linesMatching(lines: readonly LogEntry[], searched: string): readonly LogEntry[] {
  const words = searched
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return lines;
  return lines.filter((entry) => {
    const text = plainLine(entry).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
