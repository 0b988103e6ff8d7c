import { expect, test } from "vitest";
import { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import { RuleConfig } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import type { LevelStep } from "#contract/what-if.ts";
import { newId } from "#main/platform/ids.ts";
import { foreseeAlarm } from "#main/what-if/foresee-alarm.ts";
import { foreseeLoop } from "#main/what-if/foresee-loop.ts";
import { outputRecord } from "#main/what-if/output-record.ts";
import type { RecordedChannel } from "#main/what-if/task.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { DISPLAY, HEATER, loopConfig } from "#tests/builders/thermostat-bench.ts";

const FROM_MS = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const at = (minute: number) => instantFrom(FROM_MS + minute * MINUTE_MS);
const spanOf = (minutes: number) => ({ fromMs: FROM_MS, toMs: FROM_MS + minutes * MINUTE_MS });

/** One value every 10 s, each minute's own. */
function recorded(channelId: ChannelId, valuesByMinute: readonly number[]): RecordedChannel {
  const values = valuesByMinute.flatMap((value) => Array.from({ length: 6 }, () => value));
  return {
    channelId,
    atMs: Float64Array.from(values, (_, i) => FROM_MS + i * 10_000),
    values: Float64Array.from(values),
    coversS: 10,
  };
}

const around = { channels: [DISPLAY, HEATER], timeZone: "UTC", systemVolumeL: 400, kind: "loop" } as const;

test("a thermostat over a past cold hour heats where it would have, beside what the heater did", async () => {
  const values = [...Array(10).fill(25.5), ...Array(20).fill(25.2), ...Array(10).fill(25.7)];
  const did: LevelStep[] = [
    { at: at(0), level: 0 },
    { at: at(30), level: 100 },
  ];
  const loop = loopConfig();
  const answer = await foreseeLoop({
    ...around,
    loop,
    span: spanOf(40),
    recorded: [recorded(DISPLAY.id, values)],
    did: new Map([[HEATER.id, did]]),
  });
  const [heater] = answer.outputs;
  expect(heater).toMatchObject({ channelId: HEATER.id, name: "Heater", would: { onS: 1_200, starts: 1 } });
  expect(heater?.would.steps.filter(({ level }) => level === 100)).toEqual([{ at: at(10), level: 100 }]);
  expect(heater?.did).toEqual({ steps: did, onS: 600, starts: 1 });
  expect(answer.states.map(({ state }) => state)).toEqual(["blocked", "idle", "heating", "idle"]);
  expect(answer.readings).toBe(240);
});

test("a hole in what was recorded blocks the loop, as it would have", async () => {
  const cold = recorded(DISPLAY.id, Array(10).fill(25));
  const answer = await foreseeLoop({
    ...around,
    loop: loopConfig(),
    span: spanOf(30),
    recorded: [cold],
    did: new Map(),
  });
  expect(answer.last).toMatchObject({ state: "blocked" });
  const ends = answer.outputs[0]?.would.steps.at(-1);
  expect(ends?.level).toBe(0);
  expect(Date.parse(ends?.at ?? "")).toBeLessThan(FROM_MS + 12 * MINUTE_MS);
});

test("a rule sees the outputs it looks at as they were", async () => {
  const pump = outputChannel("return-pump", { name: "Return pump" });
  const fan = outputChannel("fan", { name: "Fan" });
  const loop = RuleConfig.parse({
    id: newId(0),
    type: "rule",
    name: "Fan while the return is off",
    conditions: [{ kind: "output-off", channelId: pump.id }],
    actions: [{ kind: "output", channelId: fan.id, level: 100 }],
  });
  const answer = await foreseeLoop({
    ...around,
    channels: [pump, fan],
    loop,
    span: spanOf(30),
    recorded: [],
    did: new Map([
      [
        pump.id,
        [
          { at: at(0), level: 100 },
          { at: at(10), level: 0 },
          { at: at(20), level: 100 },
        ],
      ],
    ]),
  });
  expect(answer.outputs.map(({ name }) => name)).toEqual(["Fan"]);
  const onS = answer.outputs[0]?.would.onS ?? 0;
  expect(Math.abs(onS - 600)).toBeLessThanOrEqual(5);
});

test("an alarm over the past rings as often as it would have", async () => {
  const probe = channelConfig();
  const alarm = AlarmDefinition.parse({
    id: newId(0),
    name: "High",
    channelId: probe.id,
    kind: "high",
    setpoint: 26.7,
    deadband: 0.15,
    onDelayS: 60,
    offDelayS: 60,
    priority: "high",
    latching: false,
    response: "Look at the heater.",
  });
  const values = [...Array(5).fill(25.5), ...Array(5).fill(27), ...Array(5).fill(25.5), ...Array(5).fill(27)];
  const answer = await foreseeAlarm({
    kind: "alarm",
    alarm,
    span: spanOf(20),
    channels: [probe],
    recorded: [recorded(probe.id, values)],
  });
  expect(answer.raised).toBe(2);
  expect(answer.transitions.map(({ transition }) => transition)).toEqual(["raised", "returned", "raised"]);
});

test("an output that was on from the first is not counted as a start", () => {
  const steps = [
    { at: at(0), level: 100 },
    { at: at(1), level: null },
    { at: at(2), level: 50 },
  ];
  expect(outputRecord(steps, FROM_MS + 3 * MINUTE_MS)).toEqual({ steps, onS: 120, starts: 1 });
});
