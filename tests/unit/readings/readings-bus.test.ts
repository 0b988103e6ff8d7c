import { expect, test } from "vitest";
import { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const channelId = ChannelId.parse(newId(0));

function reading(value: number | null, takenAtMs: number): Reading {
  const quality = value === null ? "bad" : "good";
  return { channelId, takenAtMs, value, quality, reason: value === null ? "comm" : null, raw: value, coversS: 1 };
}

function bus() {
  const log = new RecordingLog();
  const clock = new VirtualClock();
  return { log, clock, readings: new ReadingsBus({ log, clock }) };
}

test("the last reading of a channel is kept with its age and the last good value", async () => {
  const { readings, clock } = bus();
  expect(readings.latest(channelId)).toBeNull();
  readings.publish(reading(null, 1));
  expect(readings.latest(channelId)?.lastGood).toBeNull();
  readings.publish(reading(25.1, 2));
  await clock.advance(500);
  readings.publish(reading(null, 3));

  expect(readings.latest(channelId)).toEqual({
    reading: reading(null, 3),
    lastGood: { value: 25.1, takenAtMs: 2 },
    publishedAtMonotonicMs: 500,
  });
});

test("a forgotten channel is unknown again", () => {
  const { readings } = bus();
  readings.publish(reading(25, 1));
  readings.forget(channelId);
  expect(readings.latest(channelId)).toBeNull();
});

test("every listener hears every reading in order, until it unsubscribes", () => {
  const { readings } = bus();
  const heard: string[] = [];
  const cancel = readings.subscribe("a", (r) => heard.push(`a${r.takenAtMs}`));
  readings.subscribe("b", (r) => heard.push(`b${r.takenAtMs}`));
  readings.publish(reading(25, 1));
  cancel();
  cancel();
  readings.publish(reading(25, 2));
  expect(heard).toEqual(["a1", "b1", "b2"]);
});

test("a listener may come or go while a reading is told", () => {
  const { readings } = bus();
  const heard: string[] = [];
  const cancel = readings.subscribe("one-shot", () => {
    cancel();
    readings.subscribe("late", () => heard.push("late"));
  });
  readings.subscribe("steady", () => heard.push("steady"));
  readings.publish(reading(25, 1));
  expect(heard).toEqual(["steady"]);
});

test("a listener sees what it is told as the latest", () => {
  const { readings } = bus();
  const seen: unknown[] = [];
  readings.subscribe("reader", (r) => seen.push(readings.latest(r.channelId)?.reading === r));
  readings.publish(reading(25, 1));
  expect(seen).toEqual([true]);
});

test("a throwing listener stops nobody and is logged once for its name", () => {
  const { readings, log } = bus();
  const heard: number[] = [];
  readings.subscribe("broken", () => {
    throw new Error("oops");
  });
  readings.subscribe("steady", (r) => heard.push(r.takenAtMs));
  readings.publish(reading(25, 1));
  readings.publish(reading(25, 2));
  expect(heard).toEqual([1, 2]);
  expect(log.lines).toMatchObject([{ level: "error", fields: { listener: "broken" } }]);
});
