import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import type { Configuration } from "#contract/configuration.ts";
import type { ReefFault } from "#contract/errors.ts";
import { ChannelId, ControllerId } from "#contract/ids.ts";
import { TopOffConfig } from "#contract/loops.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ChannelSettings } from "#main/settings/channels.ts";
import { ConfigurationKeeper } from "#main/settings/configuration-keeper.ts";
import { LoopSettings } from "#main/settings/loops.ts";
import { TankProfile } from "#main/settings/tank.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { thermostatConfig, thermostatState } from "#tests/builders/thermostat.ts";
import { HIGH, LEAK, LEVEL, PUMP, RESERVOIR, RETURN } from "#tests/builders/top-off-bench.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";

const CHILLER = outputChannel("chiller");
const WATER = channelConfig({ name: "Water" });
/** The pump gives 20 mL/s for at most 300 s: 6 L. */
const ROOMY = { sumpFreeL: 18, backDrainL: 12 };

async function settingsOn(tank: Partial<Configuration["tank"]> = ROOMY, pump: ChannelConfig = PUMP) {
  const keeper = new ConfigurationKeeper({
    repository: new FakeConfigurationRepository(),
    snapshot: new FakeConfigurationSnapshot(),
    controllerId: ControllerId.parse(newId(0)),
    log: SILENT_LOG,
  });
  const channels = [LEVEL, HIGH, RESERVOIR, LEAK, RETURN, WATER, CHILLER, pump];
  const start = configOf();
  await keeper.change(() => ({ ...start, channels, loops: [], tank: { ...start.tank, ...tank } }));
  const runtime = {
    stateOf: () => thermostatState(),
    onStateChange: () => () => undefined,
    refill: async () => undefined,
  };
  const catalog = { types: () => [], parseParams: () => ({}), addressOf: () => null, isSimulated: () => true };
  return {
    loops: new LoopSettings({ keeper, runtime, clock: new VirtualClock() }),
    channels: new ChannelSettings({ keeper, catalog, log: SILENT_LOG }),
    tank: new TankProfile(keeper),
  };
}

function topOff(changes: Partial<TopOffConfig> = {}) {
  const { id: _, ...create } = TopOffConfig.parse({
    id: newId(0),
    type: "top-off",
    name: "Top-off",
    pumpChannelId: PUMP.id,
    levelChannelId: LEVEL.id,
    highLevelChannelId: HIGH.id,
    reservoirChannelId: RESERVOIR.id,
    returnPumpChannelId: RETURN.id,
    leakChannelIds: [LEAK.id],
    ...changes,
  });
  return create;
}

/** What each refusal says, by field. */
async function refusalOf(work: Promise<unknown>) {
  const fault = (await work.then(
    () => null,
    (error: unknown) => error,
  )) as ReefFault | null;
  return fault && { code: fault.code, fields: fault.details.map(({ field }) => field), details: fault.details };
}

test("a top-off whose longest run and back-drain fit the free sump is saved", async () => {
  const { loops } = await settingsOn();
  expect(await loops.create(topOff())).toMatchObject({ type: "top-off", fillBelow: 0.5 });
});

test("one that could run over is refused, with the volumes", async () => {
  const { loops } = await settingsOn({ ...ROOMY, sumpFreeL: 17.9 });
  const refusal = await refusalOf(loops.create(topOff()));
  expect(refusal).toMatchObject({ code: "invalid", fields: ["pumpChannelId"] });
  expect(refusal?.details[0]?.message).toBe(
    "6 L in the pump's 300 s and 12 L of back-drain would run over: the sump has 17.9 L free; shorten guards.maxOnS or use a smaller pump",
  );
});

test("a figure nobody gave fits nowhere: each that is missing is named", async () => {
  const bare = outputChannel("top-off", { name: "Bare" });
  const pump = {
    ...bare,
    id: PUMP.id,
    output: bare.output && { ...bare.output, guards: { ...bare.output.guards, maxOnS: null } },
  };
  const { loops } = await settingsOn({ sumpFreeL: null, backDrainL: null }, pump);
  expect(await refusalOf(loops.create(topOff()))).toMatchObject({
    fields: ["equipment.flowMlPerS", "guards.maxOnS", "sumpFreeL", "backDrainL"],
  });
});

test("every channel must be what it is used as", async () => {
  const { loops } = await settingsOn();
  const wrong = topOff({
    pumpChannelId: RETURN.id,
    levelChannelId: WATER.id,
    highLevelChannelId: LEAK.id,
    reservoirChannelId: PUMP.id,
    returnPumpChannelId: PUMP.id,
    leakChannelIds: [LEVEL.id, ChannelId.parse(newId(4))],
  });
  const refusal = await refusalOf(loops.create(wrong));
  expect(new Set(refusal?.fields)).toEqual(
    new Set([
      "pumpChannelId",
      "levelChannelId",
      "highLevelChannelId",
      "reservoirChannelId",
      "returnPumpChannelId",
      "leakChannelIds",
      "equipment.flowMlPerS",
      "guards.maxOnS",
    ]),
  );
  const nowhere = topOff({ pumpChannelId: ChannelId.parse(newId(5)) });
  expect((await refusalOf(loops.create(nowhere)))?.details).toEqual([
    { field: "pumpChannelId", message: "there is no such channel" },
  ]);
});

test.each([
  [{ fillBelow: 66, fillUntil: 65 }, "fillUntil"],
  [{ fillBelow: 66, fillUntil: 66 }, "fillUntil"],
  [{ highLevelChannelId: LEVEL.id }, "highLevelChannelId"],
  [{ reservoirChannelId: LEVEL.id }, "reservoirChannelId"],
])("levels that waves would cross, and sensors used twice, are refused (%#)", async (changes, field) => {
  const { loops } = await settingsOn();
  expect(await refusalOf(loops.create(topOff(changes)))).toMatchObject({ fields: [field] });
});

test("afterwards nothing may be changed so that it could run over: not its pump, not the sump", async () => {
  const { loops, channels, tank } = await settingsOn();
  await loops.create(
    thermostatConfig({ sensorChannelId: WATER.id, heaterChannelId: null, chillerChannelId: CHILLER.id }),
  );
  const loop = await loops.create(topOff());
  expect(await refusalOf(channels.update(PUMP.id, { guards: { maxOnS: 301 } }))).toMatchObject({
    code: "conflict",
  });
  expect(await refusalOf(channels.update(PUMP.id, { equipment: { flowMlPerS: 25 } }))).not.toBeNull();
  expect(await refusalOf(tank.update({ sumpFreeL: 10 }))).toMatchObject({
    code: "conflict",
    fields: ["pumpChannelId"],
  });
  expect(await refusalOf(tank.update({ backDrainL: null }))).toMatchObject({ fields: ["backDrainL"] });
  expect(await refusalOf(channels.update(PUMP.id, { guards: { maxOnS: 200 } }))).toBeNull();
  expect(await refusalOf(tank.update({ tankName: "Lagoon" }))).toBeNull();
  await loops.remove(loop.id);
  expect(await refusalOf(tank.update({ sumpFreeL: 10 }))).toBeNull();
});
