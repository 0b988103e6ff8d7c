import { expect, onTestFinished, test } from "vitest";
import type { ThermostatConfig } from "#contract/loops.ts";
import { NOTHING_KEPT } from "#main/outputs/nothing-kept.ts";
import type { OutputStateStore, PersistedOutput } from "#main/outputs/ports.ts";
import { VirtualTank } from "#tests/virtual-tank.ts";

async function heating(): Promise<VirtualTank> {
  const demo = await new VirtualTank().start();
  onTestFinished(() => demo.stop());
  await demo.clock.advance(10_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
  return demo;
}

const heaterOf = (demo: VirtualTank) => demo.tank.outputs.get(demo.channel("heater").id);

function loopOf(demo: VirtualTank): ThermostatConfig {
  const [loop] = demo.configuration.loops;
  if (loop?.type !== "thermostat") throw new Error("no thermostat");
  return loop;
}

function change(demo: VirtualTank, loop: Partial<ThermostatConfig>): void {
  demo.apply({ ...demo.configuration, loops: [{ ...loopOf(demo), ...loop }] });
}

test.each([
  ["removed", (demo: VirtualTank) => demo.apply({ ...demo.configuration, loops: [] })],
  ["switched off", (demo: VirtualTank) => change(demo, { isEnabled: false })],
])(
  "a loop that is %s while it heats leaves its heater off, after the shortest time on at the latest",
  async (_, end) => {
    const demo = await heating();
    end(demo);
    await demo.clock.advance(60_000);
    expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "none", confirmation: "confirmed" });
    await demo.clock.advance(600_000);
    expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "none" });
  },
);

test("the tank's zone and volumes, another loop's edit and a new loop leave a heater that is on alone", async () => {
  const demo = await heating();
  const told = () =>
    demo.events.filter(({ kind, channelId }) => kind === "commanded" && channelId === demo.channel("heater").id);
  const before = told().length;
  const { configuration } = demo;
  demo.apply({ ...configuration, tank: { ...configuration.tank, timeZone: "Asia/Tokyo", systemVolumeL: 380 } });
  const others = configuration.loops.map((loop) => (loop.type === "top-off" ? { ...loop, onDelayS: 20 } : loop));
  demo.apply({ ...configuration, loops: others.toReversed() });
  demo.apply({ ...configuration, loops: others.filter(({ type }) => type === "thermostat") });
  demo.apply({ ...configuration, loops: configuration.loops });
  await demo.clock.advance(5_000);
  expect(told()).toHaveLength(before);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
});

test("a loop that gets another sensor is judged by that one alone, at once", async () => {
  const demo = await heating();
  change(demo, { sensorChannelId: demo.channel("sump-temperature").id });
  await demo.clock.advance(2_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
  demo.setFaults({ name: "probe-vanishes", key: "display-temperature" });
  await demo.clock.advance(5_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
  demo.setFaults({ name: "probe-vanishes", key: "sump-temperature" });
  await demo.clock.advance(2_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "interlock" });
});

test("with a second probe one may die; when both are dead the heater is off", async () => {
  const demo = await heating();
  change(demo, { secondSensorChannelId: demo.channel("sump-temperature").id });
  demo.setFaults({ name: "probe-vanishes", key: "display-temperature" });
  await demo.clock.advance(5_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
  demo.setFaults(
    { name: "probe-vanishes", key: "display-temperature" },
    { name: "probe-reads-minus-7-1", key: "sump-temperature" },
  );
  await demo.clock.advance(3_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "interlock" });
});

test("a device that is opened anew while it heats first lets its heater go off, and heats again after the shortest time off", async () => {
  const demo = await heating();
  const [tank, ...others] = demo.configuration.devices;
  if (tank === undefined) throw new Error("no device");
  const wider = { ...tank, params: { ...tank.params, volumeL: 500 } };
  demo.apply({ ...demo.configuration, devices: [wider, ...others] });
  await demo.clock.advance(5_000);
  const left = demo.events.filter((e) => e.kind === "safe-state" && e.channelId === demo.channel("heater").id);
  expect(left.map((e) => e.levelPct)).toEqual([0]);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, confirmation: "confirmed", faults: [] });
  expect(demo.tank.devices.status(tank.id).state).toBe("online");
  await demo.clock.advance(200_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop", faults: [] });
});

