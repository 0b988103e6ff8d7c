import { expect, test } from "vitest";
import { Guards } from "#contract/guards.ts";
import { Arbiter } from "#main/outputs/arbiter.ts";
import type { PersistedOutputs } from "#main/outputs/ports.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { START_MS, SWITCH_ON } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const NEVER = () => new Promise<never>(() => undefined);
const HEATER = outputChannel("heater", { name: "heater" });
const PUMP = outputChannel("return-pump", { name: "pump" });
const NOTHING_KEPT: PersistedOutputs = {
  emergencyStop: { isActive: false, since: null, by: null },
  outputs: [],
};

/** An arbiter in whose surroundings every record, log line, listener and store is noted, and throws or never answers. */
async function nastyBench() {
  const order: string[] = [];
  const nasty = (what: string) => () => {
    order.push(what);
    throw new Error(`the ${what} is broken`);
  };
  const clock = new VirtualClock(START_MS);
  let isStoreThere = true;
  const save = (): Promise<void> => {
    order.push("store");
    return isStoreThere ? Promise.resolve() : NEVER();
  };
  const arbiter = new Arbiter({
    clock,
    store: {
      load: async () => NOTHING_KEPT,
      saveOutput: save,
      saveEmergencyStop: save,
    },
    events: { append: nasty("record") },
    log: { debug: nasty("log"), info: nasty("log"), warn: nasty("log"), error: nasty("log") },
  });
  arbiter.onChange(nasty("listener"));
  await arbiter.start();
  for (const channel of [HEATER, PUMP]) {
    const device = new FakeActuator(0, (levelPct) => order.push(`${channel.name} ${levelPct}`));
    await arbiter.register(channel, device);
  }
  arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await clock.advance(5_000);
  order.length = 0;
  isStoreThere = false;
  return { arbiter, clock, order };
}

function commandsOf(order: readonly string[]): readonly string[] {
  return order.filter((entry) => entry.startsWith("heater") || entry.startsWith("pump"));
}

test("when an interlock breaks, the off goes out before anything is recorded, logged, kept or told", async () => {
  const { arbiter, order } = await nastyBench();
  arbiter.addInterlock({ channelId: HEATER.id, blocked: () => ({ code: "sensor-not-good", text: "Bad." }) });
  expect(order[0]).toBe("heater 0");
  expect(new Set(order)).toEqual(new Set(["heater 0", "record", "log", "listener", "store"]));
});

test("an emergency stop commands every output before anything else, and ends within a second", async () => {
  const { arbiter, clock, order } = await nastyBench();
  let isOver = false;
  void arbiter.engageEmergencyStop("anna").then(() => {
    isOver = true;
  });
  expect(order.slice(0, 2)).toEqual(["heater 0", "pump 0"]);
  await clock.advance(1_000);
  expect(isOver).toBe(true);
});

test("a latch commands its off before it is kept", async () => {
  const { arbiter, clock, order } = await nastyBench();
  const fan = outputChannel("fan");
  const device = new FakeActuator(0, (levelPct) => order.push(`fan ${levelPct}`));
  await arbiter.register(fan, device);
  arbiter.request(fan.id, "loop:1", SWITCH_ON);
  await clock.advance(5_000);
  order.length = 0;
  const capped = outputChannel("fan", {
    settings: { guards: Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: 5 }) },
  });
  await arbiter.register({ ...capped, id: fan.id }, device);
  expect(order[0]).toBe("fan 0");
  expect(order).toContain("record");
});

test("a spent budget commands its off before that is kept, and no timer of its waits for a store", async () => {
  const { arbiter, clock, order } = await nastyBench();
  const fan = outputChannel("fan", {
    settings: { guards: Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: null, budgetS: { perHour: 5 } }) },
  });
  await arbiter.register(fan, new FakeActuator(0, (levelPct) => order.push(`fan ${levelPct}`)));
  arbiter.request(fan.id, "loop:1", SWITCH_ON);
  await clock.advance(4_999);
  order.length = 0;
  await clock.advance(1);
  expect(order[0]).toBe("fan 0");
  expect(order).toContain("record");
});

test("what cuts a welded heater's outlet is commanded before the fault is recorded, logged, kept or told", async () => {
  const { arbiter, clock, order } = await nastyBench();
  const master = outputChannel("skimmer", { name: "master" });
  await arbiter.register(master, new FakeActuator(0, (levelPct) => order.push(`master ${levelPct}`)));
  const isStuck = () => arbiter.get(HEATER.id).faults.some(({ code }) => code === "stuck-on");
  arbiter.addInterlock({
    channelId: master.id,
    blocked: () => (isStuck() ? { code: "cuts-stuck-load", text: "Cut." } : null),
    onChange: (listener) => arbiter.onChange(() => listener()),
  });
  arbiter.request(master.id, "loop:2", SWITCH_ON);
  await clock.advance(5_000);
  order.length = 0;
  arbiter.raiseFault(HEATER.id, { code: "stuck-on", text: "Welded.", latched: true });
  expect(order.slice(0, 2)).toEqual(["heater 0", "master 0"]);
  expect(order).toContain("record");
});

test("everything broken around it stops no cycle: a device switched by hand is still taken back", async () => {
  const { clock, order, arbiter } = await nastyBench();
  arbiter.request(HEATER.id, "loop:1", null);
  await clock.advance(61_000);
  expect(commandsOf(order).at(-1)).toBe("heater 0");
});

test("the end drives every output to its safe state before anything else", async () => {
  const { arbiter, clock, order } = await nastyBench();
  let isOver = false;
  void arbiter.stop().then(() => {
    isOver = true;
  });
  expect(order[0]).toBe("heater 0");
  await clock.advance(4_000);
  expect(isOver).toBe(true);
});
