import { expect, test } from "vitest";
import {
  furtherBlocks,
  isUnsettled,
  lampOf,
  modeOf,
} from "../../../src-renderer/features/equipment/output-view.ts";
import { idOf, output } from "../tank/builders.ts";

const of = (parts: Parameters<typeof output>[1]) => output(idOf(1), parts);

test("on is shown only where the device confirmed it and the core is still heard", () => {
  expect(lampOf(of({ actual: 100 }), true)).toBe("on");
  expect(lampOf(of({ actual: 0 }), true)).toBe("off");
  expect(lampOf(of({ actual: 100 }), false)).toBe("unknown");
  expect(lampOf(of({ actual: null }), true)).toBe("unknown");
  for (const confirmation of ["pending", "failed", "unknown"] as const) {
    expect(lampOf(of({ actual: 100, confirmation }), true)).toBe(confirmation);
  }
});

test("only a hand's word is Off or On; everything else is Auto", () => {
  expect(modeOf(of({ owner: "manual", requested: 100 }))).toBe("on");
  expect(modeOf(of({ owner: "manual", requested: 0 }))).toBe("off");
  expect(modeOf(of({ owner: "interlock", requested: 0 }))).toBe("auto");
});

test("asked and said are told apart while they differ or nobody confirmed", () => {
  expect(isUnsettled(of({ requested: 100, actual: 100 }))).toBe(false);
  expect(isUnsettled(of({ requested: 100, actual: 0 }))).toBe(true);
  expect(isUnsettled(of({ confirmation: "pending" }))).toBe(true);
});

test("what blocks is said once", () => {
  const block = (text: string) => ({ code: "x", text, until: null });
  const since = "2026-11-23T10:00:00.000Z";
  const shown = of({
    reason: block("Too warm."),
    blockedBy: [block("Too warm."), block("Latched."), block("Still resting."), block("Still resting.")],
    faults: [{ code: "max-on", text: "Latched.", since, latched: true }],
  });
  expect(furtherBlocks(shown)).toEqual([block("Still resting.")]);
});
