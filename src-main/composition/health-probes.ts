import type { Output } from "#contract/outputs.ts";
import { withStop } from "#domain/outputs/words.ts";
import type { Journal } from "../journal/journal.ts";
import type { LocalStore } from "../local-store/local-store.ts";
import type { SafeMode } from "../outputs/safe-mode.ts";
import type { Lifecycle } from "../platform/lifecycle.ts";
import type { ConfigurationKeeper } from "../settings/configuration-keeper.ts";
import type { Database } from "../storage/database.ts";
import { ClockWatch } from "./clock-watch.ts";
import { DEGRADED, DiskProbe, FAILING, type Finding, HealthMonitor, OK } from "./health.ts";
import type { CoreParts } from "./ports.ts";
import type { Tank } from "./start-tank.ts";

interface HealthParts {
  readonly parts: CoreParts;
  readonly lifecycle: Lifecycle;
  readonly database: Database;
  readonly journal: Journal;
  readonly localStore: LocalStore;
  readonly tank: Tank;
  readonly keeper: ConfigurationKeeper;
  readonly safeMode: SafeMode;
}

/** What /health asks, and of whom. */
export function startHealth({
  parts,
  lifecycle,
  database,
  journal,
  localStore,
  tank,
  keeper,
  safeMode,
}: HealthParts): HealthMonitor {
  const { clock, log, settings, version } = parts;
  const disk = lifecycle.own("disk probe", new DiskProbe(settings.dataDir, clock));
  const clockWatch = lifecycle.own("clock watch", new ClockWatch(clock, log.named("clock")));
  disk.start();
  clockWatch.start();
  const health = lifecycle.own(
    "health",
    new HealthMonitor({
      probes: {
        database: () => databaseFinding(database, journal),
        acquisition: () => acquisitionFinding(tank, keeper),
        outputs: () => joined(safeModeFinding(safeMode), outputsFinding(tank, keeper)),
        clock: () => clockWatch.finding(),
        disk: () => disk.finding(),
        localStore: () => localStoreFinding(localStore),
      },
      version,
      clock,
      log: log.named("health"),
    }),
  );
  health.start();
  return health;
}

function databaseFinding(database: Database, journal: Journal): Finding {
  const { isUp, detail } = database.state();
  const { spooledBatches, lostRows, lastError } = journal.state();
  if (lostRows > 0) {
    return FAILING(`${lostRows} readings could be stored nowhere and are lost; check the database and the disk.`);
  }
  if (!isUp) {
    const consequence = "Control goes on, and history waits in the local store.";
    return DEGRADED(`The database is away: ${sentenceFrom(detail)} ${consequence}`);
  }
  if (spooledBatches === 0 && lastError !== null)
    return DEGRADED(`The database does not take history, which waits in memory: ${sentenceFrom(lastError)}`);
  if (spooledBatches === 0) return OK(sentenceFrom(detail));
  const waiting = `${spooledBatches} batches from its absence are being stored.`;
  if (lastError === null) return OK(`${sentenceFrom(detail)} ${waiting}`);
  return DEGRADED(`The database does not take ${spooledBatches} batches that wait: ${sentenceFrom(lastError)}`);
}

function sentenceFrom(words: string): string {
  return withStop(words.charAt(0).toUpperCase() + words.slice(1));
}

function acquisitionFinding({ acquisition, devices }: Tank, keeper: ConfigurationKeeper): Finding {
  const { isRunning } = acquisition.state();
  const configuration = keeper.current();
  const enabled = configuration.devices.filter((d) => d.isEnabled);
  if (!isRunning)
    return DEGRADED("Polling is stopped by an operator: no reading is taken, and outputs that need one are off.");
  if (enabled.length === 0) return OK("No device is set up.");
  const offline = enabled.filter((d) => devices.status(d.id).state === "offline");
  if (offline.length === 0) return OK(`${enabled.length} of ${enabled.length} devices answer.`);
  const names = offline.map((d) => d.name).join(", ");
  if (offline.length === enabled.length) return FAILING(`No device answers: ${names}.`);
  return DEGRADED(`${offline.length} of ${enabled.length} devices do not answer: ${names}.`);
}

/** What safe mode says, and then what is wrong besides. */
function joined(safe: Finding | null, other: Finding): Finding {
  if (safe === null) return other;
  return other.status === "ok" ? safe : { ...other, detail: `${safe.detail} ${other.detail}` };
}

function safeModeFinding(safeMode: SafeMode): Finding | null {
  const { isActive, text } = safeMode.state();
  return isActive ? DEGRADED(text) : null;
}

function outputsFinding({ outputs: arbiter, devices }: Tank, keeper: ConfigurationKeeper): Finding {
  const outputs = arbiter.list();
  if (arbiter.emergencyStop().isActive)
    return DEGRADED("Emergency stop is engaged: every output is in its emergency state until it is released.");
  const faulty = outputs.filter((o) => o.faults.length > 0);
  if (faulty.length > 0) return DEGRADED(`Faults stand on ${namesOf(faulty)}.`);
  const unsure = outputs.filter((o) => o.confirmation === "failed");
  if (unsure.length > 0) return DEGRADED(`Not confirmed by their device: ${namesOf(unsure)}.`);
  const { channels } = keeper.current();
  const deviceOf = new Map(channels.map((c) => [c.id, c.deviceId]));
  const unknown = outputs.filter(({ channelId }) => {
    const deviceId = deviceOf.get(channelId);
    return deviceId !== undefined && devices.status(deviceId).state === "offline";
  });
  if (unknown.length > 0)
    return DEGRADED(`Their device does not answer, so their state is unknown: ${namesOf(unknown)}.`);
  return OK(outputs.length === 0 ? "No output is set up." : `${outputs.length} outputs are under control.`);
}

function namesOf(outputs: readonly Output[]): string {
  return outputs.map((output) => output.name).join(", ");
}

function localStoreFinding(localStore: LocalStore): Finding {
  const { isOk, kind, detail } = localStore.state();
  return isOk && kind === "file" ? OK(detail) : DEGRADED(detail);
}
