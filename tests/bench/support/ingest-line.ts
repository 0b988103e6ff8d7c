import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import { AlarmId, DeviceId } from "#contract/ids.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";
import { firstTankSettings } from "#contract/settings.ts";
import { defaultAlarms } from "#domain/alarms/default-alarms.ts";
import { Intakes } from "#main/acquisition/intakes.ts";
import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { Journal } from "#main/journal/journal.ts";
import type { BatchStore } from "#main/journal/ports.ts";
import { LocalStore } from "#main/local-store/local-store.ts";
import { RealClock } from "#main/platform/clock.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { Database } from "#main/storage/database.ts";
import { PgConfigurationRepository } from "#main/storage/repositories/configuration.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { pause } from "./bench.ts";
import type { BenchPostgres } from "./postgres-server.ts";

const STORE_WORKER = new URL("../../../src-main/local-store/worker.ts", import.meta.url);
/** So much waits for the store at most; a poller never gets near it. */
const MAX_PENDING_ROWS = 20_000;
const SECOND_MS = 1_000;
/** Water that stays within every limit, with a thermometer's noise. */
const WATER_C = 25.5;
const STEP_C = 0.0625;

/**
 * Everything a reading goes through from its driver's answer to the acknowledged commit, flat out: validation,
 * two-point calibration, the readings bus, the alarm engine with a temperature's default alarms, the journal, Postgres
 * with its rollups. Readings of one channel are a second apart, as they are stored.
 */
export class IngestLine {
  readonly #close: () => Promise<void>;
  readonly #journal: Journal;
  readonly #intakes: Intakes;
  readonly #channels: readonly ChannelConfig[];
  readonly #acknowledged: { rows: number };
  #second = 0;

  private constructor(parts: LineParts) {
    this.#close = parts.close;
    this.#journal = parts.journal;
    this.#intakes = parts.intakes;
    this.#channels = parts.channels;
    this.#acknowledged = parts.acknowledged;
  }

  static async open(postgres: BenchPostgres, sensors: number): Promise<IngestLine> {
    const clock = new RealClock();
    const log = SILENT_LOG;
    const dataDir = await mkdtemp(join(tmpdir(), "reef-bench-ingest-"));
    const localStore = new LocalStore({ dataDir, kind: "file", workerUrl: STORE_WORKER, clock, log });
    await localStore.start();
    const source = {
      kind: "embedded" as const,
      label: "the benchmark's PostgreSQL",
      makeReady: async () => undefined,
      connection: () => postgres.config,
      stop: async () => undefined,
    };
    const database = new Database({ source, clock, log });
    await database.start();
    await database.ready();
    const deviceId = DeviceId.parse(newId(clock.nowMs()));
    const channels = Array.from({ length: sensors }, (_, i) => calibrated(deviceId, `probe-${i}`));
    await new PgConfigurationRepository(database).save(localStore.controllerId, {
      revision: 1,
      devices: [{ id: deviceId, type: "replay", name: "Probes", params: {}, isEnabled: true }],
      channels,
      loops: [],
      modes: [],
      alarms: null,
      notifications: NO_NOTIFICATIONS,
      isAcquisitionRunning: true,
      tank: firstTankSettings(),
      hardware: "none",
    });
    const readings = new ReadingsBus({ log, clock });
    const alarms = new AlarmEngine({ readings, clock });
    alarms.start();
    alarms.configure(channels.flatMap(alarmsOf));
    const acknowledged = { rows: 0 };
    const store = counting(new PgReadingStore(database, localStore.controllerId), acknowledged);
    const journal = new Journal({ readings, store, spool: localStore.spool, clock, log });
    await journal.start();
    const intakes = new Intakes({ readings, clock, log, peerOf: () => null });
    const close = async () => {
      intakes.stop();
      await journal.stop();
      await alarms.stop();
      await database.stop();
      await localStore.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    return new IngestLine({ close, journal, intakes, channels, acknowledged });
  }

  /** Runs flat out. @returns readings a second whose commit Postgres acknowledged meanwhile */
  async rowsPerSecond(forMs: number): Promise<number> {
    const intakes = this.#channels.map((channel) => this.#intakes.watch(channel));
    const from = { ms: performance.now(), rows: this.#acknowledged.rows };
    while (performance.now() - from.ms < forMs) {
      this.#second++;
      const at = { monotonicMs: this.#second * SECOND_MS, wallMs: START_MS + this.#second * SECOND_MS };
      for (const [i, intake] of intakes.entries()) {
        this.#intakes.take(intake, { value: WATER_C + (((this.#second + i) % 3) - 1) * STEP_C }, at);
      }
      await turn();
      while (this.#journal.state().pendingRows > MAX_PENDING_ROWS) await pause(1);
    }
    const rate = (this.#acknowledged.rows - from.rows) / ((performance.now() - from.ms) / 1_000);
    await this.#journal.flush();
    return rate;
  }

  close(): Promise<void> {
    return this.#close();
  }
}

interface LineParts {
  readonly close: () => Promise<void>;
  readonly journal: Journal;
  readonly intakes: Intakes;
  readonly channels: readonly ChannelConfig[];
  readonly acknowledged: { rows: number };
}

const START_MS = Date.UTC(2026, 0, 1);

function calibrated(deviceId: DeviceId, key: string): ChannelConfig {
  const points = [
    { raw: 0, actual: 0.1 },
    { raw: 50, actual: 50.05 },
  ];
  return channelConfig({ deviceId, key, calibration: { points } });
}

function alarmsOf(channel: ChannelConfig): AlarmDefinition[] {
  return defaultAlarms(channel.quantity).map((template) => ({
    ...template,
    id: AlarmId.parse(newId(START_MS)),
    channelId: channel.id,
    name: `${channel.key} ${template.kind}`,
  }));
}

function counting(store: BatchStore, acknowledged: { rows: number }): BatchStore {
  return {
    append: async (batch) => {
      await store.append(batch);
      acknowledged.rows += batch.readings.length;
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
