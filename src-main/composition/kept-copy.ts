import type { z } from "zod";
import type { SecretStore } from "../identity/ports.ts";
import type { Logger } from "../platform/ports.ts";

interface KeptCopyDeps<T> {
  readonly secrets: SecretStore;
  readonly log: Logger;
  /** Its name in the store. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
}

/** A copy of what Postgres keeps, encrypted in the local store: what is known while Postgres is away. */
export class KeptCopy<T> {
  readonly #deps: KeptCopyDeps<T>;

  constructor(deps: KeptCopyDeps<T>) {
    this.#deps = deps;
  }

  /** null: none kept, or not readable; Postgres is then waited for. */
  async load(): Promise<T | null> {
    const { secrets, log, name, schema } = this.#deps;
    const text = await secrets.get(name);
    if (text === null) return null;
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    log.warn({ name }, "a local copy cannot be read; waiting for the database's");
    return null;
  }

  save(value: T): void {
    const { secrets, log, name } = this.#deps;
    secrets.put(name, JSON.stringify(value)).catch((error: unknown) => {
      log.error({ error, name }, "a local copy could not be written");
    });
  }
}
