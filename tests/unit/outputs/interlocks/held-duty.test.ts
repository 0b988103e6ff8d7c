import { expect, test } from "vitest";
import { createHeaterInterlocks } from "#main/outputs/interlocks/heater-interlock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { HandClock } from "#tests/fakes/hand-clock.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const HOUR = 3_600_000;
const [PROBE, HEATER] = [channelIdOf(1), channelIdOf(2)];

function protection(holdsLastDuty: boolean) {
  const clock = new HandClock(0);
  const readings = new ReadingsBus({ log: new RecordingLog(), clock });
  const parts = {
    channelId: HEATER,
    sensorChannelIds: [PROBE],
    waterChannelIds: [],
    holdsLastDuty,
    readings,
    clock,
  };
  const [sight] = createHeaterInterlocks(parts);
  if (sight === undefined) throw new Error("a heater with a probe has a protection");
  const say = (changes: Parameters<typeof readingOf>[0]) => {
    readings.publish(readingOf({ channelId: PROBE, ...changes }));
    return sight.blocked()?.code ?? null;
  };
  return {
    clock,
    sight,
    good: () => say({}),
    lost: () => say({ value: null, quality: "bad", reason: "comm" }),
  };
}

test("a heater whose keeper chose so may go on without its probe, half the time and for two hours", () => {
  const { clock, sight, good, lost } = protection(true);
  expect(good()).toBeNull();
  expect(sight.limits?.()).toEqual({});
  expect(lost()).toBeNull();
  expect(sight.limits?.()).toEqual({ budgets: [{ windowS: 3_600, unit: "s", limit: 1_800 }] });
  clock.step(2 * HOUR - 1);
  expect(lost()).toBeNull();
  clock.step(1);
  expect(lost()).toBe("sensor-not-good");
  expect(sight.limits?.()).toEqual({});
  expect(good()).toBeNull();
});

test("never on a probe that was not good since the protection stands, and never where nobody chose so", () => {
  expect(protection(true).lost()).toBe("sensor-not-good");
  const plain = protection(false);
  plain.good();
  expect(plain.lost()).toBe("sensor-not-good");
});
