import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import type { Permissive } from "#contract/guards.ts";
import { LoopConfig as Loop, type LoopConfig } from "#contract/loops.ts";
import { absentConditions } from "#domain/outputs/absent-conditions.ts";
import { newId } from "#main/platform/ids.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const RETURN = outputChannel("return-pump");
const FLOW = channelConfig({ quantity: "flow", role: "sump" });
const LEVEL = channelConfig({ quantity: "level", role: "sump" });
const LEAK = channelConfig({ quantity: "leak", role: "sump" });
const PH = channelConfig({ quantity: "ph", role: "display" });
const PROBE = channelConfig({ role: "display" });
const MEASURING = [RETURN, FLOW, LEVEL, LEAK, PH, PROBE];

const loop = (fields: object): LoopConfig => Loop.parse({ id: newId(0), name: "Loop", ...fields });
const on = (channel: ChannelConfig): Permissive => ({ kind: "output-on", channelId: channel.id, forS: 0 });
const above = (channel: ChannelConfig): Permissive => ({
  kind: "sensor",
  channelId: channel.id,
  min: 0,
  max: null,
});
const absent = (channel: ChannelConfig, loops: readonly LoopConfig[] = [], around = MEASURING) =>
  absentConditions(channel, { loops, channels: [...around, channel] });

test("a heater or a chiller wants a probe in its water, and to know that the water moves", () => {
  expect(absent(outputChannel("heater"), [], [RETURN])).toEqual(["water-probe", "moving-water"]);
  expect(absent(outputChannel("chiller"))).toEqual(["moving-water"]);
  for (const permissive of [on(RETURN), above(FLOW), above(LEVEL)])
    expect(absent(outputChannel("heater", { settings: { permissives: [permissive] } }))).toEqual([]);
  const heater = outputChannel("heater");
  const held = loop({ type: "thermostat", sensorChannelId: PROBE.id, heaterChannelId: heater.id });
  expect(absent(heater, [held], [])).toEqual(["moving-water"]);
});

test("a top-off wants its return pump, reservoir, highest level and leak sensors named", () => {
  const pump = outputChannel("top-off");
  const bare = { type: "top-off", pumpChannelId: pump.id, levelChannelId: LEVEL.id };
  expect(absent(pump)).toEqual(["return-pump", "reservoir", "high-level", "leak"]);
  expect(absent(pump, [loop(bare)])).toEqual(["return-pump", "reservoir", "high-level", "leak"]);
  const whole = loop({
    ...bare,
    returnPumpChannelId: RETURN.id,
    reservoirChannelId: LEVEL.id,
    highLevelChannelId: LEVEL.id,
    leakChannelIds: [LEAK.id],
  });
  expect(absent(pump, [whole])).toEqual([]);
  expect(absent(outputChannel("top-off"), [whole])).toHaveLength(4);
});

test("a doser wants its return pump and its pH; what has no such needs lacks nothing", () => {
  const pump = outputChannel("doser");
  const bare = { type: "doser", pumpChannelId: pump.id, mlPerDay: 10 };
  expect(absent(pump, [loop(bare)])).toEqual(["return-pump", "ph"]);
  expect(absent(pump, [loop({ ...bare, returnPumpChannelId: RETURN.id, phChannelId: PH.id })])).toEqual([]);
  const permissives = [on(RETURN), above(PH), above(LEAK)];
  expect(absent(outputChannel("doser", { settings: { permissives } }))).toEqual([]);
  expect(absent(outputChannel("fan"))).toEqual([]);
  expect(absent(outputChannel("skimmer"))).toEqual([]);
  expect(absent(outputChannel("skimmer"), [], [FLOW])).toEqual(["return-pump"]);
  const ruled = { ...outputChannel("generic"), role: "display" as const };
  const rule = loop({
    type: "rule",
    conditions: [{ kind: "above", channelId: PROBE.id, value: 28 }],
    actions: [{ kind: "alarm", text: "Hot", priority: "high" }],
  });
  expect(absent(ruled, [rule])).toEqual([]);
});
