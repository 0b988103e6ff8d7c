import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { messageOf } from "#contract/errors.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { EmbeddedServer } from "#main/storage/embedded/embedded-server.ts";
import { Skipped } from "./bench.ts";

/** A PostgreSQL of the benchmark's own, as the program embeds it: same binaries, same settings. */
export interface BenchPostgres {
  readonly config: pg.ClientConfig;
  /** For DATABASE_URL. */
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** @throws Skipped where this machine has no PostgreSQL to embed */
export async function startPostgres(): Promise<BenchPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "reef-bench-pg-"));
  const secrets = new Map<string, string>();
  const server = new EmbeddedServer({
    dataDir,
    secrets: {
      get: async (name) => secrets.get(name) ?? null,
      put: async (name, value) => void secrets.set(name, value),
    },
    clock: new RealClock(),
    log: SILENT_LOG,
  });
  try {
    await server.makeReady(new AbortController().signal);
  } catch (error) {
    throw new Skipped(`no PostgreSQL: ${messageOf(error)}`);
  }
  const config = server.connection();
  const where = `host=${encodeURIComponent(String(config.host))}&port=${config.port}`;
  return {
    config,
    url: `postgresql://${config.user}:${config.password}@localhost/${config.database}?${where}`,
    dataDir,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
