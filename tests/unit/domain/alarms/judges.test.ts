import { expect, test } from "vitest";
import { type Judge, judgeOf } from "#domain/alarms/judges.ts";
import { SetpointWatch } from "#domain/alarms/setpoint-watch.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const HOUR_MS = 3_600_000;
const TWO_HOURS = alarm(1, { kind: "rate-of-change", setpoint: 0.6, windowS: 7_200, deadband: 0.12 });

function heard(judge: Judge | null, definition = TWO_HOURS) {
  return (atMs: number, value: number | null, more: { setpoint?: number | null; channel?: number } = {}) =>
    judge?.hear(
      {
        channelId: channelIdOf(more.channel ?? 1),
        value,
        quality: value === null ? "bad" : "good",
        reason: value === null ? "comm" : null,
        atMs,
        setpoint: more.setpoint ?? null,
      },
      definition,
    );
}

/** DS18B20: 0.0625 °C, a little noise. */
function probe(seed: number) {
  let state = seed;
  return (waterC: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    const noiseC = (state / 2 ** 32 - 0.5) * 0.12;
    return Math.round((waterC + noiseC) / 0.0625) * 0.0625;
  };
}

/** When the alarm of a tank that does `water` is first violated, h; null: never. */
function firstViolated(hours: number, water: (h: number) => number, everyS = 10): number | null {
  const hear = heard(judgeOf(TWO_HOURS));
  const read = probe(7);
  for (let atMs = 0; atMs <= hours * HOUR_MS; atMs += everyS * 1_000) {
    if (hear(atMs, read(water(atMs / HOUR_MS)))?.condition === "violated") return atMs / HOUR_MS;
  }
  return null;
}

test.each([10, 60, 600])(
  "+0.5 °C/h from 25.0 rings long before 26.7, sampled every %d s with the noise of the probe (Alerts: trend detection)",
  (everyS) => {
    const flat = 3;
    const atH = firstViolated(8, (h) => 25 + 0.5 * Math.max(0, h - flat), everyS);
    expect(atH).not.toBeNull();
    expect(25 + 0.5 * ((atH ?? 99) - flat)).toBeLessThan(26);
    // Without a past it takes three quarters of the window.
    expect(25 + 0.5 * (firstViolated(8, (h) => 25 + 0.5 * h, everyS) ?? 99)).toBeLessThan(26);
  },
);

test("an ordinary thermostat cycle, a day's swing, and an afternoon's sun are no trend", () => {
  expect(firstViolated(24, (h) => 25.5 + 0.15 * Math.sin(h * Math.PI))).toBeNull();
  expect(firstViolated(48, (h) => 25.5 + 0.6 * Math.sin((h * Math.PI) / 12))).toBeNull();
  const sun = (h: number) => 25 + 0.45 * (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, (h - 5) / 4))));
  expect(firstViolated(12, sun)).toBeNull();
});

test("what creeps on beyond the limit rings at last", () => {
  const atH = firstViolated(12, (h) => 25 + 0.36 * Math.max(0, h - 3));
  expect(atH).toBeGreaterThan(5);
  expect(atH).toBeLessThan(8);
});

test("too few samples, too little of the window, or a bad probe say nothing", () => {
  const hear = heard(judgeOf(TWO_HOURS));
  expect(hear(0, 25)?.condition).toBe("unknown");
  for (let i = 1; i <= 4; i++) expect(hear(i * 1_700_000, 25 + i)?.condition).toBe("unknown");
  expect(hear(5 * 1_700_000, null)?.condition).toBe("unknown");
  const short = heard(judgeOf(TWO_HOURS));
  for (let i = 0; i < 100; i++) expect(short(i * 10_000, 25 + i)?.condition).toBe("unknown");
});

test("a rate without a window of its own is taken over an hour, and one without a limit never rings", () => {
  const bare = { ...TWO_HOURS, windowS: null, setpoint: null };
  const hear = heard(judgeOf(bare), bare);
  let last: string | undefined;
  for (let i = 0; i <= 60; i++) last = hear(i * 60_000, 25 + i / 10)?.condition;
  expect(last).toBe("clear");
});

