import { expect, test } from "vitest";
import { DurableSlot } from "#main/platform/durable-slot.ts";
import { within } from "#main/platform/timing.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

/** A slot whose saves end when they are told to. */
function slot() {
  const saves: { readonly value: string; readonly end: (error?: Error) => void }[] = [];
  const results: unknown[] = [];
  const told: [string, unknown][] = [];
  const under = new DurableSlot<string>(
    (value) =>
      new Promise((resolve, reject) => {
        saves.push({ value, end: (error) => (error === undefined ? resolve() : reject(error)) });
      }),
    (error) => void results.push(error),
  );
  const hear = (name: string, work: Promise<unknown>) => void work.then((answer) => told.push([name, answer]));
  const end = async (error?: Error) => {
    saves.at(-1)?.end(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { under, saves, results, told, hear, end };
}

const FULL = new Error("full");

test("one save at a time, and of what came meanwhile the newest; each who waits is told when his is durable", async () => {
  const { under, saves, results, told, hear, end } = slot();
  hear("nothing", under.attempted());
  for (const value of ["a", "b", "c"]) {
    under.put(value);
    under.kick();
    hear(value, value === "b" ? under.durable() : under.attempted());
  }
  await end();
  expect(told).toEqual([
    ["nothing", true],
    ["a", true],
  ]);
  await end();
  expect(saves.map(({ value }) => value)).toEqual(["a", "c"]);
  expect(new Map(told.slice(2))).toEqual(
    new Map<string, unknown>([
      ["b", undefined],
      ["c", true],
    ]),
  );
  expect(results).toEqual([null, null]);
  under.kick();
  expect(saves).toHaveLength(2);
});

test("a save that fails is told at once to who asked for one attempt; the patient waits for the next", async () => {
  const { under, saves, results, told, hear, end } = slot();
  under.put("a");
  under.kick();
  hear("attempt", under.attempted());
  hear("patient", under.durable());
  await end(FULL);
  expect([told, results]).toEqual([[["attempt", false]], [FULL]]);
  expect(saves).toHaveLength(1);
  under.kick();
  await end();
  expect(told.at(-1)).toEqual(["patient", undefined]);
});

test("what came while a save failed is tried without being asked for again", async () => {
  const { under, saves, told, hear, end } = slot();
  under.put("a");
  under.kick();
  hear("a", under.attempted());
  under.put("b");
  under.kick();
  hear("b", under.attempted());
  await end(FULL);
  expect(told).toEqual([["a", false]]);
  expect(saves.map(({ value }) => value)).toEqual(["a", "b"]);
  await end();
  expect(told).toEqual([
    ["a", false],
    ["b", true],
  ]);
});

test("work is waited for so long and no longer", async () => {
  const clock = new VirtualClock();
  const answers: unknown[] = [];
  void within(clock, 1_000, Promise.resolve(7)).then((answer) => answers.push(answer));
  void within(clock, 1_000, new Promise(() => undefined)).then((answer) => answers.push(answer));
  await clock.advance(999);
  expect(answers).toEqual([7]);
  await clock.advance(1);
  expect(answers).toEqual([7, null]);
});
