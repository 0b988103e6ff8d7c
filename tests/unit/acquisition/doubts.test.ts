import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { Acquisition } from "#main/acquisition/acquisition.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const NO_ANSWER = new ReefFault("bus-timeout", "no answer");
const MINUTE = 60_000;
const S = 1_000;

test("a jump is held until an operator accepts the level", async () => {
  const { clock, acquisition, device, of } = acquisitionBench();
  const channel = channelConfig();
  const driver = new FakeDriver((call) => ({ water: call === 0 ? 25 : 22 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(S);
  expect(of(channel).at(-1)).toMatchObject({ value: 25, quality: "uncertain", reason: "rate", raw: 22 });
  expect(acquisition.acceptLevel(channelConfig().id)).toBe(false);
  expect(acquisition.acceptLevel(channel.id)).toBe(true);
  await clock.advance(S);
  expect(of(channel).at(-1)).toMatchObject({ value: 22, quality: "good" });
});

test("a jump is believed where a redundant probe made it too", async () => {
  const { clock, acquisition, device, of } = acquisitionBench(() => 22.3);
  const channel = channelConfig();
  const driver = new FakeDriver((call) => ({ water: call === 0 ? 25 : 22 }));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channel] });
  await clock.advance(S);
  expect(of(channel).at(-1)).toMatchObject({ value: 22, quality: "good" });
});

test("after its stop nothing is published, whatever is still under way", async () => {
  const { clock, acquisition, device, published } = acquisitionBench();
  const driver = new FakeDriver((call) => (call === 0 ? { water: 25 } : "hang"));
  acquisition.watch({ deviceId: device("d"), driver, channels: [channelConfig()] });
  await clock.advance(1_500);
  await acquisition.stop();
  driver.release();
  await clock.advance(10 * MINUTE);
  expect(published).toHaveLength(1);
  expect(clock.nextAtMs()).toBeNull();
});

test("what follows from a loss may fail without ending the polling", async () => {
  const clock = new VirtualClock();
  const log = new RecordingLog();
  const fail = () => {
    throw new Error("oops");
  };
  const readings = new ReadingsBus({ log, clock });
  const acquisition = new Acquisition({ readings, clock, log, onDeviceLost: fail, onDeviceBack: fail });
  const channel = channelConfig();
  const driver = new FakeDriver((call) => (call < 2 ? NO_ANSWER : { water: 25 }));
  acquisition.watch({ deviceId: channel.deviceId, driver, channels: [channel] });
  await clock.advance(5 * S);
  expect(readings.latest(channel.id)?.reading.quality).toBe("good");
  expect(log.lines.filter((line) => line.level === "error")).toHaveLength(2);
});
