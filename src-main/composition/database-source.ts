import type { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import type { Settings } from "../settings/environment.ts";
import { EmbeddedServer } from "../storage/embedded/embedded-server.ts";
import type { SecretStore } from "../storage/ports.ts";
import { type DatabaseSource, ExternalServer } from "../storage/source.ts";

interface DatabaseSourceDeps {
  readonly settings: Settings;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: JsonLogger;
}

/** The server DATABASE_URL names, else our own inside the data folder. */
export function databaseSource({ settings, secrets, clock, log }: DatabaseSourceDeps): DatabaseSource {
  if (settings.databaseUrl !== null) return new ExternalServer(settings.databaseUrl);
  return new EmbeddedServer({ dataDir: settings.dataDir, secrets, clock, log: log.named("postgres") });
}
