import { expect, test } from "vitest";
import { Guards } from "#contract/guards.ts";
import type { Output } from "#contract/outputs.ts";
import {
  arbiterBench,
  during,
  SWITCH_OFF,
  SWITCH_ON,
  started,
  withOutput,
} from "#tests/builders/arbiter-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const HEATER = outputChannel("heater");
const PUMP = outputChannel("return-pump");
const LAMP = outputChannel("light", { kind: "dimmer" });

test("a sensor cannot be driven", async () => {
  const bench = await started(arbiterBench());
  const refused = bench.arbiter.register(channelConfig(), new FakeActuator());
  await expect(refused).rejects.toMatchObject({ code: "invalid" });
});

test("an output whose settings were never kept has its role's", async () => {
  const bench = await started(arbiterBench());
  const bare = { ...HEATER, output: null };
  await withOutput(bench, bare);
  expect(bench.arbiter.get(bare.id)).toMatchObject({ role: "heater", safeState: 0, guards: { minOffS: 180 } });
});

test("an output with a sensor's role is switched by hand alone", async () => {
  const bench = await started(arbiterBench());
  const odd = { ...outputChannel("generic"), role: "display" as const };
  await withOutput(bench, odd);
  expect(bench.arbiter.get(odd.id).role).toBe("generic");
  expect(() => bench.arbiter.request(odd.id, "loop:1", SWITCH_ON)).toThrowError(
    expect.objectContaining({ code: "interlocked" }),
  );
  bench.arbiter.request(odd.id, "loop:1", null);
});

test("an output has one claimant at a time, and is free when that lets go", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_OFF);
  expect(() => bench.arbiter.request(HEATER.id, "loop:2", SWITCH_ON)).toThrowError(
    expect.objectContaining({ code: "conflict", context: { holder: "loop:1", claimant: "loop:2" } }),
  );
  bench.arbiter.request(HEATER.id, "loop:2", null);
  expect(bench.arbiter.get(HEATER.id).owner).toBe("loop");
  bench.arbiter.request(HEATER.id, "loop:1", null);
  expect(bench.arbiter.get(HEATER.id).owner).toBe("none");
  bench.arbiter.request(HEATER.id, "schedule:2", SWITCH_ON);
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({ owner: "schedule", requested: 100 });
});

test("a mode goes before the loop, which takes over again after it", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, PUMP);
  bench.arbiter.request(PUMP.id, "loop:1", SWITCH_ON);
  bench.arbiter.request(PUMP.id, "mode:feed", { levelPct: 0, code: "feed", text: "Feeding." });
  expect(bench.arbiter.get(PUMP.id)).toMatchObject({ owner: "mode", requested: 0 });
  expect(bench.events.events.at(-1)).toMatchObject({ by: "mode:feed" });
  bench.arbiter.request(PUMP.id, "mode:feed", null);
  await bench.clock.advance(30_000);
  expect(pump.levelPct).toBe(100);
});

test("only its words changed: the card says the new ones, and nothing is commanded or recorded", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", { ...SWITCH_ON, text: "Heating: 25.30 °C." });
  await bench.clock.advance(0);
  const before = bench.events.events.length;
  bench.arbiter.request(HEATER.id, "loop:1", { ...SWITCH_ON, text: "Heating: 25.31 °C." });
  await bench.clock.advance(1_000);
  expect(bench.arbiter.get(HEATER.id).reason.text).toBe("Heating: 25.31 °C.");
  expect(heater.told).toEqual([0, 100]);
  expect(bench.events.events).toHaveLength(before);
});

test("listeners hear of facts at once, and of mere words every 10 s", async () => {
  const bench = await started(arbiterBench());
  const heard: Output[] = [];
  await withOutput(bench, HEATER);
  const cancel = bench.arbiter.onChange((output) => heard.push(output));
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  expect(heard.map(({ confirmation }) => confirmation)).toEqual(["pending", "confirmed"]);
  for (let s = 1; s <= 20; s++) {
    bench.arbiter.request(HEATER.id, "loop:1", { ...SWITCH_ON, text: `Heating for ${s} s.` });
    await bench.clock.advance(1_000);
  }
  expect(heard.slice(2).map(({ reason }) => reason.text)).toEqual(["Heating for 10 s.", "Heating for 20 s."]);
  cancel();
  bench.arbiter.request(HEATER.id, "loop:1", null);
  expect(heard).toHaveLength(4);
});

test("a new configuration never blips the output, and holds from then on", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(10_000);
  const changed = {
    ...HEATER,
    name: "Heater 2",
    output: HEATER.output && { ...HEATER.output, safeState: 0 as const },
  };
  await withOutput(bench, changed, heater);
  await bench.clock.advance(10_000);
  expect(heater.told).toEqual([0, 100, 100]);
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({
    name: "Heater 2",
    owner: "loop",
    confirmation: "confirmed",
  });
});

test("an output that loses its role is let go by whoever held it", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(61_000);
  await withOutput(bench, { ...HEATER, role: "generic" });
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({ owner: "none", requested: 0 });
});