test("none while the active set-point moves, nor while the water follows it; against it, it rings", () => {
  const run = (waterAfter: (h: number) => number) => {
    const hear = heard(judgeOf(TWO_HOURS));
    const said: (string | undefined)[] = [];
    for (let s = 0; s <= 9 * 3_600; s += 60) {
      const h = s / 3_600;
      said.push(hear(s * 1_000, waterAfter(h), { setpoint: h < 3 ? 25.5 : 24 })?.condition);
    }
    return said;
  };
  expect(run((h) => Math.max(24, 25.5 - 0.6 * Math.max(0, h - 3)))).not.toContain("violated");
  const away = run((h) => 25.5 + 0.6 * Math.max(0, h - 3));
  expect(away.slice(0, 5 * 60)).not.toContain("violated");
  expect(away).toContain("violated");
});

test("a set-point that goes, comes, and moves by a season's hundredths is followed by nobody", () => {
  const watch = new SetpointWatch();
  const at = { nowMs: HOUR_MS, windowMs: HOUR_MS };
  watch.see(null, 0);
  expect([watch.setpoint, watch.isFollowed(25, 1, at)]).toEqual([null, false]);
  watch.see(25, 0);
  watch.see(25.05, 1);
  expect([watch.setpoint, watch.isFollowed(25, 1, at)]).toEqual([25.05, false]);
  watch.see(26, 2);
  expect(watch.isFollowed(25, 1, at)).toBe(true);
  expect(watch.isFollowed(25, 1, { ...at, nowMs: 2 * HOUR_MS })).toBe(true);
  expect(watch.isFollowed(25, -1, { ...at, nowMs: 2 * HOUR_MS })).toBe(false);
  expect(watch.isFollowed(25, 1, { ...at, nowMs: 13 * HOUR_MS })).toBe(false);
  watch.see(null, 3);
  expect(watch.isFollowed(25, 1, at)).toBe(false);
});

test("a deviation is the distance to what the loop holds, either way, and not known without it", () => {
  const definition = alarm(2, { kind: "deviation", setpoint: 0.5, deadband: 0.1 });
  const hear = heard(judgeOf(definition), definition);
  expect(hear(0, 25)?.condition).toBe("unknown");
  expect(hear(1_000, null, { setpoint: 25.5 })?.condition).toBe("unknown");
  expect(hear(2_000, 25.1, { setpoint: 25.5 })).toEqual({ condition: "clear", value: expect.closeTo(-0.4) });
  expect(hear(3_000, 24.95, { setpoint: 25.5 })?.condition).toBe("violated");
  expect(hear(4_000, 26.1, { setpoint: 25.5 })?.condition).toBe("violated");
  expect(hear(5_000, 25.95, { setpoint: 25.5 })?.condition).toBe("between");
  expect(hear(6_000, 25.95, { setpoint: 27 })?.condition).toBe("between");
});

test("two probes are compared once both are good", () => {
  const definition = alarm(3, {
    kind: "discrepancy",
    setpoint: 0.5,
    deadband: 0.1,
    otherChannelId: channelIdOf(2),
  });
  const hear = heard(judgeOf(definition), definition);
  expect(hear(0, 25)?.condition).toBe("unknown");
  expect(hear(1, 25.7, { channel: 2 })?.condition).toBe("violated");
  expect(hear(2, 25.6)?.condition).toBe("clear");
  expect(hear(3, null, { channel: 2 })?.condition).toBe("unknown");
});

test("a limit follows its definition of the moment; outputs, loops, drifts and the controller are judged by no reading", () => {
  const definition = alarm(4, { kind: "digital", setpoint: 1 });
  const hear = heard(judgeOf(definition), definition);
  expect([hear(0, 1)?.condition, hear(1, 0)?.condition, hear(2, null)?.condition]).toEqual([
    "violated",
    "clear",
    "unknown",
  ]);
  for (const kind of ["output-fault", "loop-warning", "drift", "controller"] as const)
    expect(judgeOf(alarm(5, { kind }))).toBeNull();
});

test("a slope that is beyond again after a gap longer than the window has to last anew", () => {
  const hear = heard(judgeOf(TWO_HOURS));
  const minute = 60_000;
  const waterC = (atMs: number) => 25 + (0.35 * atMs) / HOUR_MS;
  const conditions = (fromMs: number, toMs: number) => {
    const said: (string | undefined)[] = [];
    for (let atMs = fromMs; atMs <= toMs; atMs += minute) said.push(hear(atMs, waterC(atMs))?.condition);
    return said;
  };
  expect(conditions(0, 2 * HOUR_MS)).toContain("between");
  const after = conditions(5 * HOUR_MS, 8 * HOUR_MS);
  expect(after).toContain("between");
  expect(after).not.toContain("violated");
  expect(conditions(8 * HOUR_MS + minute, 9 * HOUR_MS)).toContain("violated");
});
