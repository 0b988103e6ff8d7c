import { expect, test } from "vitest";
import { freshnessOf } from "../../../src-renderer/features/tank/freshness.ts";
import { idOf, reading } from "./builders.ts";

const TAKEN_AT_MS = Date.parse("2026-11-23T10:00:00.000Z");
const now = (ageMs: number) => ({ nowMs: TAKEN_AT_MS + ageMs, isOnline: true, pollIntervalS: 10 });
const good = reading(idOf(1));

test("a reading of this interval is live, an older one says its age", () => {
  expect(freshnessOf({ reading: good, ...now(12_000) })).toEqual({ kind: "live", ageMs: 12_000 });
  expect(freshnessOf({ reading: good, ...now(20_000) })).toEqual({ kind: "late", ageMs: 20_000 });
});

test("a clock that is behind makes no negative age", () => {
  expect(freshnessOf({ reading: good, ...now(-5_000) })).toEqual({ kind: "live", ageMs: 0 });
});

test("a page that hears nothing calls its values stale by itself, after three intervals and at least 90 s", () => {
  expect(freshnessOf({ reading: good, ...now(92_000) }).kind).toBe("late");
  expect(freshnessOf({ reading: good, ...now(94_000) })).toEqual({
    kind: "stale",
    ageMs: 94_000,
    reason: "stale",
  });
  expect(freshnessOf({ reading: good, ...now(94_000), pollIntervalS: 60 }).kind).toBe("late");
});

test("without a connection nothing stays fresh", () => {
  const seen = { reading: good, ...now(0), isOnline: false };
  expect(freshnessOf(seen)).toEqual({ kind: "stale", ageMs: 0, reason: "offline" });
});

test("a held value is stale with the core's reason; a bad one has none", () => {
  const held = reading(idOf(1), { quality: "uncertain", reason: "rate" });
  expect(freshnessOf({ reading: held, ...now(0) })).toMatchObject({ kind: "stale", reason: "rate" });
  const bad = reading(idOf(1), { quality: "bad", value: null, reason: "comm" });
  expect(freshnessOf({ reading: bad, ...now(0) })).toEqual({ kind: "bad", reason: "comm" });
});

test("what was never told is waited for", () => {
  expect(freshnessOf({ reading: undefined, ...now(0) })).toEqual({ kind: "waiting" });
});
