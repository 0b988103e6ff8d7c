import { expect, test } from "vitest";
import { acquisitionBench } from "#tests/builders/acquisition-bench.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { FakeDriver } from "#tests/fakes/fake-driver.ts";

const S = 1_000;

function bench() {
  const parts = acquisitionBench();
  const level = channelConfig({ key: "level", quantity: "level", role: "sump", pollIntervalS: 10 });
  const water = channelConfig({ key: "water", pollIntervalS: 10 });
  let isSilent = false;
  const driver = new FakeDriver(async () => {
    if (isSilent) return new Promise<never>(() => undefined);
    return { level: 66, water: 25 };
  });
  parts.acquisition.watch({ deviceId: parts.device("d"), driver, channels: [level, water] });
  return { ...parts, level, water, hang: () => (isSilent = true) };
}

test("a hurried channel is asked every second, the others as before, and taken back it is as it was", async () => {
  const { clock, acquisition, of, level, water } = bench();
  await clock.advance(10 * S);
  const cancel = acquisition.hurry(level.id, 1);
  await clock.advance(10 * S);
  expect(of(water)).toHaveLength(3);
  expect(of(level).length).toBeGreaterThanOrEqual(11);
  expect(of(level).at(-1)).toMatchObject({ quality: "good", coversS: 1 });
  cancel();
  cancel();
  const before = of(level).length;
  await clock.advance(30 * S);
  expect(of(level).length - before).toBeLessThanOrEqual(4);
  expect(of(level).at(-1)).toMatchObject({ quality: "good", coversS: 10 });
  expect(acquisition.state().pollers).toHaveLength(1);
});

test("while somebody is in a hurry a level is stale after 3 s, counted from the hurry on", async () => {
  const { clock, acquisition, qualities, level, hang } = bench();
  await clock.advance(19 * S);
  const cancel = acquisition.hurry(level.id, 1);
  await clock.advance(5 * S);
  expect(new Set(qualities(level))).toEqual(new Set(["good"]));
  hang();
  await clock.advance(3 * S + 500);
  expect(qualities(level).at(-1)).not.toBe("good");
  cancel();
});

test("of several in a hurry the shortest interval counts, until the last one is done", async () => {
  const { clock, acquisition, of, level } = bench();
  await clock.advance(0);
  const intervalS = () => of(level).at(-1)?.coversS;
  const cancels = [
    acquisition.hurry(level.id, 5),
    acquisition.hurry(level.id, 1),
    acquisition.hurry(level.id, 60),
  ];
  await clock.advance(2 * S);
  expect(intervalS()).toBe(1);
  cancels[1]?.();
  await clock.advance(6 * S);
  expect(intervalS()).toBe(5);
  cancels[0]?.();
  await clock.advance(11 * S);
  expect(intervalS()).toBe(10);
  cancels[2]?.();
  await clock.advance(11 * S);
  expect(intervalS()).toBe(10);
});

test("a hurry while polling is halted, or for a channel of no device, wakes nobody", async () => {
  const { clock, acquisition, of, level } = bench();
  await clock.advance(0);
  acquisition.pause();
  acquisition.hurry(level.id, 1);
  acquisition.hurry(channelConfig().id, 1);
  await clock.advance(2 * S);
  expect(of(level).filter(({ quality }) => quality === "good")).toHaveLength(1);
  expect(acquisition.state().isRunning).toBe(false);
});

test("a channel nobody polls yet is hurried from its first sample on", async () => {
  const { clock, acquisition, of, device } = acquisitionBench();
  const level = channelConfig({ key: "level", quantity: "level", role: "sump", pollIntervalS: 10 });
  acquisition.hurry(level.id, 1);
  acquisition.watch({ deviceId: device("d"), driver: new FakeDriver(() => ({ level: 66 })), channels: [level] });
  await clock.advance(5 * S);
  expect(of(level).length).toBeGreaterThanOrEqual(5);
});
