import { expect, test } from "vitest";
import { LoopInterlocks } from "#main/outputs/interlocks/loop-interlocks.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { arbiterBench, during, started, withOutput } from "#tests/builders/arbiter-bench.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";

const PUMP = outputChannel("return-pump", { name: "Return" });
const SPARE = outputChannel("return-pump", { name: "Spare" });
const SKIMMER = outputChannel("skimmer");
const UV = outputChannel("uv");
const FAN = outputChannel("fan");

/** A tank whose power comes back: nobody asks for anything. */
async function powerUp(channels = [SKIMMER, UV, FAN, PUMP]) {
  const bench = await started(arbiterBench());
  const { arbiter, clock, log } = bench;
  const interlocks = new LoopInterlocks({ outputs: arbiter, readings: new ReadingsBus({ log, clock }), clock });
  interlocks.configure({ loops: [], channels });
  const devices = new Map<string, FakeActuator>();
  for (const channel of channels) {
    devices.set(channel.id, new FakeActuator());
    void arbiter.register(channel, devices.get(channel.id) ?? new FakeActuator());
  }
  const levels = () => channels.map(({ id }) => devices.get(id)?.levelPct);
  return { ...bench, devices, levels };
}

test("at power-up a UV comes on when its return pump runs, a skimmer a minute later, a fan not at all", async () => {
  const { arbiter, clock, levels } = await powerUp();
  await clock.advance(0);
  expect(levels()).toEqual([0, 0, 0, 100]);
  expect(arbiter.get(SKIMMER.id)).toMatchObject({
    reason: { code: "awaits-return" },
    conditions: [{ text: "Return: on for 1 min", holds: false }],
    absent: [],
  });
  await clock.advance(5_000);
  expect(levels()).toEqual([0, 100, 0, 100]);
  await clock.advance(57_000);
  expect(levels()).toEqual([100, 100, 0, 100]);
});

test("they go off with the return pump, and while nobody knows whether it runs", async () => {
  const { arbiter, clock, levels, devices, log } = await powerUp();
  await clock.advance(65_000);
  await during(clock, arbiter.override(PUMP.id, { level: 0, durationS: 60 }, "anna"), 1_000);
  await clock.advance(1_000);
  expect(levels()).toEqual([0, 0, 0, 0]);
  await during(clock, arbiter.clearOverride(PUMP.id, "anna"), 1_000);
  await clock.advance(100_000);
  expect(levels()).toEqual([100, 100, 0, 100]);
  const pump = devices.get(PUMP.id);
  if (pump !== undefined) pump.readMood = "refusing";
  await clock.advance(5_000);
  expect(levels()).toEqual([0, 0, 0, 100]);
  expect(arbiter.get(UV.id).reason.text).toBe("Off: Return is not known to be on.");
  // It ends by itself, so it is no news.
  expect(log.messages.filter((line) => line.includes("held off"))).toEqual([]);
});

test("of two return pumps one that runs is enough; in a tank without any they are on in their turn", async () => {
  const two = await powerUp([SKIMMER, PUMP, SPARE]);
  await two.clock.advance(70_000);
  await during(two.clock, two.arbiter.override(PUMP.id, { level: 0, durationS: 60 }, "anna"), 1_000);
  await two.clock.advance(2_000);
  expect(two.levels()).toEqual([100, 0, 100]);

  const none = await powerUp([SKIMMER, UV]);
  await none.clock.advance(5_000);
  expect(none.levels()).toEqual([100, 100]);
  expect(none.arbiter.get(UV.id)).toMatchObject({ conditions: [], absent: ["return-pump"] });
});

test("at the program's end they go off", async () => {
  const { arbiter, clock, levels } = await powerUp();
  await clock.advance(65_000);
  await during(clock, arbiter.stop(), 5_000);
  expect(levels()).toEqual([0, 0, 0, 100]);
});

test("an output without a role is tied to no pump", async () => {
  const bench = await started(arbiterBench());
  const generic = outputChannel("generic");
  await withOutput(bench, generic);
  await during(bench.clock, bench.arbiter.override(generic.id, { level: 100, durationS: 60 }, "anna"), 1_000);
  expect(bench.arbiter.get(generic.id)).toMatchObject({ requested: 100, conditions: [] });
});
