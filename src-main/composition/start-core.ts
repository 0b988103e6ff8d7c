import { pathToFileURL } from "node:url";
import { ReefFault } from "#contract/errors.ts";
import type { ApiServices } from "../api/context.ts";
import { SubscriptionCount } from "../api/subscription-count.ts";
import { driverCatalog } from "../hardware/registry.ts";
import { loadTokens } from "../identity/access-tokens.ts";
import { Journal } from "../journal/journal.ts";
import { LocalStore } from "../local-store/local-store.ts";
import { SafeMode } from "../outputs/safe-mode.ts";
import { prepareDataFolder } from "../platform/data-folder.ts";
import { Lifecycle } from "../platform/lifecycle.ts";
import { LogRing } from "../platform/log-ring.ts";
import type { Stoppable } from "../platform/ports.ts";
import { sleep } from "../platform/timing.ts";
import { ReadingsBus } from "../readings/readings-bus.ts";
import { ChannelSettings } from "../settings/channels.ts";
import { ConfigurationKeeper } from "../settings/configuration-keeper.ts";
import { DeviceSettings } from "../settings/devices.ts";
import { refuseUnfit } from "../settings/loop-fits.ts";
import { LoopSettings } from "../settings/loops.ts";
import { ModeSettings } from "../settings/modes.ts";
import { TankProfile } from "../settings/tank.ts";
import { Database } from "../storage/database.ts";
import { PgAlarmEvents } from "../storage/repositories/alarm-events.ts";
import { PgConfigurationRepository } from "../storage/repositories/configuration.ts";
import { PgHistoryReader } from "../storage/repositories/history.ts";
import { PgOutputHistoryReader } from "../storage/repositories/output-history.ts";
import { PgReadingStore } from "../storage/repositories/readings.ts";
import { WhatIf } from "../what-if/what-if.ts";
import { openAccounts } from "./accounts.ts";
import { alarmServices } from "./alarm-services.ts";
import { ClockSync } from "./clock-sync.ts";
import { databaseSource } from "./database-source.ts";
import { Doors } from "./doors.ts";
import { configureFirstStart, hardwareFor } from "./first-start.ts";
import { startHealth } from "./health-probes.ts";
import { Locks } from "./locks.ts";
import { OfferedChannels } from "./offered-channels.ts";
import type { Core, CoreParts } from "./ports.ts";
import { newNotifications, notificationServices, startNotifications } from "./start-notifications.ts";
import { startTank } from "./start-tank.ts";
import { SystemFacts } from "./system-facts.ts";
import { tlsFrom } from "./tls.ts";

/** An embedded server that was killed recovers in about a second. */
const DATABASE_PATIENCE_MS = 5_000;
const DATABASE_AFTER_MS = 25;

/**
 * Builds the core. The tank comes first, from what this machine knows by itself; then what needs Postgres; the doors
 * last. What was begun before a failure is stopped again.
 * @throws ReefFault already-running, bad-setting, store-*, database-newer, stopping
 */
