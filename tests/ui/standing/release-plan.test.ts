import { expect, test } from "vitest";
import { releasePlan } from "../../../src-renderer/features/standing/release-plan.ts";
import { idOf, output } from "../tank/builders.ts";

const SINCE = "2026-11-23T10:00:00.000Z";
const STOP = { code: "emergency-stop", text: "Stopped.", until: null };

test("after an emergency stop water moves first; what is latched or blocked for good stays off and says why", () => {
  const latch = { code: "max-on", text: "Off: on for too long.", since: SINCE, latched: true };
  const blocked = { code: "leak", text: "Off: a leak.", until: null };
  const waits = { code: "min-off", text: "Still off.", until: SINCE };
  const plan = releasePlan([
    output(idOf(1), { name: "Heater", role: "heater", blockedBy: [STOP, waits] }),
    output(idOf(2), { name: "Top-off", role: "top-off", faults: [latch], blockedBy: [STOP] }),
    output(idOf(3), { name: "Circulation", role: "circulation" }),
    output(idOf(4), { name: "Return", role: "return-pump" }),
    output(idOf(5), { name: "Doser", role: "doser", blockedBy: [STOP, blocked] }),
  ]);
  expect(plan.map(({ output: { name }, staysBecause }) => [name, staysBecause])).toEqual([
    ["Return", null],
    ["Circulation", null],
    ["Heater", null],
    ["Top-off", latch],
    ["Doser", blocked],
  ]);
});
