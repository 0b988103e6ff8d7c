import { expect, test } from "vitest";
import { ClockSync } from "#main/composition/clock-sync.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

const NOW_MS = Date.UTC(2026, 5, 1);
const FOLDER = "/run/systemd/timesync";

async function syncOn(there: Set<string>, startMs = NOW_MS) {
  const clock = new VirtualClock(startMs);
  const sync = new ClockSync({ clock, exists: async (path) => there.has(path) });
  await sync.start();
  return { clock, sync };
}

test("a clock that nobody minds is believed, unless it is older than this program", async () => {
  expect((await syncOn(new Set())).sync.isSynchronized()).toBe(true);
  expect((await syncOn(new Set(), 0)).sync.isSynchronized()).toBe(false);
});

test("where the system minds its clock it is believed once it was set, and looked at again and again", async () => {
  const there = new Set([FOLDER]);
  const { clock, sync } = await syncOn(there);
  expect(sync.isSynchronized()).toBe(false);
  there.add(`${FOLDER}/synchronized`);
  await clock.advance(5_000);
  expect(sync.isSynchronized()).toBe(true);
  await sync.stop();
  there.delete(`${FOLDER}/synchronized`);
  await clock.advance(60_000);
  expect(sync.isSynchronized()).toBe(true);
});

test("on this machine it answers, whatever there is", async () => {
  const sync = new ClockSync({ clock: new VirtualClock(NOW_MS) });
  await sync.start();
  expect(typeof sync.isSynchronized()).toBe("boolean");
  await sync.stop();
});
