import { expect, test } from "vitest";
import { AlarmCreate } from "#contract/alarms.ts";
import type { Configuration } from "#contract/configuration.ts";
import { AlarmId, ControllerId, LoopId } from "#contract/ids.ts";
import { ThermostatConfig } from "#contract/loops.ts";
import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { idWithin, newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { AlarmSettings } from "#main/settings/alarms.ts";
import { alarmsUsing } from "#main/settings/channel-users.ts";
import { ConfigurationKeeper } from "#main/settings/configuration-keeper.ts";
import { LoopSettings } from "#main/settings/loops.ts";
import { alarmsIn, offeredAlarms } from "#main/settings/offered-alarms.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";

const PROBE = channelConfig();
const PH = channelConfig({ key: "ph", name: "pH", quantity: "ph", unit: "pH" });
const OTHER = channelConfig({ key: "other", name: "Sump" });
const HEATER = outputChannel("heater", { name: "Heater" });
const LOOP = ThermostatConfig.parse({
  id: newId(5),
  type: "thermostat",
  name: "Heating",
  sensorChannelId: PROBE.id,
  heaterChannelId: HEATER.id,
});
const TRY = AlarmCreate.parse({
  name: "Try",
  kind: "high",
  channelId: PROBE.id,
  setpoint: 26,
  deadband: 0.1,
  onDelayS: 0,
  offDelayS: 0,
  priority: "medium",
  latching: false,
  response: "Look.",
});

async function bench(changes: Partial<Configuration> = {}) {
  const keeper = new ConfigurationKeeper({
    repository: new FakeConfigurationRepository(),
    snapshot: new FakeConfigurationSnapshot(),
    controllerId: ControllerId.parse(newId(0)),
    log: SILENT_LOG,
  });
  const clock = new VirtualClock(1_000_000);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const engine = new AlarmEngine({ readings, clock });
  engine.start();
  keeper.onChange((next) => engine.configure(alarmsIn(next)));
  await keeper.change(() => configOf({ channels: [PROBE, PH, OTHER, HEATER], loops: [LOOP], ...changes }));
  const alarms = new AlarmSettings({ keeper, runtime: engine, clock });
  const say = (value: number) =>
    readings.publish(readingOf({ channelId: PROBE.id, value, takenAtMs: clock.nowMs() }));
  return { keeper, alarms, clock, say };
}
const fieldsOf = (changes: object) => async () => {
  const { alarms } = await bench();
  const refused = alarms.create({ ...TRY, ...changes }).catch((error: { details: { field: string }[] }) => error);
  return (await refused) as unknown as { code: string; details: { field: string }[] };
};

test("an offered alarm has the same id whenever it is offered, and each is itself", () => {
  const one = offeredAlarms(configOf({ channels: [PROBE, HEATER], loops: [LOOP] }));
  const again = offeredAlarms(configOf({ channels: [PROBE, HEATER], loops: [LOOP] }));
  expect(again).toEqual(one);
  expect(new Set(one.map(({ id }) => id)).size).toBe(one.length);
  for (const { id } of one) expect(AlarmId.safeParse(id).success).toBe(true);
  expect(idWithin(PROBE.id, "a").slice(0, 15)).toBe(`${PROBE.id.slice(0, 13)}-7`);
});

test("made, changed, and removed; the first change keeps all that is offered", async () => {
  const { alarms, keeper, say } = await bench();
  expect(keeper.current().alarms).toBeNull();
  const before = alarms.list().length;
  const made = await alarms.create(TRY);
  expect(alarms.list()).toHaveLength(before + 1);
  expect(keeper.current().alarms).toHaveLength(before + 1);
  say(27);
  expect(alarms.standing()).toMatchObject([{ id: made.id, state: "unacknowledged", value: 27, unit: "°C" }]);
  expect(await alarms.acknowledge(made.id, { by: "bella", note: "Mine" })).toMatchObject({
    by: "bella",
    note: "Mine",
  });
  expect((await alarms.shelve(made.id, 60, { by: "bella" })).shelvedUntil).not.toBeNull();
  expect((await alarms.unshelve(made.id, { by: "bella" })).state).toBe("acknowledged");
  expect((await alarms.setInService(made.id, false, { by: "bella", note: "Broken" })).state).toBe(
    "out-of-service",
  );
  expect((await alarms.setInService(made.id, true, { by: "bella" })).state).toBe("acknowledged");
  await alarms.update(made.id, { name: "Try again" });
  expect(alarms.get(made.id)).toMatchObject({ name: "Try again", state: "acknowledged" });
  await expect(alarms.reset(newId(1), { by: "bella" })).rejects.toMatchObject({ code: "not-found" });
  await alarms.remove(made.id);
  expect(() => alarms.get(made.id)).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("standing ones come by priority, and the oldest first", async () => {
  const { alarms, clock, say } = await bench();
  await alarms.create({ ...TRY, name: "B", onDelayS: 1 });
  await alarms.create({ ...TRY, name: "C", priority: "critical", onDelayS: 2 });
  await alarms.create({ ...TRY, name: "A" });
  say(26.2);
  await clock.advance(5_000);
  expect(alarms.standing().map(({ name }) => name)).toEqual(["C", "A", "B"]);
});

test.each([
  ["a limit it needs", { setpoint: null }, ["setpoint"]],
  ["a channel that is not there", { channelId: newId(9) }, ["channelId"]],
  ["an output where a sensor is meant", { channelId: HEATER.id }, ["channelId"]],
  ["a window and a loop of no use", { windowS: 600, loopId: LOOP.id }, ["loopId", "windowS"]],
  ["a rate without a window", { kind: "rate-of-change" }, ["windowS"]],
  ["a change of nothing", { kind: "rate-of-change", windowS: 600, setpoint: 0 }, ["setpoint"]],
  ["a bit that is none", { kind: "digital", setpoint: 7 }, ["setpoint"]],
  ["the same probe twice", { kind: "discrepancy", otherChannelId: PROBE.id }, ["otherChannelId"]],
  ["probes of two units", { kind: "discrepancy", otherChannelId: PH.id }, ["otherChannelId"]],
  [
    "another that is no sensor",
    { kind: "discrepancy", channelId: newId(9), otherChannelId: HEATER.id },
    ["channelId", "otherChannelId"],
  ],
  ["a loop that is not there", { kind: "deviation", loopId: newId(9) }, ["loopId"]],
  ["a sensor for an output", { kind: "output-fault", setpoint: null }, ["channelId"]],
  ["a drift of nothing", { kind: "drift", channelId: null }, ["loopId"]],
  ["a drift of an output without a meter", { kind: "drift", channelId: HEATER.id }, ["channelId"]],
  ["no check", { kind: "controller", channelId: null, setpoint: null }, ["check"]],
] as const)("%s is refused by name", async (_, changes, fields) => {
  const { code, details } = await fieldsOf(changes)();
  expect([code, details.map(({ field }) => field).toSorted()]).toEqual(["invalid", [...fields].toSorted()]);
});

test("each kind is taken where its inputs fit", async () => {
  const { alarms } = await bench();
  const bare = { setpoint: null, channelId: null };
  for (const changes of [
    { kind: "discrepancy", otherChannelId: OTHER.id },
    { kind: "deviation", loopId: LOOP.id },
    { kind: "drift", channelId: null, loopId: LOOP.id, setpoint: 1.5 },
    { kind: "output-fault", ...bare, channelId: HEATER.id },
    { kind: "loop-warning", ...bare, loopId: LOOP.id },
    { kind: "controller", ...bare, check: "disk" },
  ] as const) {
    expect((await alarms.create({ ...TRY, ...changes })).kind).toBe(changes.kind);
  }
});

test("a new sensor brings its alarms; what was left as offered follows the set-point; what was changed or removed stays so", async () => {
  const { alarms, keeper } = await bench();
  const named = (name: string) => alarms.list().find((alarm) => alarm.name === name);
  const [high, low] = [named(`${PROBE.name} high`), named(`${PROBE.name} low`)];
  await alarms.update(low?.id ?? "", { setpoint: 20 });
  await alarms.remove(named("pH low")?.id ?? "");
  const fresh = channelConfig({ key: "orp", name: "ORP", quantity: "orp", unit: "mV" });
  await keeper.change((current) => ({
    ...current,
    channels: [...current.channels.filter(({ id }) => id !== OTHER.id), fresh],
    loops: [{ ...LOOP, setpointC: 24 }],
  }));
  expect(named("ORP high")).toBeDefined();
  expect(named(`${PROBE.name} high`)?.setpoint).toBeCloseTo((high?.setpoint ?? 0) - 1.5);
  expect(named(`${PROBE.name} low`)?.setpoint).toBe(20);
  expect(named("pH low")).toBeUndefined();
  expect(named("Sump high")).toBeUndefined();
});

test("a loop that an alarm of a keeper's own watches stays; its offered ones go with it", async () => {
  const { alarms, keeper } = await bench();
  const runtime = {
    stateOf: () => {
      throw new Error("not asked");
    },
    refill: () => undefined,
    onStateChange: () => () => undefined,
  };
  const loops = new LoopSettings({ keeper, runtime, clock: new VirtualClock() });
  const mine = await alarms.create({ ...TRY, kind: "deviation", loopId: LOOP.id });
  expect(alarmsUsing([LOOP.id], keeper.current())).toMatchObject([{ kind: "alarm", name: "Try" }]);
  await expect(loops.remove(LOOP.id)).rejects.toMatchObject({ code: "conflict" });
  await alarms.remove(mine.id);
  await loops.remove(LOOP.id);
  expect(alarms.list().filter(({ loopId }) => loopId === LoopId.parse(LOOP.id))).toEqual([]);
  expect(alarmsUsing([PROBE.id], configOf())).toEqual([]);
});
