import { expect, test } from "vitest";
import { standingOf } from "../../../src-renderer/features/tank/standing.ts";
import { reading, sensor } from "./builders.ts";

const ph = sensor(1, { quantity: "ph", limits: { min: 7.8, max: 8.5 } });
const leak = sensor(2, { quantity: "leak" });
const now = { isOnline: true, nowMs: Date.parse("2026-11-23T10:00:01.000Z") };
const toneOf = (channel: typeof ph, value: number) =>
  standingOf(channel, { reading: reading(channel.id, { value }), ...now }).tone;

test("a value within its limits is plain, one beyond them warns", () => {
  expect(toneOf(ph, 8.1)).toBe("plain");
  expect(toneOf(ph, 7.7)).toBe("warn");
  expect(toneOf(sensor(3, { quantity: "ph" }), 2)).toBe("plain");
});

test("a leak sensor that is wet is danger", () => {
  expect(toneOf(leak, 1)).toBe("danger");
  expect(toneOf(leak, 0)).toBe("plain");
});

test("what is old or lost never keeps its tone", () => {
  const seen = { reading: reading(ph.id, { value: 7.7 }), ...now };
  expect(standingOf(ph, { ...seen, isOnline: false })).toEqual({
    kind: "stale",
    reason: "offline",
    tone: "stale",
  });
  const bad = reading(ph.id, { value: null, quality: "bad", reason: "comm" });
  expect(standingOf(ph, { ...now, reading: bad })).toEqual({ kind: "bad", reason: "comm", tone: "none" });
  expect(standingOf(ph, { ...now, reading: undefined })).toEqual({ kind: "waiting", reason: null, tone: "none" });
});
