import { expect, test } from "vitest";
import type { StartLog, StartLogStore } from "#main/outputs/ports.ts";
import { SafeMode } from "#main/outputs/safe-mode.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { during, START_MS } from "#tests/builders/arbiter-bench.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

class Store implements StartLogStore {
  mood: "well" | "failing" | "hanging" = "well";
  kept: StartLog | null = null;

  async loadStarts(): Promise<StartLog | null> {
    await this.#meet();
    return this.kept;
  }

  async saveStarts(log: StartLog): Promise<void> {
    await this.#meet();
    this.kept = log;
  }

  async #meet(): Promise<void> {
    if (this.mood === "failing") throw new Error("the disk is gone");
    if (this.mood === "hanging") await new Promise<never>(() => undefined);
  }
}

/** A program that starts, again and again, on one store. */
function machine(store = new Store()) {
  const clock = new VirtualClock(START_MS);
  const log = new RecordingLog();
  const start = async () => {
    const safeMode = new SafeMode({ store, clock, log });
    await during(clock, safeMode.start(), 2_000);
    return safeMode;
  };
  return { store, clock, log, start };
}

test("three crashes in ten minutes, and only life support runs", async () => {
  const { clock, log, start } = machine();
  expect((await start()).isActive()).toBe(false);
  for (const isActive of [false, false, true]) {
    await clock.advance(60_000);
    const safeMode = await start();
    expect(safeMode.isActive()).toBe(isActive);
    expect(safeMode.state().isActive).toBe(isActive);
  }
  expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(1);
});

test("a clean stop is no crash, and crashes further apart are no loop", async () => {
  const { clock, start } = machine();
  for (let run = 0; run < 6; run++) {
    const safeMode = await start();
    await clock.advance(60_000);
    await safeMode.stop();
  }
  expect((await start()).state()).toMatchObject({ isActive: false, crashes: 0, since: null, endsAt: null });
  for (let run = 0; run < 6; run++) {
    await clock.advance(301_000);
    expect((await start()).isActive()).toBe(false);
  }
});

async function crashed() {
  const program = machine();
  let safeMode = await program.start();
  for (let crash = 0; crash < 3; crash++) safeMode = await program.start();
  expect(safeMode.isActive()).toBe(true);
  return { ...program, safeMode };
}

test("it ends by itself after an hour that went well, and says when", async () => {
  const { safeMode, clock } = await crashed();
  expect(Date.parse(safeMode.state().endsAt ?? "")).toBe(clock.nowMs() + 3_600_000);
  expect(safeMode.state().text).toContain("only thermostats run");
  let told = 0;
  const cancel = safeMode.onChange(() => {
    told += 1;
  });
  await clock.advance(3_599_000);
  expect(safeMode.isActive()).toBe(true);
  await clock.advance(1_000);
  expect([safeMode.isActive(), told]).toEqual([false, 1]);
  cancel();
});

test("an operator ends it, once; a restart does not", async () => {
  const { safeMode, start, store, clock } = await crashed();
  await safeMode.stop();
  const again = await start();
  expect(again.isActive()).toBe(true);
  expect(again.end("anna")).toMatchObject({ isActive: false });
  expect(() => again.end("anna")).toThrowError(expect.objectContaining({ code: "conflict" }));
  await clock.advance(0);
  expect(store.kept).toMatchObject({ crashesAtMs: [], safeSinceMs: null });
  expect((await start()).isActive()).toBe(false);
});

test("a wall's clock that was stepped back hides no loop", async () => {
  const { clock, start } = machine();
  await start();
  for (let crash = 0; crash < 2; crash++) await start();
  clock.stepWall(-240_000);
  expect((await start()).isActive()).toBe(true);
});

test("a store that fails or hangs keeps no program from starting or ending", async () => {
  const { store, clock, log, start } = machine();
  store.mood = "failing";
  const safeMode = await start();
  expect(safeMode.isActive()).toBe(false);
  expect(log.lines.some(({ message }) => message.includes("could not be read"))).toBe(true);
  store.mood = "hanging";
  await during(clock, safeMode.stop(), 2_000);
  expect((await start()).isActive()).toBe(false);
});

test("a bug that ends the program by way of its safe states is a crash all the same", async () => {
  const { clock, start } = machine();
  for (const isActive of [false, false, false, true]) {
    const safeMode = await start();
    expect(safeMode.isActive()).toBe(isActive);
    await clock.advance(60_000);
    safeMode.crashed();
    await safeMode.stop();
  }
});
