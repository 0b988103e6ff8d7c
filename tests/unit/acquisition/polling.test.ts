import { expect, test } from "vitest";
import type { Reading } from "#contract/readings.ts";
import { Acquisition } from "#main/acquisition/acquisition.ts";
import type { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const MINUTE = 60_000;
const S = 1_000;

test("an hour at one and at five seconds is 3600 and 720 readings, beside a device that hangs", async () => {
  const { clock, acquisition, device, of, qualities } = acquisitionBench();
  const [fast, slow, hung] = [channelConfig(), channelConfig({ pollIntervalS: 5 }), channelConfig()];
  const hanging = new FakeDriver(() => "hang");
  acquisition.watch({ deviceId: device("hung"), driver: hanging, channels: [hung] });
  acquisition.watch({ deviceId: device("fast"), driver: new FakeDriver(() => ({ water: 25 })), channels: [fast] });
  acquisition.watch({ deviceId: device("slow"), driver: new FakeDriver(() => ({ water: 25 })), channels: [slow] });

  await clock.advance(60 * MINUTE - 1);

  expect(of(fast)).toHaveLength(3_600);
  expect(of(slow)).toHaveLength(720);
  expect(new Set(of(fast).map((r) => r.takenAtMs)).size).toBe(3_600);
  expect(new Set(qualities(hung))).toEqual(new Set(["bad: comm"]));
  expect(acquisition.state().pollers.slice(1)).toMatchObject([
    { slots: 3_600, missedSlots: 0, failures: 0, maxLatenessMs: 0 },
    { slots: 720, missedSlots: 0, failures: 0, maxLatenessMs: 0 },
  ]);
});

test("a new device is sampled at once, and on its grid whatever the wall clock does", async () => {
  const { clock, acquisition, device, of } = acquisitionBench();
  const channel = channelConfig({ pollIntervalS: 10 });
  await clock.advance(3_333);
  acquisition.watch({ deviceId: device("d"), driver: new FakeDriver(() => ({ water: 25 })), channels: [channel] });
  await clock.advance(0);
  expect(of(channel)).toHaveLength(1);

  clock.stepWall(3_600_000);
  await clock.advance(10 * S);
  clock.stepWall(-7_200_000);
  await clock.advance(10 * S);
  expect(of(channel)).toHaveLength(3);
});

test("a reading says what its channel measured, when it arrived and what it speaks for", async () => {
  const { clock, acquisition, device, published } = acquisitionBench();
  const channel = channelConfig({ calibration: { offset: 0.5 }, pollIntervalS: 5 });
  const driver = new FakeDriver(async () => {
    await new Promise<void>((resolve) => clock.at(clock.monotonicMs() + 750, resolve));
    return { water: 25 };
  });
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(S);
  expect(published).toEqual([
    {
      channelId: channel.id,
      takenAtMs: Date.UTC(2026, 0, 1) + 750,
      value: 25.5,
      quality: "good",
      reason: null,
      raw: 25,
      coversS: 5,
    },
  ]);
});

test("channels of one interval are sampled in one call, outputs in none", async () => {
  const { clock, acquisition, device } = acquisitionBench();
  const driver = new FakeDriver(() => ({ a: 25, b: 50, c: 8 }));
  const channels = [
    channelConfig({ key: "a" }),
    channelConfig({ key: "b", quantity: "humidity" }),
    channelConfig({ key: "c", quantity: "ph", pollIntervalS: 60 }),
    channelConfig({ key: "relay", kind: "switch", quantity: "generic" }),
  ];
  acquisition.watch({ deviceId: device("d"), driver, channels });
  await clock.advance(S);
  expect(driver.calls).toEqual([["a", "b"], ["c"], ["a", "b"]]);
});

test("while a sample runs its slots are missed and counted, never queued", async () => {
  const { clock, acquisition, device, of } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver(async () => {
    await new Promise<void>((resolve) => clock.at(clock.monotonicMs() + 1_500, resolve));
    return { water: 25 };
  });
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(10 * S - 1);
  expect(of(channel)).toHaveLength(5);
  expect(acquisition.state().pollers).toMatchObject([{ slots: 10, missedSlots: 5, failures: 0 }]);
});

test("slots the program slept through are missed and counted, never caught up", async () => {
  const { clock, acquisition, device, of } = acquisitionBench();
  const channel = channelConfig();
  const sleepy = Object.assign(Object.create(clock) as VirtualClock, {
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs() + heldUpMs,
    at: (atMs: number, run: () => void) => clock.at(atMs - heldUpMs, run),
  });
  let heldUpMs = 0;
  const log = new RecordingLog();
  const readings = new ReadingsBus({ log, clock: sleepy });
  const heard: Reading[] = [];
  readings.subscribe("test", (reading) => heard.push(reading));
  const other = new Acquisition({ readings, clock: sleepy, log, onDeviceLost: () => {}, onDeviceBack: () => {} });
  other.watch({ deviceId: device("d"), driver: new FakeDriver(() => ({ water: 25 })), channels: [channel] });
  await clock.advance(999);
  heldUpMs = 3_200;
  await clock.advance(1);
  expect(heard).toHaveLength(2);
  expect(other.state().pollers).toMatchObject([{ slots: 5, missedSlots: 3, lastLatenessMs: 200 }]);
  await acquisition.stop();
  expect(of(channel)).toEqual([]);
});

test("a thousand devices watched at once begin within an eighth of a second, and are not sampled in one instant", async () => {
  const { clock, acquisition, device, published } = acquisitionBench();
  for (let i = 0; i < 1_000; i++) {
    acquisition.watch({
      deviceId: device(`${i}`),
      driver: new FakeDriver(() => ({ water: 25 })),
      channels: [channelConfig()],
    });
  }
  await clock.advance(125);
  expect(published).toHaveLength(1_000);
  expect(new Set(published.map((reading) => reading.takenAtMs)).size).toBe(125);
});