export async function startCore(parts: CoreParts): Promise<Core> {
  const lifecycle = new Lifecycle(parts.log.named("lifecycle"));
  try {
    return await build(parts, lifecycle);
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

async function build(parts: CoreParts, lifecycle: Lifecycle): Promise<Core> {
  const { settings, files, clock, log, drivers, version } = parts;
  const own = <T extends Stoppable>(name: string, part: T): T => lifecycle.own(name, part);
  const step = <T>(work: Promise<T>): Promise<T> => untilStopped(work, parts.stopping);
  const logs = new LogRing();
  const unhear = log.addSink(logs);
  own("log ring", { stop: async () => unhear() });
  // While this waits for files, and for the thread that opens the store, the doors are loaded.
  const loading = Promise.all([import("../web/web-server.ts"), loadTokens()]);
  loading.catch(() => undefined);
  // So are those who mind the clock asked, which may take a program of theirs.
  const clockSync = own("clock sync", new ClockSync({ clock }));
  const clockAsked = clockSync.start();
  await step(prepareDataFolder(settings.dataDir));
  const locks = own("locks", new Locks(settings.dataDir, clock));
  await step(locks.takeData());
  const localStore = own(
    "local store",
    new LocalStore({
      dataDir: settings.dataDir,
      kind: settings.localStore,
      workerUrl: files.localStoreWorker,
      log: log.named("local store"),
      clock,
      keySeal: parts.keySeal ?? null,
    }),
  );
  await step(localStore.start());
  const [{ WebServer }] = await step(loading);
  const { controllerId } = localStore;

  const database = own(
    "database",
    new Database({
      source: databaseSource({ settings, secrets: localStore.secrets, clock, log }),
      clock,
      log: log.named("database"),
      migrationsFolder: pathToFileURL(`${files.migrationsDir}/`),
    }),
  );
  const readings = new ReadingsBus({ log: log.named("readings"), clock });
  const keeper = new ConfigurationKeeper({
    repository: new PgConfigurationRepository(database),
    snapshot: localStore.configuration,
    controllerId,
    log: log.named("settings"),
  });
  await step(keeper.start());
  const hardware = await step(hardwareFor(settings.hardware, keeper.current()));
  if (hardware === "pi") await step(locks.takeMachine());
  const journal = own(
    "journal",
    new Journal({
      readings,
      store: new PgReadingStore(database, controllerId),
      spool: localStore.spool,
      clock,
      log: log.named("journal"),
    }),
  );
  const accounts = await step(
    openAccounts({
      settings,
      database,
      controllerId,
      secrets: localStore.secrets,
      sessions: localStore.sessions,
      clock,
      log,
    }),
  );
  own("identity", accounts.identity);
  database.onReady(() => keeper.reconcile());

  const doors = own("doors", new Doors());
  // Stopped after the outputs are safe: a house hears of that, and nobody's equipment waits for a broker.
  const notifications = own("notifications", newNotifications(parts, localStore));
  const alarmEvents = new PgAlarmEvents(database, controllerId);
  await step(clockAsked);
  const offered = new OfferedChannels({ keeper, clock, log });
  const safeMode = own(
    "safe mode",
    new SafeMode({ store: localStore.startLog, clock, log: log.named("safe mode") }),
  );
  await step(safeMode.start());
  const tank = await step(
    startTank({
      parts,
      lifecycle,
      readings,
      outputState: localStore.outputState,
      outputEvents: journal,
      safeMode,
      controlMemory: localStore.control,
      alarmStore: localStore.alarms,
      alarmEvents,
      isClockSynchronized: () => clockSync.isSynchronized(),
      onContact: (deviceId, specs) => offered.take(deviceId, specs),
    }),
  );
  // After whoever acts on readings: an off precedes every record of what made it necessary.
  await step(journal.start());
  tank.apply(keeper.current());
  keeper.onChange((next) => tank.apply(next));
  safeMode.onChange(() => tank.apply(keeper.current()));

  database.onChange(({ isUp }) => {
    if (database.failure?.code === "database-newer") return parts.onFatal(database.failure);
    if (!isUp) return;
    journal.databaseIsBack();
    tank.alarms.databaseIsBack();
    offered.databaseIsBack();
    accounts.databaseIsBack();
  });
  // Where a configuration is known, the tank and the doors come before Postgres.
  if (keeper.isEmpty()) await step(database.start());
  if (keeper.isEmpty()) await step(database.ready());
  if (keeper.isEmpty()) await step(configureFirstStart({ keeper, hardware, drivers, clock, log }));
  await step(accounts.start());

  const catalog = driverCatalog(drivers);
  const health = startHealth({ parts, lifecycle, database, journal, localStore, tank, keeper, safeMode });
  const facts = new SystemFacts({
    version,
    controllerId,
    dataDir: settings.dataDir,
    hardware,
    database: () => database.state(),
    address: () => ({ url: doors.url, takenPort: parts.takenPort ?? null }),
    isSimulated: () => keeper.current().devices.some((d) => catalog.isSimulated(d.type)),
    clock,
  });
  const history = new PgHistoryReader(database, controllerId);
  const outputHistory = new PgOutputHistoryReader(database, controllerId);
  const whatIf = own(
    "what-if",
    new WhatIf({
      workerUrl: files.whatIfWorker,
      configuration: () => keeper.current(),
      refuseUnfit,
      history,
      outputHistory,
      clock,
    }),
  );
  const alarmsOfApi = await alarmServices({
    tank,
    keeper,
    stored: alarmEvents,
    health,
    safeMode,
    lifecycle,
    clock,
  });
  const services: ApiServices = {
    identity: accounts.identity,
    preferences: accounts.preferences,
    tank: new TankProfile(keeper),
    devices: new DeviceSettings({ keeper, catalog, runtime: tank.devices, clock }),
    channels: new ChannelSettings({ keeper, catalog, log: log.named("settings") }),
    loops: new LoopSettings({ keeper, runtime: tank.heldLoops, clock }),
    modes: new ModeSettings({ keeper, runtime: tank.modes, clock }),
    ...alarmsOfApi,
    ...notificationServices(notifications, { keeper, secrets: localStore.secrets, clock }),
    acquisition: {
      state: () => tank.acquisition.state(),
      start: async () => void (await keeper.change((c) => ({ ...c, isAcquisitionRunning: true }))),
      stop: async () => void (await keeper.change((c) => ({ ...c, isAcquisitionRunning: false }))),
    },
    outputs: tank.outputs,
    readings,
    history,
    outputHistory,
    whatIf,
    system: {
      health: () => health.health(),
      onHealthChange: (listener) => health.onHealthChange(listener),
      info: () => facts.info(),
      usage: () => facts.usage(),
      safeMode: () => safeMode.state(),
      endSafeMode: (by) => safeMode.end(by),
    },
    logs,
    subscriptions: new SubscriptionCount(),
    clock,
    log: log.named("api"),
  };
  const web = new WebServer({
    services,
    settings: {
      host: settings.http.host,
      port: settings.http.port,
      corsOrigins: settings.http.corsOrigins,
      tls: await step(tlsFrom(settings, clock.nowMs())),
      rendererDir: files.rendererDir,
      docsUiDir: files.docsUiDir,
      version,
    },
    metrics: { journal: () => journal.state() },
    clock,
    log: log.named("web"),
  });
  const url = await step(doors.open(web));
  locks.announce(url);
  const { alarms } = alarmsOfApi;
  startNotifications({ notifications, tank, alarms, readings, keeper, controllerId, version, health });
  // Whoever asked while this started is answered first: what speaks to Postgres takes a while to load.
  await sleep(clock, DATABASE_AFTER_MS, parts.stopping);
  await step(database.start());
  // The doors are open; ready means that history answers too, or that the database is away for longer than a start takes.
  await Promise.race([
    database.ready().catch(() => undefined),
    sleep(clock, DATABASE_PATIENCE_MS, parts.stopping),
  ]);
  const stop: Core["stop"] = (ending) => {
    if (ending === "crash") safeMode.crashed();
    return lifecycle.stop();
  };
  return { url, services, stop };
}

/** @throws ReefFault stopping, at once where the program is told to stop first: the outputs wait for no step of a start */
function untilStopped<T>(work: Promise<T>, stopping: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(new ReefFault("stopping", "The program was told to stop while it was starting."));
    const cleanUp = () => stopping.removeEventListener("abort", stop);
    work.then(resolve, reject).finally(cleanUp);
    if (stopping.aborted) stop();
    else stopping.addEventListener("abort", stop, { once: true });
  });
}
