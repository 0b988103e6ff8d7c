import fc from "fast-check";
import { expect, test } from "vitest";
import type { Channel } from "#contract/channels.ts";
import { Guards } from "#contract/guards.ts";
import { channel } from "#tests/builders/api-things.ts";
import { draftOf, patchOf, problemsIn } from "../../../src-renderer/features/channel/settings-draft.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

const FAHRENHEIT = displayUnitOf("temperature", "°C", { temperatureUnit: "F", salinityUnit: "sg" });
const PERCENT = displayUnitOf("generic", "%", { temperatureUnit: "C", salinityUnit: "ppt" });

const probe = (limits: { min: number; max: number } | null): Channel =>
  channel({ name: "Display", pollIntervalS: 5, limits });
const heater: Channel = {
  ...probe(null),
  kind: "switch",
  quantity: "generic",
  role: "heater",
  safeState: 0,
  powerUpState: "unchanged",
  emergencyState: 0,
  guards: Guards.parse({ minOnS: 60, minOffS: 180, maxOnS: null }),
};

test("a form that was not touched changes nothing, whatever the unit", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 40, noNaN: true }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      (min, more) => {
        const channel = probe({ min, max: min + more });
        expect(patchOf(channel, draftOf(channel, FAHRENHEIT), FAHRENHEIT)).toEqual({});
      },
    ),
  );
});

test("limits entered in °F are stored in °C, and the one not touched keeps its last bit", () => {
  const channel = probe({ min: 24.123456789, max: 27 });
  const draft = { ...draftOf(channel, FAHRENHEIT), maxShown: 82.4 };
  expect(patchOf(channel, draft, FAHRENHEIT)).toEqual({ limits: { min: 24.123456789, max: 28 } });
});

test("limits can be put in and taken away", () => {
  const bare = probe(null);
  const put = { ...draftOf(bare, FAHRENHEIT), hasLimits: true, minShown: 75.2, maxShown: 80.6 };
  expect(patchOf(bare, put, FAHRENHEIT)).toEqual({ limits: { min: 24, max: 27 } });
  const known = probe({ min: 24, max: 27 });
  expect(patchOf(known, { ...draftOf(known, FAHRENHEIT), hasLimits: false }, FAHRENHEIT)).toEqual({
    limits: null,
  });
  expect(
    patchOf(bare, { ...draftOf(bare, FAHRENHEIT), hasLimits: true, minShown: 1 }, FAHRENHEIT).limits?.max,
  ).toBeNaN();
});

test("an output's patch holds its own settings only, and an empty longest time is no limit", () => {
  const draft = { ...draftOf(heater, PERCENT), safeState: 100, minOnS: 30, maxOnS: 600, pollIntervalS: 99 };
  expect(patchOf(heater, draft, PERCENT)).toEqual({ safeState: 100, guards: { minOnS: 30, maxOnS: 600 } });
  const limited: Channel = { ...heater, guards: Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: 60 }) };
  expect(patchOf(limited, { ...draftOf(limited, PERCENT), maxOnS: Number.NaN }, PERCENT)).toEqual({
    guards: { maxOnS: null },
  });
});

test("what the API would refuse is said at its field before it is asked", () => {
  const base = draftOf(probe({ min: 24, max: 27 }), FAHRENHEIT);
  const problemOf = (change: object, channel = probe({ min: 24, max: 27 }), display = FAHRENHEIT) => {
    const draft = { ...(channel.kind === "sensor" ? base : draftOf(channel, display)), ...change };
    return Object.fromEntries(problemsIn(patchOf(channel, draft, display), draft));
  };
  expect(problemOf({})).toEqual({});
  expect(problemOf({ name: "  " })).toEqual({ name: "nameEmpty" });
  expect(problemOf({ name: "x".repeat(81) })).toEqual({ name: "nameLong" });
  expect(problemOf({ name: "a; drop" })).toEqual({ name: "nameCharacters" });
  expect(problemOf({ minShown: 90 })).toEqual({ limits: "limitsOrder" });
  expect(problemOf({ minShown: Number.NaN })).toEqual({ limits: "number" });
  expect(problemOf({ pollIntervalS: 0 })).toEqual({ poll: "poll" });
  expect(problemOf({ pollIntervalS: Number.NaN })).toEqual({ poll: "poll" });
  expect(problemOf({ minOnS: -1, minOffS: 1e6 }, heater, PERCENT)).toEqual({ minOn: "guard", minOff: "guard" });
  expect(problemOf({ maxOnS: 0 }, heater, PERCENT)).toEqual({ maxOn: "maxOn" });
  expect(problemOf({ maxOnS: 30 }, heater, PERCENT)).toEqual({ maxOn: "maxBelowMin" });
});
