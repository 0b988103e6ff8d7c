import fc from "fast-check";
import { expect, test } from "vitest";
import type { Doser } from "#domain/control/dose-plan.ts";
import { dosePlan, minuteOfDose, opposingOf, slotAt, spacingOf, turnMin } from "#domain/control/dose-plan.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const doser = (changes: Partial<Doser> = {}): Doser => ({
  pumpChannelId: channelIdOf(1),
  mlPerDay: 24,
  dosesPerDay: 24,
  dosesFrom: "00:00",
  dosesTo: "00:00",
  opposingChannelIds: [],
  ...changes,
});
const at = (day: number, time: string) => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return { year: 2026, month: 3, day, minuteOfDay: hour * 60 + minute };
};

test("doses are spread evenly over the day, or over the hours that are named, across midnight too", () => {
  expect(dosePlan(doser())).toEqual({ mlPerDose: 1, dosesPerDay: 24, firstMin: 0, spacingMin: 60, graceMin: 10 });
  const night = dosePlan(doser({ dosesFrom: "22:00", dosesTo: "06:00", dosesPerDay: 16 }));
  expect(night).toMatchObject({ firstMin: 1_320, spacingMin: 30, graceMin: 7.5 });
  expect([0, 4, 15, 16, -1].map((ordinal) => minuteOfDose(night, ordinal))).toEqual([1_320, 0, 330, 1_320, 330]);
});

test("a moment belongs to the dose that was due last, and knows how long until the next", () => {
  const plan = dosePlan(doser({ dosesFrom: "22:00", dosesTo: "06:00", dosesPerDay: 16 }));
  const first = slotAt(plan, at(10, "22:00"));
  expect(first).toMatchObject({ lateMin: 0, nextInMin: 30 });
  expect(slotAt(plan, at(11, "00:05"))).toEqual({ ordinal: first.ordinal + 4, lateMin: 5, nextInMin: 25 });
  expect(slotAt(plan, at(11, "05:30"))).toEqual({ ordinal: first.ordinal + 15, lateMin: 0, nextInMin: 990 });
  expect(slotAt(plan, at(11, "12:00"))).toEqual({ ordinal: first.ordinal + 15, lateMin: 390, nextInMin: 600 });
  expect(slotAt(plan, at(11, "22:00")).ordinal).toBe(first.ordinal + 16);
  expect(slotAt(plan, at(10, "21:59")).ordinal).toBe(first.ordinal - 1);
});

test("through a day every dose is due once, in order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 288 }), fc.integer({ min: 0, max: 23 }), (dosesPerDay, hour) => {
      const plan = dosePlan(doser({ dosesPerDay, dosesFrom: `${String(hour).padStart(2, "0")}:00` }));
      const ordinals = Array.from({ length: 1_440 }, (_, minuteOfDay) =>
        slotAt(plan, { year: 2026, month: 5, day: 9, minuteOfDay }),
      );
      const isInOrder = ordinals.every((slot, index) => slot.ordinal >= (ordinals[index - 1] ?? slot).ordinal);
      expect(isInOrder).toBe(true);
      expect(ordinals.every(({ lateMin, nextInMin }) => lateMin > -1e-9 && nextInMin > -1e-9)).toBe(true);
      const tomorrow = slotAt(plan, { year: 2026, month: 5, day: 10, minuteOfDay: 0 });
      expect(tomorrow.ordinal - (ordinals[0]?.ordinal ?? 0)).toBe(dosesPerDay);
    }),
    { numRuns: 40 },
  );
});

test("parts that must not meet take turns, whichever of them says so", () => {
  const alk = doser({ opposingChannelIds: [channelIdOf(2)] });
  const calcium = doser({ pumpChannelId: channelIdOf(2), dosesPerDay: 12 });
  const trace = doser({ pumpChannelId: channelIdOf(3) });
  const all = [alk, calcium, trace];
  expect(opposingOf(alk, all)).toEqual([calcium]);
  expect(opposingOf(calcium, all)).toEqual([alk]);
  expect(opposingOf(trace, all)).toEqual([]);
  expect(spacingOf(calcium)).toBe(120);
  expect(turnMin([alk, calcium])).toBe(30);
  expect(dosePlan(alk, [calcium]).firstMin).toBe(0);
  expect(dosePlan(calcium, [alk]).firstMin).toBe(30);
  expect(dosePlan(doser({ ...calcium, dosesFrom: "23:45", dosesTo: "23:45" }), [alk]).firstMin).toBe(15);
});
