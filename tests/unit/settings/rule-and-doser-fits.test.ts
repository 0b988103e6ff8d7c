import { expect, test } from "vitest";
import type { Configuration } from "#contract/configuration.ts";
import type { FaultDetail } from "#contract/errors.ts";
import { LoopId, ModeId } from "#contract/ids.ts";
import { type DoserConfig, type LoopConfig, RuleConfig } from "#contract/loops.ts";
import { ModeConfig } from "#contract/modes.ts";
import { newId } from "#main/platform/ids.ts";
import { refuseUnfit } from "#main/settings/loop-fits.ts";
import { configOf } from "#tests/builders/configuration.ts";
import {
  ALK_PUMP,
  BARE_PUMP,
  CALCIUM_PUMP,
  DOSER_CHANNELS,
  doserConfig,
  FAN,
  LIGHT,
  PH,
  RETURN_PUMP,
  WATER,
} from "#tests/builders/doser-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const GENERIC = outputChannel("generic");
const TOP_OFF = outputChannel("top-off");
const [feed, maintenance] = (["feed", "maintenance"] as const).map((kind, n) =>
  ModeConfig.parse({ id: ModeId.parse(newId(n)), name: kind, kind, durationS: 900, outputs: [] }),
) as [ModeConfig, ModeConfig];

function tankOf(loops: readonly LoopConfig[] = []): Configuration {
  return configOf({ channels: [...DOSER_CHANNELS, GENERIC, TOP_OFF], loops, modes: [feed, maintenance] });
}

/** What is refused of a loop, field by field; nothing where it fits. */
function refusedOf(loop: LoopConfig, loops: readonly LoopConfig[] = []): readonly FaultDetail[] {
  try {
    refuseUnfit(loop, tankOf(loops));
    return [];
  } catch (error) {
    return (error as { details: readonly FaultDetail[] }).details;
  }
}

const slow = { mlPerDay: 48, dosesPerDay: 20 };
const rule = (fields: object): RuleConfig =>
  RuleConfig.parse({
    id: LoopId.parse(newId(3)),
    type: "rule",
    name: "Rule",
    conditions: [{ kind: "above", channelId: WATER.id, value: 28 }],
    actions: [{ kind: "output", channelId: LIGHT.id, level: 0 }],
    ...fields,
  });

test("a doser that fits is taken", () => {
  const opposing = doserConfig({ ...slow, pumpChannelId: CALCIUM_PUMP.id });
  const full = doserConfig({
    ...slow,
    part: "alkalinity",
    alkalinityDkhPerMl: 0.02,
    maxMlPerDose: 3,
    maxMlPerHour: 10,
    maxMlPerDay: 80,
    opposingChannelIds: [CALCIUM_PUMP.id],
    returnPumpChannelId: RETURN_PUMP.id,
    phChannelId: PH.id,
    containerMl: 1_000,
  });
  expect(refusedOf(full, [opposing])).toEqual([]);
  expect(refusedOf(doserConfig())).toEqual([]);
});

test.each<[string, Partial<DoserConfig>, string]>([
  ["another role", { pumpChannelId: RETURN_PUMP.id }, "pumpChannelId"],
  ["a pump without a flow", { pumpChannelId: BARE_PUMP.id }, "pumpChannelId"],
  ["no such pump", { pumpChannelId: channelIdOf(99) }, "pumpChannelId"],
  ["a return pump that is none", { returnPumpChannelId: FAN.id }, "returnPumpChannelId"],
  ["a pH probe that is none", { phChannelId: WATER.id }, "phChannelId"],
  ["an opposing pump that is none", { opposingChannelIds: [FAN.id] }, "opposingChannelIds"],
  ["itself as its opposite", { ...slow, opposingChannelIds: [ALK_PUMP.id] }, "opposingChannelIds"],
  ["a pH window upside down", { phMin: 8.6, phMax: 7.7 }, "phMin"],
  ["a cap that leaves its pump no room", { maxMlPerDose: 2.6 }, "maxMlPerDose"],
  ["less an hour than it plans", { maxMlPerHour: 30 }, "maxMlPerHour"],
  ["less a day than it plans", { maxMlPerDay: 720 }, "maxMlPerDay"],
  ["a container smaller than a dose", { containerMl: 1 }, "containerMl"],
  ["more alkalinity than corals bear", { ...slow, alkalinityDkhPerMl: 0.05 }, "mlPerDay"],
  ["a cap above what corals bear", { ...slow, alkalinityDkhPerMl: 0.02, maxMlPerDay: 101 }, "maxMlPerDay"],
  ["doses shorter than a second", { mlPerDay: 100 }, "dosesPerDay"],
  ["doses that hardly end before the next", { mlPerDay: 30_000 }, "mlPerDay"],
])("a doser with %s is refused", (_, changes, field) => {
  expect(refusedOf(doserConfig(changes)).map((detail) => detail.field)).toContain(field);
});

