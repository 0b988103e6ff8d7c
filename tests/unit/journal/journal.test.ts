import { expect, test } from "vitest";
import type { Reading } from "#contract/readings.ts";
import { Journal } from "#main/journal/journal.ts";
import type { OutputEvent } from "#main/outputs/ports.ts";
import { every } from "#main/platform/timing.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { FakeBatchStore } from "#tests/fakes/fake-batch-store.ts";
import { FakeSpool } from "#tests/fakes/fake-spool.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const START_MS = 1_700_000_000_000;

interface World {
  readonly clock: VirtualClock;
  readonly store: FakeBatchStore;
  readonly spool: FakeSpool;
}

async function started(world: Partial<World> = {}) {
  const { clock = new VirtualClock(START_MS), store = new FakeBatchStore(), spool = new FakeSpool() } = world;
  const log = new RecordingLog();
  const readings = new ReadingsBus({ log, clock });
  const journal = new Journal({ readings, store, spool, clock, log });
  await journal.start();
  return { clock, store, spool, log, readings, journal, published: publisher(readings) };
}

/** Publishes rows that are all different, and remembers them. */
function publisher(readings: ReadingsBus) {
  const all: Reading[] = [];
  return {
    all,
    publish(count = 1): void {
      for (let i = 0; i < count; i++) {
        const reading = readingOf({ channelId: channelIdOf(all.length % 50), takenAtMs: START_MS + all.length });
        all.push(reading);
        readings.publish(reading);
      }
    },
  };
}

function eventAt(atMs: number): OutputEvent {
  return {
    channelId: channelIdOf(9),
    atMs,
    kind: "commanded",
    levelPct: 100,
    owner: "loop",
    reasonCode: "heating",
    reasonText: "The tank is below its setpoint.",
    by: null,
  };
}

test("what is heard in a second is one batch, readings and output events in their order", async () => {
  const { clock, store, journal, published } = await started();
  published.publish(50);
  journal.append(eventAt(1));
  journal.append(eventAt(2));
  await clock.advance(1_000);
  published.publish(50);
  await clock.advance(1_000);
  expect(store.batchRows).toEqual([52, 50]);
  expect(store.readings).toEqual(published.all);
  expect(store.outputEvents.map((event) => event.atMs)).toEqual([1, 2]);
  expect(journal.state()).toEqual({
    isDraining: false,
    pendingRows: 0,
    spooledBatches: 0,
    lastCommitAtMs: START_MS + 2_000,
    lastError: null,
    lostRows: 0,
  });
});

test("a second in which nothing happened writes nothing", async () => {
  const { clock, store } = await started();
  await clock.advance(60_000);
  expect(store.batchRows).toEqual([]);
});

test("a flat-out source is written in batches of 5,000 without waiting for the second to end", async () => {
  const { clock, store, published, journal } = await started();
  published.publish(12_000);
  await clock.advance(0);
  expect(store.batchRows).toEqual([5_000, 5_000]);
  expect(journal.state().pendingRows).toBe(2_000);
  await clock.advance(1_000);
  expect(store.readings).toEqual(published.all);
});

test("ten minutes without Postgres at 50 readings a second lose nothing, and drain in order by themselves", async () => {
  const { clock, store, spool, log, published, journal } = await started();
  every(clock, 20, () => published.publish());
  await clock.advance(5_000);
  store.mode = "away";
  await clock.advance(600_000);
  expect(journal.state()).toMatchObject({ isDraining: true, pendingRows: 1, lostRows: 0 });
  expect(spool.pushes).toBe(600);
  expect(journal.state().spooledBatches).toBe(600);
  store.mode = "up";
  await clock.advance(6_000);
  expect(journal.state()).toMatchObject({ isDraining: false, spooledBatches: 0, lastError: null, lostRows: 0 });
  await journal.flush();
  expect(store.readings).toEqual(published.all);
  expect(log.messages).toEqual([
    "warn the database does not take history; it waits in the spool",
    "info the database takes history again, and the spool is drained",
  ]);
});

test("a database that says it is back is drained into at once", async () => {
  const { clock, store, published, journal } = await started();
  store.mode = "away";
  published.publish(10);
  await clock.advance(60_000);
  store.mode = "up";
  journal.databaseIsBack();
  await clock.advance(0);
  expect(store.readings).toEqual(published.all);
  expect(journal.state().isDraining).toBe(false);
});

test("a database that hangs is given up after 3 s, and each second's rows are in the spool from then on", async () => {
  const { clock, store, spool, published } = await started();
  store.mode = "hanging";
  every(clock, 100, () => published.publish());
  await clock.advance(4_000);
  expect(spool.batches.flatMap((batch) => batch.readings)).toHaveLength(39);
  await clock.advance(60_000);
  expect(spool.batches.flatMap((batch) => batch.readings)).toHaveLength(639);
  store.mode = "up";
  await clock.advance(60_000);
  expect(store.readings).toEqual(published.all.slice(0, store.readings.length));
  expect(store.readings.length).toBeGreaterThan(1_200);
});

test("a batch whose answer was lost is stored again with nothing twice", async () => {
  const { clock, store, published, journal } = await started();
  store.mode = "unheard";
  published.publish(7);
  await clock.advance(4_100);
  store.mode = "up";
  published.publish(3);
  await clock.advance(10_000);
  expect(store.batchRows).toEqual([7, 7, 3]);
  expect(store.readings).toEqual(published.all);
  expect(journal.state().isDraining).toBe(false);
});

