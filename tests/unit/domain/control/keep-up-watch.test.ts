import { expect, test } from "vitest";
import { KeepUpWatch } from "#domain/control/keep-up-watch.ts";

const MINUTE = 60_000;

/** A heater that is on while the water moves so fast; a probe of 0.0625 °C looks at it every 10 s. */
function after(watch: KeepUpWatch, minutes: number, water: { fromC: number; cPerH: number; atMs?: number }) {
  const startMs = water.atMs ?? 0;
  for (let atMs = startMs; atMs <= startMs + minutes * MINUTE; atMs += 10_000) {
    const trueC = water.fromC + (water.cPerH * (atMs - startMs)) / 3_600_000;
    watch.note({ isOn: true, waterC: Math.round(trueC * 16) / 16, heatBelowC: 25.35, atMs });
  }
  return watch.behindForMs(startMs + minutes * MINUTE);
}

test("a heater that is on for an hour while the water falls or stays cannot keep up", () => {
  expect(after(new KeepUpWatch(), 59, { fromC: 25, cPerH: -0.3 })).toBeNull();
  expect(after(new KeepUpWatch(), 61, { fromC: 25, cPerH: -0.3 })).toBe(61 * MINUTE);
  expect(after(new KeepUpWatch(), 90, { fromC: 25, cPerH: 0 })).toBe(90 * MINUTE);
});

test("a cold tank that warms up all day, and water that is warm enough, are no reason", () => {
  expect(after(new KeepUpWatch(), 180, { fromC: 18, cPerH: 0.5 })).toBeNull();
  expect(after(new KeepUpWatch(), 180, { fromC: 25.5, cPerH: 0 })).toBeNull();
});

test("it is over when the water rises for good, is warm enough, or the heater goes off", () => {
  const rising = new KeepUpWatch();
  after(rising, 90, { fromC: 25, cPerH: -0.2 });
  expect(after(rising, 70, { fromC: 24.7, cPerH: 0.3, atMs: 91 * MINUTE })).toBeNull();

  const warm = new KeepUpWatch();
  after(warm, 90, { fromC: 25, cPerH: -0.2 });
  expect(after(warm, 2, { fromC: 25.4, cPerH: 0, atMs: 91 * MINUTE })).not.toBeNull();
  expect(after(warm, 10, { fromC: 25.4, cPerH: 0, atMs: 94 * MINUTE })).toBeNull();

  const off = new KeepUpWatch();
  after(off, 90, { fromC: 25, cPerH: -0.2 });
  off.note({ isOn: false, waterC: 24.7, heatBelowC: 25.35, atMs: 91 * MINUTE });
  expect(off.behindForMs(91 * MINUTE)).toBeNull();
});

test("between held and winning it stays as it was, so that the probe's steps do not make it flicker", () => {
  const watch = new KeepUpWatch();
  after(watch, 90, { fromC: 25, cPerH: 0 });
  expect(after(watch, 90, { fromC: 25, cPerH: 0.07, atMs: 91 * MINUTE })).not.toBeNull();
});

test("water at the very edge, seen by two probes that take turns, is told at most once in a day", () => {
  for (const edgeC of [25.15, 25.2, 25.25, 25.3, 25.35, 25.4]) {
    const watch = new KeepUpWatch();
    let began = 0;
    let wasBehind = false;
    for (let atMs = 0; atMs <= 24 * 60 * MINUTE; atMs += 5_000) {
      // It rises by a fifteenth of a degree in the day; the first probe, which reads higher, is gone for 20 s of 61.
      const trueC = edgeC + (0.067 * atMs) / (24 * 60 * MINUTE);
      const waterC = Math.round((trueC + (atMs % 61_000 < 20_000 ? -0.08 : 0.08)) * 16) / 16;
      watch.note({ isOn: true, waterC, heatBelowC: 25.35, atMs });
      const isBehind = watch.behindForMs(atMs) !== null;
      if (isBehind && !wasBehind) began += 1;
      wasBehind = isBehind;
    }
    expect(began, `at ${edgeC} °C`).toBeLessThanOrEqual(1);
  }
});
