import { describe, expect, test } from "vitest";
import { wakeKeysOf } from "../../../src-renderer/features/kiosk/wake-keys.ts";
import type { Concern } from "../../../src-renderer/features/tank/concerns.ts";
import type { TankStatus } from "../../../src-renderer/features/tank/tank-status.ts";
import { alarm } from "../alarms/builders.ts";

const channel = { id: "c1", name: "pH" } as Extract<Concern, { kind: "outside" }>["channel"];
const output = { channelId: "o1", name: "Heater" } as Extract<Concern, { kind: "latched" }>["output"];
const concerned = (first: Concern, ...others: readonly Concern[]): TankStatus => ({
  kind: "concerns",
  concerns: [first, ...others],
});
const failing = { kind: "health", check: "database", isFailing: true, detail: "" } as const;

describe("what lights up a dark screen", () => {
  test.each(["offline", "emergency-stop"] as const)("%s", (kind) => {
    expect(wakeKeysOf({ kind })).toEqual([kind]);
  });

  test("a reading outside its limits, a leak, a fault that latched, a failing check, each by itself", () => {
    const outside: Concern = { kind: "outside", channel, departure: { side: "high", by: 1, limit: 8 } };
    const status = concerned(outside, { kind: "latched", output }, failing);
    expect(wakeKeysOf(status)).toEqual(["outside c1", "latched o1", "health database"]);
    expect(wakeKeysOf(concerned({ kind: "leak", channel }))).toEqual(["leak c1"]);
  });

  test("nothing that can wait until somebody comes by", () => {
    expect(wakeKeysOf({ kind: "well" })).toEqual([]);
    expect(
      wakeKeysOf(concerned({ kind: "stale", channel, reason: "stale" }, { ...failing, isFailing: false })),
    ).toEqual([]);
  });

  test("an alarm that calls, each time it is raised; not one that somebody acknowledged, or a low one", () => {
    const of = (more: Parameters<typeof alarm>[1]): Concern => ({ kind: "alarm", alarm: alarm(1, more), more: 0 });
    const first = wakeKeysOf(concerned(of({})));
    expect(first).toHaveLength(1);
    expect(wakeKeysOf(concerned(of({ raisedAt: "2026-11-23T12:00:00.000Z" })))).not.toEqual(first);
    expect(wakeKeysOf(concerned(of({ state: "acknowledged" }), of({ priority: "low" })))).toEqual([]);
  });
});