test("what the last run left in the spool goes first, also when that run died between storing and forgetting", async () => {
  const first = await started();
  first.store.mode = "away";
  first.published.publish(5);
  await first.clock.advance(1_000);
  first.store.mode = "up";
  first.spool.dropThrough = () => new Promise<void>(() => {});
  await first.clock.advance(500);
  expect(first.store.readings).toHaveLength(5);
  expect(first.spool.batches).toHaveLength(1);

  Reflect.deleteProperty(first.spool, "dropThrough");
  const { store, spool } = first;
  const second = await started({ store, spool });
  const late = readingOf({ channelId: channelIdOf(77), takenAtMs: START_MS + 99 });
  second.readings.publish(late);
  await second.clock.advance(2_000);
  expect(store.readings).toEqual([...first.published.all, late]);
  expect(spool.batches).toEqual([]);
});

test("batch numbers grow over restarts, also when the clock wakes up in the past", async () => {
  const store = new FakeBatchStore();
  const spool = new FakeSpool();
  for (const startMs of [START_MS, 0, START_MS - 1_000]) {
    const { clock, published, journal } = await started({ clock: new VirtualClock(startMs), store, spool });
    published.publish(2);
    await clock.advance(1_000);
    published.publish(2);
    await clock.advance(1_000);
    await journal.stop();
  }
  expect(store.sequences).toHaveLength(6);
  expect(store.sequences).toEqual([...new Set(store.sequences)].toSorted((a, b) => a - b));
});

test("batch numbers keep growing beyond what was reserved at once", async () => {
  const { clock, store, published } = await started();
  for (let i = 0; i < 1_100; i++) {
    published.publish();
    await clock.advance(1_000);
  }
  expect(store.sequences).toEqual(store.sequences.map((_, i) => START_MS + 1 + i));
});

test("flush resolves when everything handed over so far is durable, in the spool too", async () => {
  const { clock, store, spool, published, journal } = await started();
  await journal.flush();
  published.publish(3);
  await journal.flush();
  expect(store.readings).toHaveLength(3);
  store.mode = "away";
  published.publish(4);
  await journal.flush();
  expect(spool.batches.flatMap((batch) => batch.readings)).toHaveLength(4);
  await clock.advance(0);
});

test("stopping writes what is left", async () => {
  const { store, published, journal } = await started();
  published.publish(6);
  await journal.stop();
  expect(store.readings).toEqual(published.all);
  published.publish(1);
  expect(journal.state().pendingRows).toBe(0);
});

test("stopping under a hanging database puts what is left into the spool within 2 s", async () => {
  const { clock, store, spool, published, journal } = await started();
  store.mode = "hanging";
  published.publish(6);
  const stopped = journal.stop();
  await clock.advance(2_000);
  await stopped;
  expect(spool.batches.flatMap((batch) => batch.readings)).toEqual(published.all);
  expect(journal.state().lostRows).toBe(0);
});

test("stopping while nothing takes it says how much was lost, and ends all the same", async () => {
  const { clock, store, spool, log, published, journal } = await started();
  store.mode = "hanging";
  spool.isHanging = true;
  published.publish(6);
  const stopped = journal.stop();
  await clock.advance(2_000);
  await stopped;
  expect(journal.state().lostRows).toBe(6);
  const errors = log.lines.filter(({ level }) => level === "error");
  expect(errors).toMatchObject([{ fields: { rows: 6 } }]);
});

test("while neither takes it rows wait in memory, and go in order as soon as one does", async () => {
  const { clock, store, spool, log, published, journal } = await started();
  store.mode = "away";
  spool.fault = "store-full";
  for (let i = 0; i < 30; i++) {
    published.publish(50);
    await clock.advance(1_000);
  }
  expect(journal.state()).toMatchObject({ pendingRows: 1_500, lastError: "The spool does not work", lostRows: 0 });
  expect(log.messages).toContain("error history waits in memory: the spool does not take it");
  store.mode = "up";
  await clock.advance(6_000);
  expect(store.readings).toEqual(published.all);
  expect(journal.state()).toMatchObject({ pendingRows: 0, isDraining: false, lastError: null });
});

test("beyond 200,000 rows in memory rows are counted as lost, said once, and the oldest are kept", async () => {
  const { clock, store, spool, log, published, journal } = await started();
  store.mode = "away";
  spool.fault = "store-full";
  published.publish(200_500);
  journal.append(eventAt(1));
  expect(journal.state()).toMatchObject({ pendingRows: 200_000, lostRows: 501 });
  store.mode = "up";
  await clock.advance(10_000);
  expect(store.readings).toEqual(published.all.slice(0, 200_000));
  expect(log.messages.filter((message) => message.includes("being lost"))).toHaveLength(1);
});

test("a spool that cannot be read does not keep new history from Postgres", async () => {
  const { clock, store, spool, published, log, journal } = await started();
  spool.fault = "store-corrupt";
  store.mode = "away";
  published.publish(5);
  await clock.advance(30_000);
  published.publish(5);
  store.mode = "up";
  await clock.advance(6_000);
  expect(store.readings).toEqual(published.all);
  expect(journal.state()).toMatchObject({ pendingRows: 0, lostRows: 0 });
  expect(log.messages.filter((message) => message.startsWith("error"))).toHaveLength(2);
});

test("a spool that hangs is tried again, and nothing is lost or doubled", async () => {
  const { clock, store, spool, published } = await started();
  store.mode = "away";
  spool.isHanging = true;
  published.publish(5);
  await clock.advance(8_000);
  spool.isHanging = false;
  published.publish(5);
  await clock.advance(8_000);
  store.mode = "up";
  await clock.advance(6_000);
  expect(store.readings).toEqual(published.all);
});
