import { expect, test } from "vitest";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";

const MINUTE = 60_000;
const S = 1_000;

test("halted pollers publish nothing but that their values are stale, once; started again they sample at once", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const channel = channelConfig();
  const slow = channelConfig({ key: "b", pollIntervalS: 600 });
  const driver = new FakeDriver(() => ({ water: 25, b: 25 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel, slow] });
  await clock.advance(2 * S);
  acquisition.pause();
  acquisition.pause();
  expect(acquisition.state()).toMatchObject({
    isRunning: false,
    pollers: [{ state: "stopped" }, { state: "stopped" }],
  });
  await clock.advance(90 * S - 1);
  expect(qualities(channel)).toEqual(["good", "good", "good"]);
  await clock.advance(10 * MINUTE);
  expect(qualities(channel)).toEqual(["good", "good", "good", "uncertain: stale"]);
  expect(qualities(slow)).toEqual(["good"]);

  acquisition.resume();
  acquisition.resume();
  await clock.advance(0);
  expect(qualities(channel).at(-1)).toBe("good");
  acquisition.pause();
  await clock.advance(100 * S);
  expect(qualities(channel).at(-1)).toBe("uncertain: stale");
});

test("a sample that was under way when polling halted is dropped, and no outage when it starts again", async () => {
  const { clock, acquisition, device, qualities, events } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver(async () => {
    await new Promise<void>((resolve) => clock.at(clock.monotonicMs() + 750, resolve));
    return { water: 25 };
  });
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(100);
  acquisition.pause();
  acquisition.resume();
  await clock.advance(800);
  expect(qualities(channel)).toEqual(["good"]);
  expect(events).toEqual([]);
});

test("a device watched while polling is halted waits for the start; its channels say so after ninety seconds", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const channel = channelConfig();
  acquisition.pause();
  acquisition.watch({ deviceId: device("d"), driver: new FakeDriver(() => ({ water: 25 })), channels: [channel] });
  await clock.advance(5 * MINUTE);
  expect(qualities(channel)).toEqual(["bad: no-reading"]);
  acquisition.resume();
  await clock.advance(0);
  expect(qualities(channel)).toEqual(["bad: no-reading", "good"]);
});

test("a value goes stale though its own poller hangs in a driver with a long time limit", async () => {
  const { clock, acquisition, device, qualities } = acquisitionBench();
  const channel = channelConfig({ quantity: "leak" });
  const driver = new FakeDriver((call) => (call === 0 ? { water: 0 } : "hang"));
  driver.timeoutMs = 600_000;
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(30 * S);
  expect(qualities(channel)).toEqual(["good", "uncertain: stale"]);
  await clock.advance(1_500);
  expect(qualities(channel).at(-1)).toBe("bad: comm");
});

test("a device that is no longer watched falls silent: its values go stale, a forgotten channel's never", async () => {
  const { clock, acquisition, readings, device, qualities } = acquisitionBench();
  const [kept, gone, dropped] = [channelConfig(), channelConfig({ key: "b" }), channelConfig({ key: "c" })];
  const deviceId = device("d");
  const driver = new FakeDriver(() => ({ water: 25, b: 25, c: 25 }));
  acquisition.watch({ deviceId, driver, channels: [kept, gone, dropped] });
  await clock.advance(0);
  acquisition.watch({ deviceId, driver, channels: [kept, gone] });
  readings.forget(dropped.id);
  acquisition.unwatch(deviceId);
  acquisition.unwatch(deviceId);
  readings.forget(gone.id);
  await clock.advance(10 * MINUTE);
  expect(qualities(kept)).toEqual(["good", "uncertain: stale"]);
  expect(qualities(gone)).toEqual(["good"]);
  expect(qualities(dropped)).toEqual(["good"]);
  expect(acquisition.state().pollers).toEqual([]);
});
