import { expect, test } from "vitest";
import type { Alarm } from "#contract/alarms.ts";
import { groupsOf, unacknowledgedOf } from "../../../src-renderer/features/alarms/alarm-groups.ts";
import { countOf, isCalling, judged } from "../../../src-renderer/stores/alarms.ts";
import { idOf } from "../tank/builders.ts";
import { alarm } from "./builders.ts";

const CAUSE = idOf(500) as NonNullable<Alarm["groupId"]>;
const judgedOf = (...alarms: readonly Alarm[]) => judged(new Map(alarms.map((one) => [one.id, one])));

test("what stands is told the most urgent first; of the same, what nobody acknowledged, then the oldest", () => {
  const told = judgedOf(
    alarm(1, { priority: "medium" }),
    alarm(2, { priority: "high", state: "acknowledged", raisedAt: "2026-11-23T08:00:00.000Z" }),
    alarm(3, { priority: "high", raisedAt: "2026-11-23T09:30:00.000Z" }),
    alarm(4, { priority: "high", raisedAt: "2026-11-23T09:00:00.000Z" }),
    alarm(5, { priority: "critical", state: "latched" }),
    alarm(6, { state: "normal" }),
    alarm(7, { state: "shelved" }),
    alarm(8, { state: "out-of-service" }),
    alarm(9, { priority: "low", state: "returned-unacknowledged" }),
  );
  expect(told.standing.map(({ name }) => name.slice(6))).toEqual(["5", "4", "3", "2", "1", "9"]);
});

test("only what nobody acknowledged calls, and a low one never does", () => {
  expect(isCalling(alarm(1))).toBe(true);
  expect(isCalling(alarm(1, { state: "acknowledged" }))).toBe(false);
  expect(isCalling(alarm(1, { state: "returned-unacknowledged" }))).toBe(false);
  expect(isCalling(alarm(1, { priority: "low" }))).toBe(false);
});

test("alarms of one cause are one group, led by its worst, and one tap acknowledges those that wait for it", () => {
  const standing = [
    alarm(1, { groupId: CAUSE, priority: "medium" }),
    alarm(2, { groupId: CAUSE, priority: "critical" }),
    alarm(3, { groupId: CAUSE, state: "acknowledged" }),
    alarm(4, { priority: "high" }),
  ];
  const groups = groupsOf(standing);
  expect(groups.map(({ lead, members }) => [lead.name, members.length])).toEqual([
    ["Alarm 2", 3],
    ["Alarm 4", 1],
  ]);
  expect(countOf(standing)).toBe(2);
  const [first] = groups;
  expect(first && unacknowledgedOf(first).map(({ name }) => name)).toEqual(["Alarm 2", "Alarm 1"]);
});

test("of several limits that near, the one that is reached first is told; one that rings nears nothing", () => {
  const quiet = { state: "normal" } as const;
  const told = judgedOf(
    alarm(1, { ...quiet, limitAt: "2026-11-23T14:00:00.000Z" }),
    alarm(2, { ...quiet, limitAt: "2026-11-23T12:00:00.000Z" }),
    alarm(3, { limitAt: "2026-11-23T11:00:00.000Z" }),
    alarm(4, quiet),
  );
  expect([...told.nearing].map(([channelId, { name }]) => [channelId, name])).toEqual([[idOf(900), "Alarm 2"]]);
});
