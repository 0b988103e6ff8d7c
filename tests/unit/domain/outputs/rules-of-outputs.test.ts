import { expect, test } from "vitest";
import { OutputSettings } from "#contract/channels.ts";
import { OutputRole } from "#contract/quantities.ts";
import { defaultOutputSettings, secondsAfterReturn } from "#domain/outputs/default-output-settings.ts";
import { allowedLevelPct, isSameLevel } from "#domain/outputs/levels.ts";
import { restStateFrom } from "#domain/outputs/rest-state.ts";
import { guardVerdictFrom } from "#domain/outputs/switching-guards.ts";
import { durationInWords, levelInWords, withStop } from "#domain/outputs/words.ts";

test("every role declares a valid output, with emergency state off", () => {
  for (const role of OutputRole.options) {
    const settings = defaultOutputSettings(role);
    expect(OutputSettings.parse(settings)).toEqual(settings);
    expect(settings.emergencyState).toBe(0);
  }
});

test("the defaults are those of docs/safety.md", () => {
  const guardsOf = (role: OutputRole) => {
    const { minOnS, minOffS, maxOnS, leaseS, warnStartsPerHour } = defaultOutputSettings(role).guards;
    return [minOnS, minOffS, maxOnS, leaseS, warnStartsPerHour];
  };
  expect(guardsOf("heater")).toEqual([60, 180, null, 600, 12]);
  expect(guardsOf("chiller")).toEqual([180, 300, null, null, 12]);
  expect(guardsOf("return-pump")).toEqual([0, 30, null, null, 12]);
  expect(guardsOf("top-off")).toEqual([0, 300, 300, 30, 12]);
  expect(guardsOf("generic")).toEqual([0, 0, null, null, 12]);
  const statesOf = (role: OutputRole) => [
    defaultOutputSettings(role).safeState,
    defaultOutputSettings(role).powerUpState,
  ];
  expect(statesOf("return-pump")).toEqual([100, 100]);
  expect(statesOf("circulation")).toEqual([100, 100]);
  expect(statesOf("light")).toEqual(["unchanged", "unchanged"]);
  expect(statesOf("generic")).toEqual([0, "unchanged"]);
  expect(statesOf("heater")).toEqual([0, 0]);
  expect(statesOf("skimmer")).toEqual([0, 100]);
  expect(statesOf("uv")).toEqual([0, 100]);
  expect(statesOf("fan")).toEqual([0, 0]);
  expect([secondsAfterReturn("skimmer"), secondsAfterReturn("uv"), secondsAfterReturn("fan")]).toEqual([
    60,
    0,
    null,
  ]);
});

test("two outputs of a role share no guards", () => {
  expect(defaultOutputSettings("heater").guards).not.toBe(defaultOutputSettings("heater").guards);
});

test("a switch is off or on, a dimmer stays inside its limits, and 0 is always off", () => {
  const relay = { kind: "switch", limits: null } as const;
  expect([0, 49, 50, 100].map((level) => allowedLevelPct(relay, level))).toEqual([0, 0, 100, 100]);
  const lamp = { kind: "dimmer", limits: { min: 10, max: 60 } } as const;
  expect([0, 1, 30, 99, Number.NaN, -3].map((level) => allowedLevelPct(lamp, level))).toEqual([
    0, 10, 30, 60, 0, 0,
  ]);
  expect(allowedLevelPct({ kind: "dimmer", limits: null }, 300)).toBe(100);
});

test("a dimmer's word may be a step off, but off is exactly off", () => {
  const lamp = { kind: "dimmer", limits: null } as const;
  expect(isSameLevel(lamp, 40, 40.6)).toBe(true);
  expect(isSameLevel(lamp, 40, 42)).toBe(false);
  expect(isSameLevel(lamp, 0, 0.4)).toBe(false);
  expect(isSameLevel(lamp, 0.4, 0)).toBe(false);
  expect(isSameLevel(lamp, 0, 0)).toBe(true);
  expect(isSameLevel({ kind: "switch", limits: null }, 100, 57)).toBe(true);
});

test("durations and levels read as people say them", () => {
  expect([0, 1, 59_000, 130_000, 120_000, 3_600_000, 11_100_000, 187_200_000, -5].map(durationInWords)).toEqual([
    "0 s",
    "1 s",
    "59 s",
    "2 min 10 s",
    "2 min",
    "1 h",
    "3 h 5 min",
    "2 d 4 h",
    "0 s",
  ]);
  expect([0, 100, 37.54].map(levelInWords)).toEqual(["Off", "On", "On at 37.5 %"]);
});

test("guard times say what holds, until when, and when to look again", () => {
  const guards = { minOnS: 60, minOffS: 180, maxOnS: 300 };
  const at = (onForMs: number | null, offForMs: number | null) =>
    guardVerdictFrom(guards, { onForMs, offForMs }, 1_000);
  expect(at(null, null)).toEqual({ minOn: null, minOff: null, maxOn: null, changesInMs: null });
  expect(at(null, 100_000)).toMatchObject({ minOff: { code: "min-off", untilMs: 81_000 }, changesInMs: 80_000 });
  expect(at(null, 180_000)).toMatchObject({ minOff: null, changesInMs: null });
  expect(at(20_000, 0)).toMatchObject({
    minOn: { code: "min-on", untilMs: 41_000 },
    minOff: null,
    changesInMs: 40_000,
  });
  expect(at(100_000, null)).toMatchObject({ minOn: null, maxOn: null, changesInMs: 200_000 });
  expect(at(300_000, null)).toMatchObject({ maxOn: { code: "max-on" }, changesInMs: 0 });
  const free = { minOnS: 0, minOffS: 0, maxOnS: null };
  expect(guardVerdictFrom(free, { onForMs: 5, offForMs: null }, 0).changesInMs).toBeNull();
});

test("at rest an output is where it was declared to be, or where it was", () => {
  const settings = defaultOutputSettings("light");
  const past = { isGeneric: false, wasOwned: false, lastFreePct: 40 };
  expect(restStateFrom({ ...settings, powerUpState: 100 }, past).state).toBe(100);
  expect(restStateFrom(settings, past).state).toBe("unchanged");
  expect(restStateFrom({ ...settings, safeState: 0 }, { ...past, wasOwned: true }).state).toBe(0);
  expect(restStateFrom(settings, { ...past, wasOwned: true }).state).toBe(40);
  expect(restStateFrom(settings, { ...past, wasOwned: true, lastFreePct: null })).toEqual({
    state: "unchanged",
    why: { code: "last-state", text: "Left as its device has it. Nothing asks for it.", untilMs: null },
  });
});

test("what others say ends in one full stop", () => {
  expect(["it is gone", "it is gone."].map(withStop)).toEqual(["it is gone.", "it is gone."]);
});
