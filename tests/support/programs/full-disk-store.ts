import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { ReefFault } from "#contract/errors.ts";
import { LocalStore } from "#main/local-store/local-store.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { channelIdOf, readingOf } from "../builders/reading.ts";

/** What a store does on a small disk of its own that fills up and empties again: tells as one line of JSON. */
const [dataDir = ""] = process.argv.slice(2);
const workerUrl = new URL("../../../src-main/local-store/worker.ts", import.meta.url);
const filler = join(dataDir, "filler");
const clock = new RealClock();
let hasReturned = () => {};
const returned = new Promise<void>((resolve) => {
  hasReturned = resolve;
});
const log = { ...SILENT_LOG, info: () => hasReturned() };
const make = () => new LocalStore({ dataDir, kind: "file", workerUrl, clock, log });
const codeOf = (error: unknown) => (error instanceof ReefFault ? error.code : String(error));
const outcomeOf = (work: Promise<unknown>) => work.then(() => "ok", codeOf);
const batchOf = (sequence: number) => ({
  sequence,
  readings: Array.from({ length: 500 }, (_, i) =>
    readingOf({ channelId: channelIdOf(i), takenAtMs: sequence * 1_000 + i, value: Math.sin(sequence * i) }),
  ),
  outputEvents: [],
});

async function fillDisk(): Promise<void> {
  for (;;) {
    const { bavail, bsize } = await statfs(dataDir);
    if (bavail === 0) return;
    await writeFile(filler, Buffer.alloc(bavail * bsize), { flag: "a" }).catch(() => {});
  }
}

await fillDisk();
const firstStart = await outcomeOf(make().start());
await rm(filler);

const store = make();
await store.start();
await store.secrets.put("name", "before");
const pushed = 4;
for (let sequence = 1; sequence <= pushed; sequence++) await store.spool.push(batchOf(sequence));
await fillDisk();
const push = await outcomeOf(store.spool.push(batchOf(pushed + 1)));
const secret = await outcomeOf(store.secrets.put("name", "during"));
const whileFull = store.state();
const kept = (await store.spool.peek(1_000)).length > 0 && (await store.spool.size()) === pushed;
await rm(filler, { force: true });
await returned;
const after = { isOk: store.state().isOk, push: await outcomeOf(store.spool.push(batchOf(pushed + 1))) };
const value = await store.secrets.get("name");
await fillDisk();
await store.stop();

const again = make();
const startOnFull = await outcomeOf(again.start());
const valueOnFull = startOnFull === "ok" ? await again.secrets.get("name") : null;
await again.stop();
process.stdout.write(
  `${JSON.stringify({ firstStart, push, secret, whileFull, kept, after, value, startOnFull, valueOnFull })}\n`,
);
