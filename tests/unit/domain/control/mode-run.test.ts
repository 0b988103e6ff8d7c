import fc from "fast-check";
import { expect, test } from "vitest";
import { ModeId } from "#contract/ids.ts";
import type { ModeConfig } from "#contract/modes.ts";
import { begun, ended, type ModeRun, runAt, shifted } from "#domain/control/mode-run.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const [RETURN, HEATER, SKIMMER] = [channelIdOf(1), channelIdOf(2), channelIdOf(3)];
const idOf = (n: number) => ModeId.parse(`01890000-0000-7000-8000-00000000000${n}`);

const feed: ModeConfig = {
  id: idOf(1),
  name: "Feed",
  kind: "feed",
  durationS: 900,
  outputs: [
    { channelId: RETURN, level: 0, returnsAfterS: 0 },
    { channelId: HEATER, level: 0, returnsAfterS: 60 },
    { channelId: SKIMMER, level: 0, returnsAfterS: 600 },
  ],
  suppresses: ["low"],
};
const dark: ModeConfig = {
  ...feed,
  id: idOf(2),
  name: "Dark",
  kind: "maintenance",
  outputs: [{ channelId: HEATER, level: 40, returnsAfterS: 5 }],
};

const start = (mode: ModeConfig, atMs: number, before: ModeRun | null = null) =>
  begun({ mode, by: "bella", durationS: mode.durationS, wallMs: 1_000_000 + atMs, atMs }, before);
const heldAt = (run: ModeRun, atMs: number) => (runAt(run, atMs)?.holds ?? []).map(({ channelId }) => channelId);

test("it holds its outputs until its end, then each for its own while longer", () => {
  const run = start(feed, 0);
  expect(run).toMatchObject({ by: "bella", startedAtMs: 1_000_000, endsAtMs: 900_000 });
  expect(heldAt(run, 899_999)).toEqual([RETURN, HEATER, SKIMMER]);
  expect(heldAt(run, 900_000)).toEqual([HEATER, SKIMMER]);
  expect(heldAt(run, 960_000)).toEqual([SKIMMER]);
  expect(runAt(run, 1_500_000)).toBeNull();
});

test("ended early, everything comes back as much earlier; ended again, at once", () => {
  const early = ended(start(feed, 0), 100_000);
  expect(early.endsAtMs).toBe(100_000);
  expect(heldAt(early, 100_000)).toEqual([HEATER, SKIMMER]);
  expect(heldAt(early, 160_000)).toEqual([SKIMMER]);
  const twice = ended(early, 110_000);
  expect(twice.endsAtMs).toBe(100_000);
  expect(runAt(twice, 110_000)).toBeNull();
});

test("another takes its place: what both hold passes over, the rest comes back in its turn", () => {
  const run = start(dark, 100_000, start(feed, 0));
  expect(run.mode.name).toBe("Dark");
  expect(run.holds.map(({ channelId, levelPct, mode }) => [channelId, levelPct, mode.name])).toEqual([
    [HEATER, 40, "Dark"],
    [RETURN, 0, "Feed"],
    [SKIMMER, 0, "Feed"],
  ]);
  expect(heldAt(run, 100_000)).toEqual([HEATER, SKIMMER]);
  expect(heldAt(run, 700_000)).toEqual([HEATER]);
  const stopped = ended(run, 200_000);
  expect(heldAt(stopped, 200_000)).toEqual([HEATER, SKIMMER]);
  expect(heldAt(stopped, 205_000)).toEqual([SKIMMER]);
  expect(heldAt(stopped, 700_000)).toEqual([]);
});

test("one that holds nothing lasts as long all the same", () => {
  const run = start({ ...feed, outputs: [] }, 0);
  expect(runAt(run, 899_999)).toBe(run);
  expect(runAt(run, 900_000)).toBeNull();
});

test("moving it there and back changes nothing, and nothing is ever held past the longest it was asked for", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      (atMs, byMs) => {
        const run = start(feed, 0);
        expect(shifted(shifted(run, byMs), -byMs)).toEqual(run);
        const stopped = ended(run, atMs);
        expect(runAt(stopped, Math.min(1_500_000, atMs + 600_000))).toBeNull();
        for (const hold of stopped.holds) expect(hold.letGoAtMs).toBeLessThanOrEqual(Math.max(atMs, 1_500_000));
      },
    ),
  );
});
