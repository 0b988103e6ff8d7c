import { expect, onTestFinished, test } from "vitest";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { probeDevice, VirtualTank } from "#tests/virtual-tank.ts";

/** Hours of a whole tank, second by second, on a machine that is busy with other things. */
const LONG_MS = 60_000;

async function running(tank: VirtualTank = new VirtualTank(), ...start: Parameters<VirtualTank["start"]>) {
  await tank.start(...start);
  onTestFinished(() => tank.stop());
  return tank;
}

test(
  "the demo's heater keeps 25.5 °C ±0.3 for an hour of simulated weather, after the first minutes to get there",
  async () => {
    const demo = await running();
    await demo.clock.advance(3_600_000);
    const values = demo.of("display-temperature").map((r) => r.value ?? Number.NaN);
    expect(values).toHaveLength(3_601);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(25.2);
    expect(Math.max(...values)).toBeLessThanOrEqual(25.8);
    expect(demo.of("display-temperature").every((r) => r.quality === "good")).toBe(true);
  },
  LONG_MS,
);

test(
  "two devices at 1 s and 5 s give 60 and 12 readings a minute, exactly, for an hour, beside a third that hangs",
  async () => {
    const devices = [probeDevice(1), probeDevice(5), probeDevice(2, { faults: ["hang"] })];
    const tank = await running(new VirtualTank(), {
      ...NOTHING_CONFIGURED,
      hardware: "simulated",
      devices: devices.map((d) => d.device),
      channels: devices.map((d) => d.channel),
    });
    tank.published.length = 0;
    await tank.clock.advance(3_600_000);
    const byChannel = devices.map(({ channel }) => tank.published.filter((r) => r.channelId === channel.id));
    expect(byChannel[0]).toHaveLength(3_600);
    expect(byChannel[1]).toHaveLength(720);
    expect(byChannel[2]?.every((r) => r.quality === "bad" && r.reason === "comm")).toBe(true);
    for (const [i, perMinute] of [60, 12].entries()) {
      const counts = new Map<number, number>();
      const from = byChannel[i]?.[0]?.takenAtMs ?? 0;
      for (const { takenAtMs } of byChannel[i] ?? []) {
        const minute = Math.floor((takenAtMs - from) / 60_000);
        counts.set(minute, (counts.get(minute) ?? 0) + 1);
      }
      expect(new Set(counts.values())).toEqual(new Set([perMinute]));
    }
  },
  LONG_MS,
);

test.each(["probe-vanishes", "probe-reads-85", "probe-reads-minus-7-1", "probe-reads-127-94"])(
  "%s: the heater is off within one control cycle of the first reading that is not good, and on again when the probe is back",
  async (fault) => {
    const demo = await running();
    await demo.clock.advance(10_000);
    const heater = demo.channel("heater").id;
    expect(demo.tank.outputs.get(heater)).toMatchObject({ actual: 100, owner: "loop" });
    demo.setFaults(fault);
    await demo.clock.advance(2_000);
    expect(demo.of("display-temperature").at(-1)?.quality).not.toBe("good");
    expect(demo.tank.outputs.get(heater)).toMatchObject({ actual: 0, owner: "interlock" });
    demo.setFaults();
    await demo.clock.advance(1_200_000);
    expect(demo.tank.outputs.get(heater)).toMatchObject({ actual: 100, owner: "loop" });
  },
);

test("a plug that cannot be reached is unknown, never off; its device's probe keeps being read", async () => {
  const demo = await running();
  await demo.clock.advance(10_000);
  demo.setFaults({ name: "plug-unreachable-for-good", key: "heater" });
  await demo.clock.advance(10_000);
  expect(demo.tank.outputs.get(demo.channel("heater").id)).toMatchObject({ actual: null });
  expect(demo.of("display-temperature").at(-1)?.quality).toBe("good");
});

test("a stop drives every output to its safe state", async () => {
  const demo = new VirtualTank();
  await demo.start();
  await demo.clock.advance(10_000);
  await demo.stop();
  const last = new Map(demo.events.filter((e) => e.kind === "safe-state").map((e) => [e.channelId, e.levelPct]));
  expect(last.get(demo.channel("heater").id)).toBe(0);
  expect(last.get(demo.channel("return-pump").id)).toBe(100);
});

test("a device that is disabled lets its outputs go safe, and one that is removed is forgotten", async () => {
  const demo = await running();
  await demo.clock.advance(10_000);
  const { configuration } = demo;
  demo.apply({ ...configuration, devices: configuration.devices.map((d) => ({ ...d, isEnabled: false })) });
  await demo.clock.advance(5_000);
  expect(
    demo.events.some(
      (e) => e.kind === "safe-state" && e.channelId === demo.channel("heater").id && e.levelPct === 0,
    ),
  ).toBe(true);
  expect(demo.tank.outputs.list()).toEqual([]);
  demo.apply({ ...configuration, devices: [], channels: [], loops: [] });
  expect(demo.tank.acquisition.state().pollers).toEqual([]);
});

test("paused polling: readings go stale, the heater goes off, and it all returns when it is resumed", async () => {
  const demo = await running();
  await demo.clock.advance(10_000);
  demo.apply({ ...demo.configuration, isAcquisitionRunning: false });
  const before = demo.of("display-temperature").length;
  await demo.clock.advance(120_000);
  expect(demo.of("display-temperature").at(-1)).toMatchObject({ quality: "uncertain", reason: "stale" });
  expect(demo.of("display-temperature").length - before).toBe(1);
  expect(demo.tank.outputs.get(demo.channel("heater").id)).toMatchObject({ actual: 0, owner: "interlock" });
  demo.apply({ ...demo.configuration, isAcquisitionRunning: true });
  await demo.clock.advance(300_000);
  expect(demo.tank.outputs.get(demo.channel("heater").id)).toMatchObject({ actual: 100, owner: "loop" });
});

test(
  "the demo's top-off waits ten minutes after the start, fills its sump to the level, and stops",
  async () => {
    const demo = await running();
    const pump = demo.channel("top-off").id;
    const loops = demo.configuration.loops.map((loop) =>
      loop.type === "top-off" ? { ...loop, fillBelow: 69, fillUntil: 70 } : loop,
    );
    demo.apply({ ...demo.configuration, loops });
    await demo.clock.advance(590_000);
    const stateNow = () =>
      loops.filter(({ type }) => type === "top-off").map(({ id }) => demo.tank.loops.stateOf(id));
    expect(stateNow()).toMatchObject([{ state: "waiting" }]);
    expect(demo.tank.outputs.get(pump)).toMatchObject({ actual: 0 });
    await demo.clock.advance(30_000);
    expect(demo.tank.outputs.get(pump)).toMatchObject({ actual: 100, owner: "loop" });
    expect(stateNow()).toMatchObject([{ state: "filling", warnings: [] }]);
    await demo.clock.advance(270_000);
    expect(demo.tank.outputs.get(pump)).toMatchObject({ actual: 0, faults: [] });
    expect(stateNow()).toMatchObject([{ state: "idle", evaporationLPerDay: null }]);
    const levels = demo
      .of("sump-level")
      .slice(-30)
      .map(({ value }) => value ?? 0);
    expect(Math.max(...levels)).toBeLessThan(73);
    expect(Math.min(...levels)).toBeGreaterThan(68);
  },
  LONG_MS,
);