test("a device that is disabled and enabled again in the same breath comes back with every output confirmed", async () => {
  const demo = await heating();
  const { devices } = demo.configuration;
  for (let i = 0; i < 3; i++) {
    demo.apply({ ...demo.configuration, devices: devices.map((d) => ({ ...d, isEnabled: false })) });
    demo.apply({ ...demo.configuration, devices });
  }
  await demo.clock.advance(5_000);
  const plugs = demo.tank.outputs.list().filter((o) => o.role !== "light");
  expect(plugs).toHaveLength(6);
  for (const plug of plugs)
    expect(plug).toMatchObject({ actual: plug.requested, confirmation: "confirmed", faults: [] });
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "interlock", reason: { code: "min-off" } });
  await demo.clock.advance(200_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
});

test("another configuration that makes the heater a plain socket takes it from its loop, and it goes off", async () => {
  const demo = await heating();
  const heater = demo.channel("heater");
  const channels = demo.configuration.channels.map((c) =>
    c.id === heater.id ? { ...c, role: "generic" as const } : c,
  );
  demo.apply({ ...demo.configuration, channels });
  await demo.clock.advance(61_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "none" });
});

test("an emergency stop that comes before the devices do holds them all, from their first moment", async () => {
  const demo = new VirtualTank();
  const nothing = { ...demo.demo(), devices: [], channels: [], loops: [] };
  await demo.start(nothing);
  onTestFinished(() => demo.stop());
  void demo.tank.outputs.engageEmergencyStop("keeper");
  demo.apply(demo.demo());
  await demo.clock.advance(5_000);
  const commands = demo.events.filter((e) => e.kind === "commanded");
  expect(commands.every((e) => e.levelPct === 0 && e.owner === "emergency-stop")).toBe(true);
  expect(demo.tank.outputs.list().every((o) => o.actual === 0)).toBe(true);
});

test('an override of before a restart holds on for the rest of its time, and an "on" waits for a good reading', async () => {
  const demo = new VirtualTank();
  const configuration = { ...demo.demo(), loops: [] };
  const heaterId = configuration.channels.find((c) => c.key === "heater")?.id;
  if (heaterId === undefined) throw new Error("no heater");
  const kept: PersistedOutput = {
    channelId: heaterId,
    faults: [],
    lastOnAtMs: null,
    lastOffAtMs: demo.clock.nowMs() - 600_000,
    override: { levelPct: 100, untilMs: demo.clock.nowMs() + 60_000, by: "keeper" },
    savedAtMs: demo.clock.nowMs() - 1_000,
  };
  const store: OutputStateStore = {
    ...NOTHING_KEPT,
    load: async () => ({ ...(await NOTHING_KEPT.load()), outputs: [kept] }),
  };
  await demo.start(configuration, store);
  onTestFinished(() => demo.stop());
  await demo.clock.advance(5_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "manual" });
  const firstOn = demo.events.find(
    (e) => e.channelId === heaterId && e.kind === "commanded" && e.levelPct === 100,
  );
  expect(firstOn?.owner).toBe("manual");
  await demo.clock.advance(60_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "none" });
});

test.each([3_600_000, -3_600_000])(
  "a wall clock that steps by %i ms neither switches the heater nor makes a reading stale",
  async (byMs) => {
    const demo = await heating();
    const commands = () => demo.events.filter((e) => e.kind === "commanded").length;
    const before = commands();
    demo.clock.stepWall(byMs);
    await demo.clock.advance(30_000);
    expect(commands()).toBe(before);
    expect(demo.of("display-temperature").at(-1)?.quality).toBe("good");
  },
);

test("a device that is unplugged while it heats: its outputs are unknown, it is told off, and it heats again when it is back", async () => {
  const demo = await heating();
  demo.setFaults("unplugged");
  await demo.clock.advance(5_000);
  expect(heaterOf(demo)).toMatchObject({ actual: null, requested: 0, owner: "interlock" });
  expect(demo.tank.devices.status(demo.configuration.devices[0]?.id as never)).toMatchObject({ state: "offline" });
  demo.setFaults();
  await demo.clock.advance(400_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop", faults: [] });
});

test("a heater whose only probe is asked once a day heats for half an hour after each reading, and no longer", async () => {
  const demo = await heating();
  const channels = demo.configuration.channels.map((c) =>
    c.kind === "sensor" ? { ...c, pollIntervalS: 86_400 } : c,
  );
  demo.apply({ ...demo.configuration, channels });
  await demo.clock.advance(1_795_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 100, owner: "loop" });
  await demo.clock.advance(10_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "interlock" });
  await demo.clock.advance(3_600_000);
  expect(heaterOf(demo)).toMatchObject({ actual: 0, owner: "interlock" });
});
