import type { LogSink } from "./logger.ts";
import type { Cancel } from "./ports.ts";

const MAX_LINES = 2_000;
/** The one-time setup code is for who reads the machine's own log, and for nobody who asks the program. */
const SETUP_CODE = /\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b/g;

/** One line of the log, as it was written: JSON, secrets masked. */
export interface RingLine {
  /** Counts up from 1. */
  readonly sequence: number;
  readonly text: string;
}

/** The last 2,000 lines of the log, in memory. Nothing is parsed or copied until somebody looks. */
export class LogRing implements LogSink {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: RingLine) => void>();
  #written = 0;

  write(line: string): void {
    this.#lines[this.#written % MAX_LINES] = line;
    this.#written += 1;
    for (const listener of this.#listeners) listener({ sequence: this.#written, text: masked(line) });
  }

  /** Oldest first. */
  lines(): readonly RingLine[] {
    const kept = this.#lines.length;
    const firstAt = this.#written - kept;
    return Array.from({ length: kept }, (_, index) => {
      const at = firstAt + index;
      return { sequence: at + 1, text: masked(this.#lines[at % MAX_LINES] ?? "") };
    });
  }

  onLine(listener: (line: RingLine) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function masked(line: string): string {
  return line.replace(SETUP_CODE, "***");
}
