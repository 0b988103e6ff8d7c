import fc from "fast-check";
import { expect, test } from "vitest";
import type { Announcement } from "#contract/alarms.ts";
import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { alarm, alarmIdOf } from "#tests/builders/alarm.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { FakeAlarmEvents, FakeAlarmStore } from "#tests/fakes/fake-alarm-store.ts";

const ALARMS = [
  alarm(1, { onDelayS: 0, offDelayS: 0 }),
  alarm(2, { onDelayS: 5, offDelayS: 5, latching: true, reAlarmS: 60 }),
  alarm(3, { kind: "bad-measurement", setpoint: null, onDelayS: 2, offDelayS: 2 }),
];

type Act =
  | { readonly act: "say"; readonly value: number | null }
  | { readonly act: "acknowledge" | "reset" | "unshelve"; readonly n: number }
  | { readonly act: "shelve"; readonly n: number }
  | { readonly act: "wait"; readonly s: number };

const n = fc.integer({ min: 1, max: ALARMS.length });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant("say" as const), value: fc.constantFrom(25, 27, 30, null) }),
  fc.record({ act: fc.constantFrom("acknowledge" as const, "reset" as const, "unshelve" as const), n }),
  fc.record({ act: fc.constant("shelve" as const), n }),
  fc.record({ act: fc.constant("wait" as const), s: fc.integer({ min: 1, max: 90 }) }),
);
const life = fc.record({
  acts: fc.array(act, { maxLength: 25 }),
  commits: fc.integer({ min: 0, max: 30 }),
  isLastKept: fc.boolean(),
});

interface World {
  readonly store: FakeAlarmStore;
  readonly events: FakeAlarmEvents;
  /** Handed over to whoever tells people, each as often as it was. */
  readonly told: Announcement[];
  readonly durable: string[];
  nowMs: number;
}

/** One life of the program, up to a power cut in the middle of it. */
async function live(
  world: World,
  { acts, commits, isLastKept }: { acts: readonly Act[]; commits: number; isLastKept: boolean },
) {
  const clock = new VirtualClock(world.nowMs);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  world.store.commits = 0;
  world.store.cutAfter = { commits, isLastKept };
  const engine = new AlarmEngine({ readings, clock, store: world.store, events: world.events });
  await engine.open();
  const deliver = async (announcement: Announcement) => {
    world.told.push(announcement);
    await engine.announcements.done(announcement.id);
  };
  engine.announcements.onAnnouncement((announcement) => void deliver(announcement));
  engine.onTransition(({ alarmId, transition }) => world.durable.push(`${alarmId} ${transition}`));
  engine.start();
  engine.configure(ALARMS);
  for (const announcement of await engine.announcements.pending()) void deliver(announcement);
  for (const what of acts) {
    if (world.store.isCut) break;
    if (what.act === "wait") {
      for (let s = 0; s < what.s && !world.store.isCut; s++) await clock.advance(1_000);
    } else if (what.act === "say") {
      const quality = what.value === null ? "bad" : "good";
      const reason = what.value === null ? "range" : null;
      readings.publish(
        readingOf({ channelId: channelIdOf(1), value: what.value, quality, reason, takenAtMs: clock.nowMs() }),
      );
    } else {
      const order = what.act === "shelve" ? { kind: what.act, forMs: 30_000 } : { kind: what.act };
      void engine.command(alarmIdOf(what.n), { ...order, by: "bella" }).catch(() => undefined);
    }
    await clock.advance(100);
  }
  world.nowMs = clock.nowMs() + 1_000;
}

test("whenever the power goes: no transition lost, none doubled, nothing acknowledged is told anew", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), async (lives) => {
      const store = new FakeAlarmStore();
      const world: World = { store, events: new FakeAlarmEvents(), told: [], durable: [], nowMs: 1_000_000 };
      for (const one of lives) await live(world, one);
      await live(world, {
        acts: [
          { act: "wait", s: 60 },
          { act: "wait", s: 60 },
        ],
        commits: 1e9,
        isLastKept: true,
      });

      const rows = [...world.events.rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id } of ALARMS) {
        const mine = rows.filter((row) => row.alarmId === id);
        // Each begins where the last one ended: none is missing between them, none is there twice.
        expect(mine.every(({ from }, i) => from === (mine[i - 1]?.to ?? "normal"))).toBe(true);
        const turns = mine.map(({ transition }) => transition).filter((t) => t === "raised" || t === "returned");
        expect(turns.every((t, i) => t === (i % 2 === 0 ? "raised" : "returned"))).toBe(true);
        // Who was told is told of something that is on record.
        for (const kind of ["raised", "returned", "acknowledged"]) {
          const heard = world.durable.filter((line) => line === `${id} ${kind}`).length;
          expect(mine.filter(({ transition }) => transition === kind).length).toBeGreaterThanOrEqual(heard);
        }
        const told = [...new Map(world.told.map((one) => [one.id, one])).values()].filter((one) =>
          one.alarms.some(({ alarmId }) => alarmId === id),
        );
        const raised = told.filter(({ kind }) => kind === "raised").length;
        const ringing = mine.filter(({ to }) => to === "unacknowledged").length;
        expect(raised).toBeLessThanOrEqual(ringing);
      }
      const ids = world.told.map(({ id }) => id);
      // Handed over again after a cut at most, and then with the same id.
      expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(lives.length * 3);
      const { events } = await store.load();
      expect(events).toEqual([]);
    }),
    { numRuns: 250 },
  );
});
