import type { ClientConfig } from "pg";
import { ReefFault } from "#contract/errors.ts";
import type { DatabaseState } from "./ports.ts";

/** Where the database is. `EmbeddedServer` runs its own server; `ExternalServer` only knows an address. */
export interface DatabaseSource {
  readonly kind: DatabaseState["kind"];
  /** For messages: names the server, never a secret. */
  readonly label: string;
  /**
   * Does what is needed for the server to answer, and leaves alone one that already does. Called again after trouble.
   * @throws ReefFault database-away (worth another try); any other code needs a person
   */
  makeReady(signal: AbortSignal): Promise<void>;
  /** How to connect; valid once `makeReady` resolved. */
  connection(): ClientConfig;
  /** Stops what `makeReady` started. */
  stop(): Promise<void>;
}

/** Any PostgreSQL server by its address: somebody else starts, stops and keeps it. */
export class ExternalServer implements DatabaseSource {
  readonly kind = "external";
  readonly #url: string;

  /** @param url `postgres://user:password@host:port/database?sslmode=…` */
  constructor(url: string) {
    this.#url = url;
  }

  get label(): string {
    const host = URL.parse(this.#url)?.host ?? "";
    return host === "" ? "the PostgreSQL of DATABASE_URL" : `PostgreSQL at ${host}`;
  }

  /** @throws ReefFault bad-setting where the address is none */
  async makeReady(): Promise<void> {
    const { default: pg } = await import("pg");
    try {
      // A socket's address (…@/database?host=/run/…) is no URL by the standard, so pg's own parser has the last word.
      if (/^postgres(ql)?:\/\//.test(this.#url) && new pg.Client(this.connection()).host !== "") return;
    } catch {
      // The parser's words would repeat the address, and the password in it.
    }
    throw new ReefFault("bad-setting", "DATABASE_URL must look like postgres://user:password@host:5432/database");
  }

  connection(): ClientConfig {
    return { connectionString: this.#url };
  }

  async stop(): Promise<void> {}
}
