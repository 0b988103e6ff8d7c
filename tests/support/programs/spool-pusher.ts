import process from "node:process";
import { LocalStore } from "#main/local-store/local-store.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { channelIdOf, readingOf } from "../builders/reading.ts";

/** Pushes into the spool of the folder it is told until it is killed, and says each number that is durable. */
const [dataDir = ""] = process.argv.slice(2);
const workerUrl = new URL("../../../src-main/local-store/worker.ts", import.meta.url);
const store = new LocalStore({ dataDir, kind: "file", workerUrl, clock: new RealClock(), log: SILENT_LOG });
await store.start();
for (let sequence = (await store.spool.lastSequence()) + 1; ; sequence++) {
  const readings = Array.from({ length: 50 }, (_, i) =>
    readingOf({ channelId: channelIdOf(i), takenAtMs: sequence * 1_000 + i, value: Math.sin(sequence + i) }),
  );
  await store.spool.push({ sequence, readings, outputEvents: [] });
  process.stdout.write(`${sequence}\n`);
}
