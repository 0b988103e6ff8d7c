import { expect, test } from "vitest";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { emptyFolder, storeIn } from "#tests/local-stores.ts";

const UNWELL = new URL("../../support/programs/unwell-store-worker.ts", import.meta.url);
const START_MS = 1_700_000_000_000;

async function unwellStore() {
  const clock = new VirtualClock(START_MS);
  const log = new RecordingLog();
  const store = storeIn(await emptyFolder(), { workerUrl: UNWELL, clock, log });
  return { store, clock, log };
}

test("a store that refuses is not ok from then on, and ok again by itself when it takes writes", async () => {
  const { store, clock, log } = await unwellStore();
  await store.start();
  expect(store.state()).toEqual({
    kind: "file",
    isOk: true,
    detail: "The local store is open.",
    sinceMs: START_MS,
  });
  await clock.advance(1_000);
  for (let i = 0; i < 3; i++)
    await expect(store.secrets.put("fill", "")).rejects.toMatchObject({ code: "store-full" });
  const full = { kind: "file", isOk: false, detail: "The disk is full.", sinceMs: START_MS + 1_000 };
  expect(store.state()).toEqual(full);
  await clock.advance(2_000);
  await expect(store.secrets.put("x", "")).rejects.toMatchObject({ code: "store-full" });
  expect(store.state()).toEqual(full);
  await store.secrets.put("empty", "");
  expect(store.state()).toEqual(full);
  await clock.advance(2_000);
  await store.secrets.get("a round trip after the probe's");
  expect(store.state()).toMatchObject({ isOk: true, sinceMs: START_MS + 5_000 });
  expect(log.messages).toEqual([
    "error the local store does not take what it should; control goes on without it",
    "info the local store takes writes again",
  ]);
  await stopHanging(store.stop(), clock);
});

test("a store whose thread dies refuses what waits and what comes, and says so", async () => {
  const { store } = await unwellStore();
  await store.start();
  const batch = { sequence: 1, readings: [readingOf()], outputEvents: [] };
  await expect(store.spool.push(batch)).rejects.toMatchObject({ code: "store-unavailable" });
  await expect(store.secrets.get("x")).rejects.toMatchObject({ message: expect.stringMatching(/thread failed/) });
  expect(store.state()).toMatchObject({ isOk: false, detail: expect.stringMatching(/thread failed .*restart/) });
});

test("a store that does not close is left after 2 s", async () => {
  const { store, clock, log } = await unwellStore();
  await store.start();
  await stopHanging(store.stop(), clock);
  expect(log.messages).toEqual(["warn the local store did not close by itself; what it acknowledged is safe"]);
});

async function stopHanging(stopped: Promise<void>, clock: VirtualClock): Promise<void> {
  await clock.advance(2_000);
  await stopped;
}

test("a store that hangs is not ok within 10 s though nobody asks it anything, and whoever asks is told after 10 s", async () => {
  const { store, clock, log } = await unwellStore();
  await store.start();
  await store.secrets.put("hang", "");
  await clock.advance(10_000);
  expect(store.state()).toMatchObject({ isOk: false, detail: expect.stringMatching(/did not answer/) });
  const asked = store.secrets.get("x").catch((error: unknown) => error);
  await clock.advance(10_000);
  expect(await asked).toMatchObject({ code: "store-unavailable", message: expect.stringMatching(/restart/) });
  expect(log.messages).toEqual(["error the local store does not take what it should; control goes on without it"]);
  await stopHanging(store.stop(), clock);
});

test("a store whose thread dies is not ok though nobody asks it anything", async () => {
  const { store } = await unwellStore();
  await store.start();
  await store.secrets.put("die", "");
  await expect
    .poll(() => store.state())
    .toMatchObject({ isOk: false, detail: expect.stringMatching(/thread failed/) });
});
