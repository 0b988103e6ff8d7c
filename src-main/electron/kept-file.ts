import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { z } from "zod";
import { messageOf } from "#contract/errors.ts";
import type { Logger } from "../platform/ports.ts";

/** What the desktop app remembers of itself, one small JSON file each. What cannot be read counts as never kept. */
export class KeptFile<Schema extends z.ZodType> {
  readonly #path: string;
  readonly #schema: Schema;
  readonly #log: Logger;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(path: string, schema: Schema, log: Logger) {
    this.#path = path;
    this.#schema = schema;
    this.#log = log;
  }

  async load(): Promise<z.infer<Schema> | null> {
    try {
      return this.#schema.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        this.#log.warn({ path: this.#path, reason: messageOf(error) }, "a file of the desktop app is unreadable");
      return null;
    }
  }

  /** One write after the other, whole or not at all; a failure is logged, since nothing depends on it. */
  save(value: z.infer<Schema>): Promise<void> {
    this.#lastWrite = this.#lastWrite
      .then(() => this.#write(JSON.stringify(value)))
      .catch((error: unknown) =>
        this.#log.warn({ error, path: this.#path }, "a file of the desktop app was not kept"),
      );
    return this.#lastWrite;
  }

  async #write(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(`${this.#path}.new`, text, { mode: 0o600 });
    await rename(`${this.#path}.new`, this.#path);
  }
}
