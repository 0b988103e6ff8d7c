import type { Cancel, Clock, Logger } from "./ports.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRET_NAME =
  /pass(word|wd)?$|secret|token|authorization|cookie|private|^key$|^pin$|hash$|apikey|databaseurl|connectionstring/i;
/** user:password@ inside any URL. */
const URL_CREDENTIALS = /(\w+:\/\/)[^\s/@:]+:[^\s/@]+@/g;
const MASK = "***";
const MAX_DEPTH = 4;

/** A copy of a log field without secrets: masked by name, and credentials inside URLs. Errors become their words. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.replace(URL_CREDENTIALS, `$1${MASK}@`);
  if (value instanceof Error) {
    const code = (value as { code?: unknown }).code;
    return { message: redacted(value.message), ...(typeof code === "string" ? { code } : {}) };
  }
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      SECRET_NAME.test(name) ? MASK : redacted(field, depth + 1),
    ]),
  );
}

export interface LogSink {
  /** @param line with its line feed, secrets masked */
  write(line: string): void;
}

type LoggerOptions = {
  readonly clock: Clock;
  readonly level: LogLevel;
  readonly part?: string;
} & ({ readonly sink: LogSink } | { readonly sinks: Set<LogSink> });

/** One JSON object a line: `{"at":"…Z","level":"info","part":"journal","message":"…",…fields}`. */
export class JsonLogger implements Logger {
  /** Shared with every part that speaks in this log. */
  readonly #sinks: Set<LogSink>;
  readonly #clock: Clock;
  readonly #level: LogLevel;
  readonly #part: string;

  constructor(options: LoggerOptions) {
    this.#sinks = "sinks" in options ? options.sinks : new Set([options.sink]);
    this.#clock = options.clock;
    this.#level = options.level;
    this.#part = options.part ?? "core";
  }

  /** The same log, spoken by another part. */
  named(part: string): JsonLogger {
    return new JsonLogger({ sinks: this.#sinks, clock: this.#clock, level: this.#level, part });
  }

  /** Every line from now on, whoever speaks in this log, goes to `sink` as well. */
  addSink(sink: LogSink): Cancel {
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }

  debug(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write("debug", fields, message);
  }
  info(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write("info", fields, message);
  }
  warn(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write("warn", fields, message);
  }
  error(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.#write("error", fields, message);
  }

  #write(level: LogLevel, fields: Readonly<Record<string, unknown>>, message: string): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.#level)) return;
    const at = new Date(this.#clock.nowMs()).toISOString();
    // Our own names first, so that lines read alike; and again last, so that no field can take their place.
    const own = { at, level, part: this.#part, message: redacted(message) };
    const line = { ...own, ...(redacted(fields) as object), ...own };
    const text = `${JSON.stringify(line)}\n`;
    for (const sink of this.#sinks) sink.write(text);
  }
}

/** Says nothing: for tools whose output is their result. */
export const SILENT_LOG: Logger = { debug() {}, info() {}, warn() {}, error() {} };
