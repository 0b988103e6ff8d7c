import { describe, expect, test } from "vitest";
import { Permissive } from "#contract/guards.ts";
import { budgetShare } from "../../../src-renderer/features/interlocks/budget-share.ts";
import {
  equipmentOf,
  newPermissive,
  permissivesOf,
  protectionOf,
} from "../../../src-renderer/features/interlocks/channel-draft.ts";
import { faultChecks } from "../../../src-renderer/features/interlocks/fault-checks.ts";
import { flowFrom, type PumpRun, stepped } from "../../../src-renderer/features/interlocks/pump-run.ts";
import { interlocks as german } from "../../../src-renderer/i18n/de/interlocks.ts";
import { interlocks as english } from "../../../src-renderer/i18n/en/interlocks.ts";
import { learn, wordsAt } from "../../../src-renderer/i18n/translator.ts";
import { idOf, sensor } from "../tank/builders.ts";

learn("en", { interlocks: english });
learn("de", { interlocks: german });
const spoken = (language: "en" | "de") => ({ language, exists: () => true, getResource: wordsAt });

describe("what a person looks at before a reset", () => {
  test("goes by the fault and by what the output is for", () => {
    const ofTopOff = faultChecks(spoken("en"), "max-on", "top-off");
    expect(ofTopOff.some((text) => /sump/i.test(text))).toBe(true);
    expect(faultChecks(spoken("en"), "max-on", "doser")).not.toEqual(ofTopOff);
    expect(faultChecks(spoken("en"), "max-on", "fan")).toHaveLength(2);
  });

  test("is something for a fault nobody knows, and is said in German too", () => {
    expect(faultChecks(spoken("en"), "from-another-version", "heater").length).toBeGreaterThan(0);
    const both = [faultChecks(spoken("en"), "max-on", "top-off"), faultChecks(spoken("de"), "max-on", "top-off")];
    expect(both[0]?.length).toBe(both[1]?.length);
    expect(both[0]).not.toEqual(both[1]);
  });
});

describe("a run into a measuring cylinder", () => {
  const asked: PumpRun = { stage: "asked", forS: 30 };
  const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();

  test("begins when the pump is confirmed on, and lasts as long as it was", () => {
    expect(stepped(asked, { actual: 0, since: at(0) })).toBe(asked);
    const running = stepped(asked, { actual: 100, since: at(1) });
    expect(running).toMatchObject({ stage: "running" });
    expect(stepped(running, { actual: 100, since: at(1) })).toBe(running);
    expect(stepped(running, { actual: null, since: at(1) })).toBe(running);
    expect(stepped(running, { actual: 0, since: at(31) })).toEqual({ stage: "done", ranS: 30 });
  });

  test("that cannot have lasted so long counts as asked for", () => {
    const running = stepped(asked, { actual: 100, since: at(30) });
    expect(stepped(running, { actual: 0, since: at(10) })).toEqual({ stage: "done", ranS: 30 });
    const idle: PumpRun = { stage: "idle" };
    expect(stepped(idle, { actual: 100, since: at(1) })).toBe(idle);
  });

  test("gives a flow only where something was measured", () => {
    expect(flowFrom(33.3, 30)).toBe(1.11);
    expect(flowFrom(Number.NaN, 30)).toBeNull();
    expect(flowFrom(10, 0)).toBeNull();
  });
});

test("a budget of nothing is spent from the start; one overspent is spent and no more", () => {
  expect(budgetShare({ used: 0, limit: 0 })).toBe(1);
  expect(budgetShare({ used: 5, limit: 10 })).toBe(0.5);
  expect(budgetShare({ used: 15, limit: 10 })).toBe(1);
});

test("an output that says nothing of itself has no limits, no conditions and no equipment", () => {
  const bare = sensor(11, { kind: "switch", role: "generic" });
  expect(protectionOf(bare)).toMatchObject({ leaseS: null, switchedByHand: "take-back" });
  expect(permissivesOf(bare)).toEqual({ permissives: [] });
  expect(equipmentOf(bare).flowMlPerS).toBeNull();
});

test("every kind of condition can be begun, and is whole once its channel is chosen", () => {
  for (const kind of ["sensor", "output-on", "output-off", "no-mode"] as const) {
    const begun = newPermissive(kind);
    const chosen = "channelId" in begun ? { ...begun, channelId: idOf(1) } : begun;
    const whole = chosen.kind === "sensor" ? { ...chosen, min: 1 } : chosen;
    expect(Permissive.safeParse(whole).success).toBe(true);
  }
});