test("all dosers together stay below what corals bear; one that is switched off does not count", () => {
  const first = doserConfig({ ...slow, alkalinityDkhPerMl: 0.02, pumpChannelId: CALCIUM_PUMP.id });
  const second = doserConfig({ ...slow, alkalinityDkhPerMl: 0.03 });
  expect(refusedOf(second, [first])).toMatchObject([{ field: "mlPerDay" }]);
  expect(refusedOf(second, [{ ...first, isEnabled: false }])).toEqual([]);
  expect(refusedOf(doserConfig(slow), [first])).toEqual([]);
});

test("parts that must not meet need room between their doses", () => {
  const calcium = doserConfig({ mlPerDay: 60, dosesPerDay: 24, pumpChannelId: CALCIUM_PUMP.id });
  const soda = doserConfig({ mlPerDay: 60, dosesPerDay: 24, opposingChannelIds: [CALCIUM_PUMP.id] });
  expect(refusedOf(soda, [calcium])).toMatchObject([
    { field: "dosesPerDay", message: expect.stringContaining("30 min apart") },
  ]);
  expect(refusedOf({ ...soda, dosesPerDay: 12 }, [calcium])).not.toEqual([]);
  expect(refusedOf({ ...soda, dosesPerDay: 20 }, [{ ...calcium, dosesPerDay: 20 }])).toEqual([]);
});

test("a rule that fits is taken", () => {
  const full = rule({
    conditions: [
      { kind: "above", channelId: WATER.id, value: 28 },
      { kind: "output-on", channelId: RETURN_PUMP.id },
      { kind: "mode", mode: "feed" },
      { kind: "time", from: "08:00", to: "20:00" },
    ],
    actions: [
      { kind: "output", channelId: LIGHT.id, level: 40 },
      { kind: "output", channelId: ALK_PUMP.id, level: 0 },
      { kind: "mode", modeId: maintenance.id },
      { kind: "alarm", priority: "low", text: "Look." },
    ],
  });
  expect(refusedOf(full)).toEqual([]);
});

test.each([
  ["no such sensor", { kind: "above", channelId: channelIdOf(99), value: 1 }],
  ["an output as a sensor", { kind: "below", channelId: FAN.id, value: 1 }],
  ["a sensor as an output", { kind: "output-on", channelId: WATER.id }],
  ["the output it drives", { kind: "output-off", channelId: LIGHT.id }],
])("a rule whose condition names %s is refused", (_, condition) => {
  expect(refusedOf(rule({ conditions: [condition] })).map(({ field }) => field)).toEqual(["conditions.0"]);
});

test.each([
  ["no such output", { kind: "output", channelId: channelIdOf(99), level: 0 }],
  ["a sensor", { kind: "output", channelId: WATER.id, level: 0 }],
  ["an output without a role", { kind: "output", channelId: GENERIC.id, level: 0 }],
  ["a switch at half", { kind: "output", channelId: FAN.id, level: 50 }],
  ["a dosing pump to be on", { kind: "output", channelId: ALK_PUMP.id, level: 100 }],
  ["a top-off to be on", { kind: "output", channelId: TOP_OFF.id, level: 100 }],
  ["no such mode", { kind: "mode", modeId: newId(77) }],
])("a rule whose action names %s is refused", (_, action) => {
  expect(refusedOf(rule({ actions: [action] })).map(({ field }) => field)).toEqual(["actions.0"]);
});

test("an output is named once in a rule, and has one automatic claimant", () => {
  const off = { kind: "output", channelId: LIGHT.id, level: 0 };
  expect(refusedOf(rule({ actions: [off, off] })).map(({ field }) => field)).toEqual(["actions.0", "actions.1"]);
  const other = { ...rule({}), id: LoopId.parse(newId(4)) };
  expect(() => refuseUnfit(rule({}), tankOf([other]))).toThrow("drives this output already");
});

test("rules that would start modes in turns for ever are refused", () => {
  const follows = (mode: ModeConfig["kind"], next: ModeConfig, id: number) => ({
    ...rule({ conditions: [{ kind: "mode", mode }], actions: [{ kind: "mode", modeId: next.id }] }),
    id: LoopId.parse(newId(id)),
  });
  const there = follows("feed", maintenance, 10);
  const back = follows("maintenance", feed, 11);
  expect(refusedOf(back, [there])).toMatchObject([{ field: "actions" }]);
  expect(refusedOf(back, [{ ...there, isEnabled: false }])).toEqual([]);
  expect(refusedOf(there)).toEqual([]);
  expect(refusedOf(follows("feed", feed, 12))).toEqual([]);
  expect(refusedOf(rule({}), [there, doserConfig()])).toEqual([]);
});
