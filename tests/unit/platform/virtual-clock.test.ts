import fc from "fast-check";
import { expect, test } from "vitest";
import { after, every, limitedCall, sleep, withTimeLimit } from "#main/platform/timing.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

test("timers run in the order of their deadlines, ties in the order they were set", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), async (delays) => {
      const clock = new VirtualClock();
      const ran: { delay: number; order: number; atMs: number }[] = [];
      for (const [order, delay] of delays.entries()) {
        clock.at(delay, () => ran.push({ delay, order, atMs: clock.monotonicMs() }));
      }
      await clock.advance(100);
      const expected = delays
        .map((delay, order) => ({ delay, order, atMs: delay }))
        .toSorted((a, b) => a.delay - b.delay || a.order - b.order);
      expect(ran).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test("a cancelled timer never runs", async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  const cancel = clock.at(10, () => ran.push("cancelled"));
  clock.at(5, () => cancel());
  clock.at(20, () => ran.push("kept"));
  await clock.advance(100);
  expect(ran).toEqual(["kept"]);
});

test("stepping the wall's clock leaves durations alone", async () => {
  const clock = new VirtualClock(1_000_000);
  let ran = 0;
  every(clock, 1_000, () => ran++);
  await clock.advance(5_000);
  clock.stepWall(-3_600_000);
  await clock.advance(5_000);
  expect(ran).toBe(10);
  expect(clock.nowMs()).toBe(1_000_000 + 10_000 - 3_600_000);
});

test("promise chains between two timers run before the later one", async () => {
  const clock = new VirtualClock();
  const seen: string[] = [];
  const chain = async () => {
    await sleep(clock, 10);
    await Promise.resolve();
    await Promise.resolve();
    seen.push("chain");
  };
  void chain();
  clock.at(11, () => seen.push("timer"));
  await clock.advance(20);
  expect(seen).toEqual(["chain", "timer"]);
});

test("a sleep ends when its signal aborts", async () => {
  const clock = new VirtualClock();
  const stopping = new AbortController();
  let isAwake = false;
  void sleep(clock, 1_000_000, stopping.signal).then(() => {
    isAwake = true;
  });
  after(clock, 5, () => stopping.abort());
  await clock.advance(10);
  expect(isAwake).toBe(true);
  await sleep(clock, 1_000_000, stopping.signal);
});

test("work that ignores its signal is abandoned at its limit, and its late answer goes nowhere", async () => {
  const clock = new VirtualClock();
  let finish: (value: number) => void = () => undefined;
  const outcome = withTimeLimit(
    clock,
    { limitMs: 100, what: "The probe" },
    () =>
      new Promise<number>((ok) => {
        finish = ok;
      }),
  ).catch((error: unknown) => error);
  await clock.advance(150);
  finish(7);
  expect(await outcome).toMatchObject({ code: "bus-timeout", message: "The probe did not answer within 100 ms" });
});

test("work is told when its owner stops", async () => {
  const clock = new VirtualClock();
  const stopping = new AbortController();
  let wasTold = false;
  const outcome = withTimeLimit(clock, { limitMs: 100, what: "The probe", signal: stopping.signal }, (signal) => {
    signal.addEventListener("abort", () => {
      wasTold = true;
    });
    return new Promise<number>(() => undefined);
  }).catch((error: unknown) => error);
  stopping.abort();
  expect(await outcome).toMatchObject({ code: "stopping" });
  expect(wasTold).toBe(true);
  expect(clock.nextAtMs()).toBeNull();
});

test("what the work answers or throws is passed on, and its timer is taken back", async () => {
  const clock = new VirtualClock();
  const limit = { limitMs: 100, what: "The probe" };
  expect(await withTimeLimit(clock, limit, async () => 5)).toBe(5);
  await expect(withTimeLimit(clock, limit, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(clock.nextAtMs()).toBeNull();
});

test("a call that is given up ends at once, and its work is told to stop", async () => {
  const clock = new VirtualClock();
  let told: AbortSignal | null = null;
  const call = limitedCall(clock, { limitMs: 100, what: "The plug" }, (signal) => {
    told = signal;
    return new Promise<never>(() => undefined);
  });
  call.giveUp();
  call.giveUp();
  await expect(call.result).rejects.toMatchObject({ code: "stopping" });
  expect(told).toMatchObject({ aborted: true });
  expect(clock.nextAtMs()).toBeNull();
});

test("giving up what is over changes nothing", async () => {
  const clock = new VirtualClock();
  const call = limitedCall(clock, { limitMs: 100, what: "The plug" }, async (signal) => signal);
  const signal = await call.result;
  call.giveUp();
  expect(signal.aborted).toBe(false);
});

test("a long span lets the real event loop turn meanwhile", async () => {
  const clock = new VirtualClock();
  let turnedAtMs = Number.POSITIVE_INFINITY;
  every(clock, 1, () => undefined);
  setImmediate(() => setImmediate(() => (turnedAtMs = clock.monotonicMs())));
  await clock.advance(10_000);
  expect(turnedAtMs).toBeLessThan(10_000);
});
