import type { Logger } from "#main/platform/ports.ts";

/** Remembers what was said: `level message`, and the fields beside it. */
export class RecordingLog implements Logger {
  readonly lines: {
    readonly level: string;
    readonly message: string;
    readonly fields: Readonly<Record<string, unknown>>;
  }[] = [];

  get messages(): readonly string[] {
    return this.lines.map(({ level, message }) => `${level} ${message}`);
  }

  debug(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.lines.push({ level: "debug", message, fields });
  }
  info(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.lines.push({ level: "info", message, fields });
  }
  warn(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.lines.push({ level: "warn", message, fields });
  }
  error(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.lines.push({ level: "error", message, fields });
  }
}
