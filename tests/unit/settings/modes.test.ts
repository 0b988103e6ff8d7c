import { expect, test } from "vitest";
import type { Configuration } from "#contract/configuration.ts";
import { ControllerId, LoopId, ModeId } from "#contract/ids.ts";
import { RuleConfig } from "#contract/loops.ts";
import { type ActiveMode, ModeCreate } from "#contract/modes.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ChannelSettings } from "#main/settings/channels.ts";
import { ConfigurationKeeper } from "#main/settings/configuration-keeper.ts";
import { DeviceSettings } from "#main/settings/devices.ts";
import { ModeSettings } from "#main/settings/modes.ts";
import type { DriverCatalog, ModeNews } from "#main/settings/ports.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";

const SINCE = "1970-01-01T00:00:00.000Z";
const PROBE = channelConfig();
const PUMP = outputChannel("return-pump");
const LIGHT = outputChannel("light", { kind: "dimmer" });
const GENERIC = outputChannel("generic");
const TOP_OFF = outputChannel("top-off");

const catalog: DriverCatalog = {
  types: () => [],
  parseParams: (_, params) => params as Record<string, never>,
  addressOf: () => null,
  isSimulated: () => true,
};

/** Modes over one tank, and a runtime that does as it is told. */
async function bench(changes: Partial<Configuration> = {}) {
  const controllerId = ControllerId.parse(newId(0));
  const keeper = new ConfigurationKeeper({
    repository: new FakeConfigurationRepository(),
    snapshot: new FakeConfigurationSnapshot(),
    controllerId,
    log: SILENT_LOG,
  });
  await keeper.change(() => configOf({ channels: [PROBE, PUMP, LIGHT, GENERIC, TOP_OFF], loops: [], ...changes }));
  const listeners = new Set<() => void>();
  const asked: unknown[] = [];
  const state: { active: ActiveMode | null } = { active: null };
  const runtime = {
    active: () => state.active,
    switchOn: async (modeId: string, request: object) => {
      asked.push({ modeId, ...request });
      const times = { startedAt: SINCE, endsAt: SINCE };
      const mode = { modeId: ModeId.parse(modeId), name: "Feed", kind: "feed" as const };
      state.active = { ...mode, stage: "on", ...times, by: "bella", held: [] };
    },
    switchOff: async (by: string) => {
      asked.push({ by });
      state.active = null;
    },
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const modes = new ModeSettings({ keeper, runtime, clock: new VirtualClock(1) });
  const news: ModeNews[] = [];
  const cancel = modes.onChange((item) => news.push(item));
  return { keeper, modes, state, asked, news, cancel, tell: () => [...listeners].map((l) => l()), listeners };
}

const feed = ModeCreate.parse({
  name: "Feed",
  kind: "feed",
  durationS: 900,
  outputs: [{ channelId: PUMP.id, level: 0 }],
});

test("a mode is made, listed, changed and removed, and each is told", async () => {
  const { modes, news } = await bench();
  const made = await modes.create(feed);
  expect(modes.list()).toEqual([made]);
  expect(made).toMatchObject({ ...feed, outputs: [{ channelId: PUMP.id, level: 0, returnsAfterS: 0 }] });
  expect(await modes.update(made.id, { durationS: 60 })).toEqual({ ...made, durationS: 60 });
  expect(modes.get(made.id).durationS).toBe(60);
  await modes.remove(made.id);
  expect(modes.list()).toEqual([]);
  expect(news).toEqual([0, 1, 2].map(() => ({ kind: "mode", id: made.id })));
  expect(() => modes.get(made.id)).toThrow("There is no mode with this id.");
  await expect(modes.update(made.id, {})).rejects.toMatchObject({ code: "not-found" });
  await expect(modes.remove(made.id)).rejects.toMatchObject({ code: "not-found" });
});

test("starting and stopping are the runtime's, and what is on is told until nobody listens", async () => {
  const { modes, asked, tell, news, cancel, listeners } = await bench();
  const made = await modes.create(feed);
  expect(await modes.start(made.id, { by: "bella", durationS: 60 })).toMatchObject({ modeId: made.id });
  expect(await modes.stop("bella")).toBeNull();
  expect(asked).toEqual([{ modeId: made.id, by: "bella", durationS: 60 }, { by: "bella" }]);
  tell();
  expect(news.at(-1)).toEqual({ kind: "active" });
  cancel();
  expect(listeners.size).toBe(0);
});

test("what it cannot hold is refused, each output by name", async () => {
  const { modes } = await bench();
  const refused = modes.create({
    ...feed,
    outputs: [
      { channelId: PROBE.id, level: 0, returnsAfterS: 0 },
      { channelId: GENERIC.id, level: 0, returnsAfterS: 0 },
      { channelId: PUMP.id, level: 50, returnsAfterS: 0 },
      { channelId: LIGHT.id, level: 50, returnsAfterS: 0 },
      { channelId: LIGHT.id, level: 0, returnsAfterS: 0 },
    ],
  });
  await expect(refused).rejects.toMatchObject({
    code: "invalid",
    details: [
      { field: "outputs.0", message: "must be an output" },
      { field: "outputs.1", message: expect.stringContaining("no role yet") },
      { field: "outputs.2", message: "a switch takes 0 or 100" },
      { field: "outputs.4", message: "is named twice" },
    ],
  });
});

test("a mode never switches a pump on that only its own loop may, but may hold it off", async () => {
  const { modes } = await bench();
  const pump = (level: number) => ({ ...feed, outputs: [{ channelId: TOP_OFF.id, level, returnsAfterS: 0 }] });
  await expect(modes.create(pump(100))).rejects.toMatchObject({
    code: "invalid",
    details: [{ field: "outputs.0", message: "a top-off pump is switched on by its own loop alone" }],
  });
  expect((await modes.create(pump(0))).outputs).toHaveLength(1);
});

test("a channel that is not there is named too", async () => {
  const { modes } = await bench({ channels: [PROBE] });
  await expect(modes.create(feed)).rejects.toMatchObject({
    details: [{ field: "outputs.0", message: "there is no such channel" }],
  });
});

test("one that a rule starts, or that is on, is not removed; one whose outputs are coming back may go", async () => {
  const { modes, keeper, state } = await bench();
  const made = await modes.create(feed);
  const rule = (actions: object[]) =>
    RuleConfig.parse({
      id: LoopId.parse(newId(7)),
      type: "rule",
      name: "Feed at noon",
      conditions: [{ kind: "time", from: "12:00", to: "12:01" }],
      actions,
    });
  const alarm = { kind: "alarm", priority: "low", text: "Noon." };
  await keeper.change((now) => ({ ...now, loops: [rule([alarm, { kind: "mode", modeId: made.id }])] }));
  await expect(modes.remove(made.id)).rejects.toMatchObject({
    code: "conflict",
    message: "These start it: Feed at noon.",
  });
  await keeper.change((now) => ({ ...now, loops: [...configOf().loops, rule([alarm])] }));
  await modes.start(made.id, { by: "bella" });
  await expect(modes.remove(made.id)).rejects.toMatchObject({ message: "Feed is on; stop it first." });
  if (state.active !== null) state.active = { ...state.active, stage: "returning" };
  await modes.remove(made.id);
  expect(modes.list()).toEqual([]);
});

test("a device whose outputs a mode holds stays, and such an output keeps a role", async () => {
  const { modes, keeper } = await bench();
  const made = await modes.create(feed);
  const channels = new ChannelSettings({ keeper, catalog, log: SILENT_LOG });
  await expect(channels.update(PUMP.id, { role: "generic" })).rejects.toMatchObject({
    code: "conflict",
    details: [{ field: "role", message: `used by mode ${made.id}` }],
  });
  expect((await channels.update(PUMP.id, { role: "circulation" })).role).toBe("circulation");
  const deviceId = keeper.current().devices[0]?.id ?? "";
  await keeper.change((now) => ({
    ...now,
    channels: now.channels.map((c) => ({ ...c, deviceId: deviceId as typeof c.deviceId })),
  }));
  const runtime = {
    status: () => ({ state: "online" as const, since: SINCE, lastError: null }),
    contacted: async () => undefined,
    test: async () => ({ ok: true, detail: "", latencyMs: 1 }),
    onStatusChange: () => () => undefined,
  };
  const devices = new DeviceSettings({ keeper, catalog, runtime, clock: new VirtualClock() });
  await expect(devices.remove(deviceId)).rejects.toMatchObject({
    code: "conflict",
    details: [{ field: "modes", message: `${made.id} Feed` }],
  });
  await modes.remove(made.id);
  await devices.remove(deviceId);
});