test("one that is let go is driven to its safe state, and its latch is there when it comes back", async () => {
  const bench = await started(arbiterBench());
  const guards = Guards.parse({ minOnS: 0, minOffS: 0, maxOnS: 10 });
  const fan = outputChannel("fan", { settings: { guards } });
  const device = await withOutput(bench, fan);
  bench.arbiter.request(fan.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(11_000);
  await during(bench.clock, bench.arbiter.unregister(fan.id), 3_000);
  expect(bench.arbiter.list()).toEqual([]);
  expect(bench.log.lines.at(-1)).toMatchObject({
    message: "output is in its safe state",
    fields: { channelId: fan.id, levelPct: 0 },
  });

  await withOutput(bench, fan, device);
  expect(bench.arbiter.get(fan.id).faults).toMatchObject([{ code: "max-on" }]);
  await bench.arbiter.unregister(PUMP.id);
});

test("one that is let go while its device hangs is gone after 2 s, and a new start waits for that", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  heater.writeMood = "hanging";
  const gone = [bench.arbiter.unregister(HEATER.id), bench.arbiter.unregister(HEATER.id)];
  const back = bench.arbiter.register(HEATER, new FakeActuator());
  await during(bench.clock, Promise.all(gone), 2_500);
  await during(bench.clock, back, 2_500);
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({ owner: "none", confirmation: "confirmed" });
});

test("the end drives every output to its safe state, waits for it, and says one line for each", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  const pump = await withOutput(bench, PUMP);
  const lamp = await withOutput(bench, LAMP, new FakeActuator(40));
  const blind = new FakeActuator();
  blind.isBlind = true;
  await withOutput(bench, outputChannel("fan", { name: "blind" }), blind);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  bench.arbiter.request(LAMP.id, "schedule:1", { levelPct: 70, code: "noon", text: "Noon." });
  await bench.arbiter.override(PUMP.id, { level: 0, durationS: 600 }, "anna");

  await during(bench.clock, bench.arbiter.stop(), 5_000);

  expect([heater.levelPct, pump.levelPct, lamp.levelPct]).toEqual([0, 100, 70]);
  const lines = bench.log.lines.filter(({ message }) => message === "output is in its safe state");
  expect(lines.map(({ fields }) => [fields["name"], fields["levelPct"]])).toEqual([
    ["heater", 0],
    ["return-pump", 100],
    ["light", "unchanged"],
    ["blind", 0],
  ]);
  expect(bench.events.kinds.filter((kind) => kind === "safe-state")).toHaveLength(4);
  await bench.arbiter.stop();
  bench.arbiter.request(HEATER.id, "loop:1", { ...SWITCH_ON, code: "late" });
  expect(heater.told.at(-1)).toBe(0);
  await expect(bench.arbiter.register(HEATER, heater)).rejects.toMatchObject({ code: "stopping" });
  await expect(bench.arbiter.override(HEATER.id, { level: 100, durationS: 60 }, "anna")).rejects.toMatchObject({
    code: "stopping",
  });
});

test("the end does not wait for a device that hangs, and says what is not known of it", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  const refusing = await withOutput(bench, PUMP);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(2_000);
  await bench.arbiter.override(PUMP.id, { level: 0, durationS: 600 }, "anna");
  heater.writeMood = "hanging";
  refusing.writeMood = "refusing";
  const fromMs = bench.clock.monotonicMs();
  await during(bench.clock, bench.arbiter.stop(), 5_000);
  expect(bench.clock.monotonicMs() - fromMs).toBeLessThanOrEqual(2_000);
  const failed = bench.log.lines.filter(({ message }) => message.includes("did not confirm it"));
  expect(failed.map(({ level, fields }) => [level, fields["name"]])).toEqual([
    ["error", "heater"],
    ["error", "return-pump"],
  ]);
});

test("the end says so of a device that took its command and then said nothing", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  heater.readMood = "hanging";
  await during(bench.clock, bench.arbiter.stop(), 5_000);
  const line = bench.log.lines.find(({ message }) => message.includes("did not confirm it"));
  expect(line?.fields["name"]).toBe("heater");
});

test("an arbiter that never started can be stopped", async () => {
  const bench = arbiterBench();
  await during(bench.clock, bench.arbiter.stop(), 5_000);
  expect(bench.log.lines).toEqual([]);
});

test("the end tries again a device that failed once", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(0);
  heater.writeMood = "refusing";
  const stopped = bench.arbiter.stop();
  await bench.clock.advance(500);
  heater.writeMood = "well";
  await during(bench.clock, stopped, 3_000);
  expect(heater.levelPct).toBe(0);
  expect(bench.log.messages).toContain("info output is in its safe state");
});

test("an end during an emergency stop leaves that standing", async () => {
  const bench = await started(arbiterBench());
  const pump = await withOutput(bench, PUMP);
  await bench.arbiter.engageEmergencyStop("anna");
  await during(bench.clock, bench.arbiter.stop(), 5_000);
  expect(pump.levelPct).toBe(0);
});

test("an interlock that fails itself does not hold; one that is taken away no longer counts", async () => {
  const bench = await started(arbiterBench());
  await withOutput(bench, HEATER);
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  const remove = bench.arbiter.addInterlock({
    channelId: HEATER.id,
    blocked: () => {
      throw new Error("no such sensor");
    },
  });
  bench.arbiter.addInterlock({ channelId: PUMP.id, blocked: () => ({ code: "other", text: "Other." }) });
  expect(bench.arbiter.get(HEATER.id)).toMatchObject({
    owner: "interlock",
    reason: { code: "interlock-failed", text: "Off: its protection itself failed (no such sensor)." },
  });
  remove();
  expect(bench.arbiter.get(HEATER.id).blockedBy).toMatchObject([{ code: "min-off" }]);
});

test("health names what is not as told, and what is not kept", async () => {
  const bench = await started(arbiterBench());
  const heater = await withOutput(bench, HEATER);
  expect(bench.arbiter.health()).toEqual({ isOk: true, detail: "1 outputs as told." });
  heater.writeMood = "refusing";
  bench.arbiter.request(HEATER.id, "loop:1", SWITCH_ON);
  await bench.clock.advance(4_000);
  expect(bench.arbiter.health()).toEqual({ isOk: false, detail: "Not as told, or latched off: heater." });
});
