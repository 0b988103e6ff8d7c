import { ReefFault } from "#contract/errors.ts";
import type { Core } from "../composition/ports.ts";
import { programFiles } from "../composition/program-files.ts";
import { startCore } from "../composition/start-core.ts";
import { VERSION } from "../composition/version.ts";
import { DRIVERS } from "../hardware/registry.ts";
import type { KeySeal } from "../local-store/key-seal.ts";
import type { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import { sleep } from "../platform/timing.ts";
import type { Settings } from "../settings/environment.ts";
import { isPortFree } from "./free-port.ts";

/** A headless core that is just starting says its address a moment after it took the lock. */
const OWNER_TRIES = 20;
const OWNER_RETRY_MS = 500;

interface CoreHostParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: JsonLogger;
  readonly keySeal: KeySeal | null;
  readonly stopping: AbortSignal;
  onFatal(fault: ReefFault): void;
}

/** How starting the core came out. */
export type CoreStart =
  | { readonly kind: "running"; readonly core: Core }
  /** Another program of this machine owns the tank, and answers at `url`. */
  | { readonly kind: "elsewhere"; readonly url: string };

/**
 * Starts the core in this process, or finds the one that runs already.
 * @throws ReefFault as startCore does, where the tank is nobody's
 */
export async function startOwnCore(parts: CoreHostParts): Promise<CoreStart> {
  const { settings, log } = parts;
  const { host, port } = settings.http;
  if (port === 0 || (await isPortFree(host, port))) return startOrFind(parts, null);
  log.error(
    { port },
    `Port ${port} on ${host} is in use by another program; browsers find this controller at another port until that one is free or REEF_HTTP_PORT names a different one.`,
  );
  return startOrFind({ ...parts, settings: { ...settings, http: { ...settings.http, port: 0 } } }, port);
}

async function startOrFind(parts: CoreHostParts, takenPort: number | null): Promise<CoreStart> {
  const { clock, stopping } = parts;
  for (let triesLeft = OWNER_TRIES; ; triesLeft--) {
    const found = await startOnce(parts, takenPort).catch((error: unknown) => ownerIn(error));
    if (found.kind === "running" || found.url !== "") return found;
    if (triesLeft === 0) throw found.fault;
    await sleep(clock, OWNER_RETRY_MS, stopping);
    if (stopping.aborted) throw new ReefFault("stopping", found.fault.message, { cause: found.fault });
  }
}

async function startOnce(parts: CoreHostParts, takenPort: number | null) {
  return { kind: "running", core: await start(parts, takenPort) } as const;
}

/** Who owns the tank; its URL is empty while it has not said so. @throws the error where it says something else */
function ownerIn(error: unknown) {
  if (!(error instanceof ReefFault) || error.code !== "already-running") throw error;
  return { kind: "elsewhere", url: String(error.context["url"] ?? ""), fault: error } as const;
}

function start(parts: CoreHostParts, takenPort: number | null): Promise<Core> {
  const { settings, clock, log, keySeal, stopping, onFatal } = parts;
  return startCore({
    settings,
    files: programFiles(import.meta.url),
    drivers: DRIVERS,
    version: VERSION,
    clock,
    log,
    keySeal,
    takenPort,
    stopping,
    onFatal,
  });
}
