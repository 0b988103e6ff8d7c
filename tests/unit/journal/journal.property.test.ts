import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reading } from "#contract/readings.ts";
import { Journal } from "#main/journal/journal.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { FakeBatchStore } from "#tests/fakes/fake-batch-store.ts";
import { FakeSpool } from "#tests/fakes/fake-spool.ts";

const step = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  waitMs: fc.integer({ min: 0, max: 7_000 }),
  store: fc.constantFrom("up", "up", "away", "hanging", "unheard" as const),
  spoolFault: fc.constantFrom(null, null, null, "store-full" as const),
  isToldBack: fc.boolean(),
  isRestarted: fc.boolean(),
});

test("whatever fails and however often it restarts, each reading is stored exactly once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const store = new FakeBatchStore();
      const spool = new FakeSpool();
      const clock = new VirtualClock(1_700_000_000_000);
      const readings = new ReadingsBus({ log: SILENT_LOG, clock });
      const published: Reading[] = [];
      const begin = async () => {
        const journal = new Journal({ readings, store, spool, clock, log: SILENT_LOG });
        await journal.start();
        return journal;
      };
      let journal = await begin();
      for (const { rows, waitMs, store: mode, spoolFault, isToldBack, isRestarted } of steps) {
        store.mode = mode;
        spool.fault = spoolFault;
        for (let i = 0; i < rows; i++) {
          const reading = readingOf({ channelId: channelIdOf(i), takenAtMs: published.length });
          published.push(reading);
          readings.publish(reading);
        }
        await clock.advance(waitMs);
        if (isToldBack) journal.databaseIsBack();
        if (!isRestarted) continue;
        spool.fault = null;
        const stopped = journal.stop();
        await clock.advance(8_000);
        await stopped;
        journal = await begin();
      }
      store.mode = "up";
      spool.fault = null;
      await clock.advance(60_000);
      expect(store.readings).toEqual(published);
      expect(journal.state()).toMatchObject({ pendingRows: 0, spooledBatches: 0, isDraining: false, lostRows: 0 });
    }),
    { numRuns: 150 },
  );
});
