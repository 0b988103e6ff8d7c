import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";

const NO_ANSWER = new ReefFault("bus-timeout", "no answer");
const MINUTE = 60_000;
const S = 1_000;

test("an outage is published at every try, and told and logged only when it starts and ends", async () => {
  const { clock, acquisition, device, events, log, qualities } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver(() => ({ water: 25 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(0);
  driver.answer = () => NO_ANSWER;
  await clock.advance(3 * S);
  expect(qualities(channel)).toEqual(["good", "bad: comm", "bad: comm"]);
  driver.answer = () => ({ water: 25 });
  await clock.advance(10 * S);

  expect(qualities(channel).at(-1)).toBe("good");
  expect(events).toEqual(["lost d", "back d"]);
  expect(log.messages.filter((message) => message.includes("device"))).toEqual([
    "warn a device was lost",
    "info a device is back",
  ]);
});

test("a device that stays away is tried ever more rarely, at least once a minute", async () => {
  const { clock, acquisition, device } = acquisitionBench();
  const triedAtS: number[] = [];
  const driver = new FakeDriver(() => {
    triedAtS.push(clock.monotonicMs() / S);
    return new ReefFault("unsupported", "no such chip");
  });
  acquisition.watch({ deviceId: device("d"), driver, channels: [channelConfig()] });
  await clock.advance(5 * MINUTE);
  expect(triedAtS).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  expect(acquisition.state().pollers).toMatchObject([
    {
      state: "backing-off",
      slots: 301,
      missedSlots: 0,
      failures: 10,
      consecutiveFailures: 10,
      lastError: "no such chip",
    },
  ]);
});

test("what fails fast is tried once more within the same sample", async () => {
  const { clock, acquisition, device, qualities, events } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver((call) => (call === 0 ? NO_ANSWER : { water: 25 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(0);
  expect(driver.calls).toHaveLength(2);
  expect(qualities(channel)).toEqual(["good"]);
  expect(events).toEqual([]);
});

test("the keys that did not answer are asked once more, and alone", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const [a, b, c] = [channelConfig({ key: "a" }), channelConfig({ key: "b" }), channelConfig({ key: "c" })];
  const driver = new FakeDriver((call) =>
    call === 0 ? { a: 25, b: { fault: "comm", message: "EINTR" } } : { b: 25.5 },
  );
  acquisition.watch({ deviceId: device("d"), driver, channels: [a, b, c] });
  await clock.advance(0);
  expect(driver.calls).toEqual([
    ["a", "b", "c"],
    ["b", "c"],
  ]);
  expect([qualities(a), qualities(b), qualities(c)]).toEqual([["good"], ["good"], ["bad: comm"]]);
});

test("a second try that fails as a whole takes nothing from those that answered", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const [a, b] = [channelConfig({ key: "a" }), channelConfig({ key: "b" })];
  const driver = new FakeDriver((call) => (call === 0 ? { a: 25 } : NO_ANSWER));
  acquisition.watch({ deviceId: device("d"), driver, channels: [a, b] });
  await clock.advance(0);
  expect([qualities(a), qualities(b)]).toEqual([["good"], ["bad: comm"]]);
});

test("no second try for what failed slowly or needs a person", async () => {
  const { clock, acquisition, device } = acquisitionBench();
  const slow = new FakeDriver(async () => {
    await new Promise<void>((resolve) => clock.at(clock.monotonicMs() + 1_500, resolve));
    return NO_ANSWER;
  });
  const broken = new FakeDriver(() => new Error("a bug"));
  acquisition.watch({ deviceId: device("slow"), driver: slow, channels: [channelConfig({ pollIntervalS: 10 })] });
  acquisition.watch({
    deviceId: device("broken"),
    driver: broken,
    channels: [channelConfig({ pollIntervalS: 10 })],
  });
  await clock.advance(5 * S);
  expect([slow.calls.length, broken.calls.length]).toEqual([1, 1]);
});

test("a hung driver has one call outstanding, and is asked again when that ends", async () => {
  const { clock, acquisition, device, qualities, events } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver(() => "hang");
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(40 * S);
  expect(driver.outstanding).toBe(1);
  expect(qualities(channel).length).toBeGreaterThan(3);
  expect(new Set(qualities(channel))).toEqual(new Set(["bad: comm"]));

  driver.answer = () => ({ water: 25 });
  driver.release();
  await clock.advance(MINUTE);
  expect(driver.outstanding).toBe(0);
  expect(qualities(channel).at(-1)).toBe("good");
  expect(events).toEqual(["lost d", "back d"]);
});

test("a call that never ends is written off after a minute", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver((call) => (call === 0 ? "hang" : { water: 25 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(3 * MINUTE);
  expect(driver.outstanding).toBe(1);
  expect(qualities(channel).at(-1)).toBe("good");
});

test("one outage for two groups: back when both have answered", async () => {
  const { clock, acquisition, device, events } = acquisitionBench();
  const [fast, slow] = [channelConfig({ key: "a" }), channelConfig({ key: "b", pollIntervalS: 10 })];
  const driver = new FakeDriver(() => NO_ANSWER);
  acquisition.watch({ deviceId: device("d"), driver, channels: [fast, slow] });
  await clock.advance(0);
  driver.answer = () => ({ a: 25, b: 25 });
  await clock.advance(5 * S);
  expect(events).toEqual(["lost d"]);
  await clock.advance(5 * S);
  expect(events).toEqual(["lost d", "back d"]);
});

test("a device that cannot be opened has bad channels and is said to be lost once", async () => {
  const { clock, acquisition, device, events, log, qualities } = acquisitionBench();
  const deviceId = device("d");
  const channels = [
    channelConfig(),
    channelConfig({ key: "relay", kind: "switch", quantity: "generic" }),
  ] as const;
  acquisition.markLost(deviceId, channels, "no such address");
  acquisition.markLost(deviceId, channels, "no such address");
  expect(qualities(channels[0])).toEqual(["bad: comm", "bad: comm"]);
  expect(qualities(channels[1])).toEqual([]);
  acquisition.watch({ deviceId, driver: new FakeDriver(() => ({ water: 25 })), channels });
  await clock.advance(0);
  acquisition.markLost(deviceId, channels, "unplugged");
  await clock.advance(S);

  expect(qualities(channels[0])).toEqual(["bad: comm", "bad: comm", "good", "bad: comm", "good"]);
  expect(events).toEqual(["back d", "back d"]);
  expect(log.messages.filter((message) => message.includes("device"))).toEqual([
    "warn a device was lost",
    "info a device is back",
    "warn a device was lost",
    "info a device is back",
  ]);
});
