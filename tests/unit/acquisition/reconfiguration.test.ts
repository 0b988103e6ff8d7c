import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";

const NO_ANSWER = new ReefFault("bus-timeout", "no answer");
const MINUTE = 60_000;
const S = 1_000;

test("a group that is gone no longer keeps its device lost", async () => {
  const { clock, acquisition, device, events } = acquisitionBench();
  const deviceId = device("d");
  const [a, b] = [channelConfig({ key: "a" }), channelConfig({ key: "b", pollIntervalS: 3_600 })];
  const driver = new FakeDriver(() => NO_ANSWER);
  acquisition.watch({ deviceId, driver, channels: [a, b] });
  await clock.advance(0);
  driver.answer = () => ({ a: 25 });
  acquisition.watch({ deviceId, driver, channels: [a] });
  await clock.advance(10 * S);
  expect(events).toEqual(["lost d", "back d"]);
});

test("a changed interval or calibration applies in place and forgets nothing of the probe", async () => {
  const { clock, acquisition, device, of, log } = acquisitionBench();
  const deviceId = device("d");
  const channel = channelConfig({ quantity: "ph" });
  const driver = new FakeDriver(() => ({ water: 5.5 }));
  acquisition.watch({ deviceId, driver, channels: [channel] });
  await clock.advance(2 * S);
  driver.answer = () => ({ water: 8 });
  acquisition.watch({
    deviceId,
    driver,
    channels: [{ ...channel, pollIntervalS: 5, calibration: { offset: 0.1 } }],
  });
  await clock.advance(10 * S);
  // A dead pH probe needs thirty minutes inside its band, whatever is configured meanwhile.
  expect(of(channel).at(-1)).toMatchObject({ quality: "bad", raw: 8, coversS: 5 });
  await clock.advance(30 * MINUTE);
  expect(of(channel).at(-1)).toMatchObject({ quality: "good", value: 8.1 });
  expect(acquisition.state().pollers).toMatchObject([{ intervalS: 5, state: "running" }]);
  expect(log.messages).toContain("info a channel's calibration changed");
});

test("an unchanged channel keeps its grid when another one changes, and a renamed one its value", async () => {
  const { clock, acquisition, device, of } = acquisitionBench();
  const deviceId = device("d");
  const [a, b] = [channelConfig({ key: "a", pollIntervalS: 10 }), channelConfig({ key: "b", pollIntervalS: 5 })];
  const driver = new FakeDriver(() => ({ a: 25, b: 25 }));
  acquisition.watch({ deviceId, driver, channels: [a, b] });
  await clock.advance(5_500);
  acquisition.watch({
    deviceId,
    driver,
    channels: [
      { ...a, name: "Sump" },
      { ...b, pollIntervalS: 20 },
    ],
  });
  await clock.advance(4_500);
  expect(of(a).map((r) => r.takenAtMs - Date.UTC(2026, 0, 1))).toEqual([0, 10_000]);
  expect(of(b).map((r) => r.takenAtMs - Date.UTC(2026, 0, 1))).toEqual([0, 5_000, 5_500]);
});

test("a channel that joins while its device is being read is not taken for silent", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const deviceId = device("d");
  const [a, b] = [channelConfig({ key: "a" }), channelConfig({ key: "b" })];
  const driver = new FakeDriver(async () => {
    await new Promise<void>((resolve) => clock.at(clock.monotonicMs() + 500, resolve));
    return { a: 25, b: 25 };
  });
  acquisition.watch({ deviceId, driver, channels: [a] });
  await clock.advance(100);
  acquisition.watch({ deviceId, driver, channels: [a, b] });
  await clock.advance(2 * S);
  expect(qualities(b)).toEqual(["good"]);
});

test("a channel of another quantity is judged anew", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const deviceId = device("d");
  const channel = channelConfig();
  const driver = new FakeDriver(() => ({ water: 25 }));
  acquisition.watch({ deviceId, driver, channels: [channel] });
  await clock.advance(0);
  acquisition.watch({ deviceId, driver, channels: [{ ...channel, quantity: "ph" }] });
  await clock.advance(S);
  expect(qualities(channel)).toEqual(["good", "bad: range"]);
});

test("a driver opened anew is sampled at once; what the old one still says goes nowhere", async () => {
  const { clock, acquisition, device, qualities, events } = acquisitionBench();
  const deviceId = device("d");
  const channel = channelConfig();
  const old = new FakeDriver(() => "hang");
  acquisition.watch({ deviceId, driver: old, channels: [channel] });
  await clock.advance(10 * S);
  const before = qualities(channel).length;
  acquisition.watch({ deviceId, driver: new FakeDriver(() => ({ water: 25 })), channels: [channel] });
  await clock.advance(0);
  old.release();
  await clock.advance(0);
  expect(qualities(channel).slice(before)).toEqual(["good"]);
  expect(events).toEqual(["lost d", "back d"]);
});

test("a driver that is lost again after it was opened anew is told again but logged once", async () => {
  const { clock, acquisition, device, events, log } = acquisitionBench();
  const deviceId = device("d");
  const channels = [channelConfig()];
  acquisition.watch({ deviceId, driver: new FakeDriver(() => NO_ANSWER), channels });
  await clock.advance(0);
  acquisition.watch({ deviceId, driver: new FakeDriver(() => NO_ANSWER), channels });
  await clock.advance(0);
  expect(events).toEqual(["lost d", "lost d"]);
  expect(log.messages.filter((message) => message.includes("device"))).toEqual(["warn a device was lost"]);
});
