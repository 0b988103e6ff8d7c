import { expect, test } from "vitest";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ProcessClock, WallClock } from "#main/simulate-cli/machine/process-clock.ts";

function bench() {
  const house = new VirtualClock(Date.UTC(2026, 0, 1));
  const wall = new WallClock(house);
  return { house, wall, boot: () => new ProcessClock(house, wall) };
}

test("a process counts from its own start, and its timers fire on its own scale", async () => {
  const { house, boot } = bench();
  await house.advance(5_000);
  const clock = boot();
  const fired: number[] = [];
  clock.at(1_000, () => fired.push(clock.monotonicMs()));
  await house.advance(2_000);
  expect([fired, clock.monotonicMs()]).toEqual([[1_000], 2_000]);
});

test("nothing of a dead process runs", async () => {
  const { house, boot } = bench();
  const clock = boot();
  let runs = 0;
  clock.at(1_000, () => runs++);
  clock.end();
  await house.advance(5_000);
  expect([runs, clock.isAlive]).toEqual([0, false]);
});

test("what falls due while the event loop hangs runs late and in order, but for what was taken back", async () => {
  const { house, boot } = bench();
  const clock = boot();
  const ran: string[] = [];
  clock.at(1_000, () => ran.push("first"));
  const cancel = clock.at(2_000, () => ran.push("taken back"));
  clock.at(3_000, () => ran.push("third"));
  clock.block();
  await house.advance(10_000);
  expect(ran).toEqual([]);
  cancel();
  clock.unblock();
  expect(ran).toEqual(["first", "third"]);
});

test("a step of the wall's clock moves no duration, and a synchronized one is right again", async () => {
  const { house, wall, boot } = bench();
  const clock = boot();
  wall.step(-3_600_000);
  const anHourAgo = Date.UTC(2025, 11, 31, 23);
  expect([clock.nowMs(), clock.monotonicMs(), wall.isSynchronized]).toEqual([anHourAgo, 0, true]);
  wall.lose(3_600_000);
  expect([clock.nowMs(), wall.isSynchronized]).toEqual([anHourAgo - 3_600_000, false]);
  wall.synchronize();
  expect([clock.nowMs(), wall.isSynchronized]).toEqual([house.nowMs(), true]);
});
