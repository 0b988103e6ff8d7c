import pg from "pg";
import { ChannelId, ControllerId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { Database } from "#main/storage/database.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";

const SPAN_MS = 3_600_000;
const STEP_MS = 12_000;
const MIDDLE = 8.2;

/** Stores the last hour of these channels in a running core's database: 300 points of each, as pH has them. */
export async function storePast(config: pg.ClientConfig, channelIds: readonly string[]): Promise<void> {
  const database = new Database({
    source: {
      kind: "embedded",
      label: "the benchmark's PostgreSQL",
      makeReady: async () => undefined,
      connection: () => config,
      stop: async () => undefined,
    },
    clock: new RealClock(),
    log: SILENT_LOG,
  });
  await database.start();
  await database.ready();
  const store = new PgReadingStore(database, await controllerOf(config));
  const endMs = Date.now() - STEP_MS;
  for (const channelId of channelIds) {
    const readings: Reading[] = [];
    for (let atMs = endMs - SPAN_MS; atMs < endMs; atMs += STEP_MS) {
      const value = MIDDLE + 0.05 * Math.sin(atMs / 300_000) + 0.002 * ((atMs / STEP_MS) % 5);
      readings.push({
        channelId: ChannelId.parse(channelId),
        takenAtMs: Math.round(atMs),
        value,
        quality: "good",
        reason: null,
        raw: value,
        coversS: STEP_MS / 1_000,
      });
    }
    await store.append({ sequence: 0, readings, outputEvents: [] });
  }
  await database.stop();
}

async function controllerOf(config: pg.ClientConfig): Promise<ControllerId> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rows } = await client.query<{ uuid: string }>("select uuid from controller");
    return ControllerId.parse(rows[0]?.uuid);
  } finally {
    await client.end();
  }
}
