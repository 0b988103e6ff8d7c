import fc from "fast-check";
import { expect, test } from "vitest";
import { RuleCondition } from "#contract/loops/rule.ts";
import type { ControlInput } from "#domain/control/control-input.ts";
import {
  BLIND_LIMIT_MS,
  decideRule,
  keptRule,
  RULE_AT_REST,
  type RuleMemory,
  reconfigured,
  restoredRule,
} from "#domain/control/rule.ts";
import { combined } from "#domain/control/rule-condition.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const channelId = channelIdOf(1);
const condition = (fields: object): RuleCondition => RuleCondition.parse({ channelId, ...fields });
const warm = condition({ kind: "above", value: 28, hysteresis: 0.5 });
const good = (value: number): ControlInput => ({ isUsable: true, value });
const BAD: ControlInput = { isUsable: false, problem: "is bad (comm)" };

/** A rule that is told one input a second for each of its conditions. */
function ruleOf(conditions: readonly RuleCondition[], match: "all" | "any" = "all", unit = "°C") {
  let memory: RuleMemory = RULE_AT_REST;
  let atMs = 0;
  return {
    hear: (inputs: readonly ControlInput[], forMs = 1_000) => {
      atMs += forMs;
      const named = inputs.map((input) => ({ input, name: "Water", unit }));
      const decision = decideRule({ match, conditions: [...conditions] }, { before: memory, inputs: named, atMs });
      memory = decision.memory;
      return decision;
    },
    memory: () => memory,
  };
}

test("above its limit it is true, and ends only when it has come back by the hysteresis", () => {
  const rule = ruleOf([warm]);
  const truth = [28, 28.1, 28, 27.6, 27.5, 28].map((value) => rule.hear([good(value)]).isTrue);
  expect(truth).toEqual([false, true, true, true, false, false]);
});

test("below its limit it is true, the other way round", () => {
  const rule = ruleOf([condition({ kind: "below", value: 8, hysteresis: 0.1 })]);
  const truth = [8, 7.9, 8.05, 8.1].map((value) => rule.hear([good(value)]).isTrue);
  expect(truth).toEqual([false, true, true, false]);
});

test("for so long without a break, or it begins anew", () => {
  const rule = ruleOf([condition({ kind: "above", value: 28, forS: 3 })]);
  const truth = [29, 29, 27, 29, 29, 29, 29].map((value) => rule.hear([good(value)]).isTrue);
  expect(truth).toEqual([false, false, false, false, false, false, true]);
});

test("outputs, modes and times of day count too, across midnight", () => {
  const rule = ruleOf([
    condition({ kind: "output-on" }),
    condition({ kind: "output-off" }),
    RuleCondition.parse({ kind: "mode", mode: "feed" }),
    RuleCondition.parse({ kind: "time", from: "22:00", to: "06:00" }),
  ]);
  const shown = (inputs: readonly number[]) => rule.hear(inputs.map(good)).conditions.map(({ isTrue }) => isTrue);
  expect(shown([40, 0, 1, 23 * 60])).toEqual([true, true, true, true]);
  expect(shown([0, 40, 0, 12 * 60])).toEqual([false, false, false, false]);
  expect(shown([0, 40, 0, 5 * 60])[3]).toBe(true);
});

test("all or any: what is known decides where it can", () => {
  expect(combined("all", [true, null])).toBeNull();
  expect(combined("all", [false, null])).toBe(false);
  expect(combined("all", [true, true])).toBe(true);
  expect(combined("any", [true, null])).toBe(true);
  expect(combined("any", [false, null])).toBeNull();
  expect(combined("any", [false, false])).toBe(false);
});

test("an input that is not good leaves it as it was; for a while also what it holds on", () => {
  const rule = ruleOf([warm]);
  expect(rule.hear([BAD])).toMatchObject({ isTrue: null, isActive: false, problem: "Water is bad (comm)" });
  rule.hear([good(29)]);
  expect(rule.hear([BAD])).toMatchObject({ isTrue: null, isActive: true, mayHoldOn: true });
  expect(rule.hear([BAD], BLIND_LIMIT_MS - 1)).toMatchObject({ isActive: true, mayHoldOn: true });
  expect(rule.hear([BAD], 1)).toMatchObject({ isActive: true, mayHoldOn: false });
  expect(rule.hear([good(27.8)])).toMatchObject({ isTrue: true, isActive: true, mayHoldOn: true, problem: null });
  rule.hear([BAD]);
  expect(rule.hear([good(27)])).toMatchObject({ isTrue: false, isActive: false });
});

test("time of which nothing is known counts for no duration, and what was true is true again at once", () => {
  const rule = ruleOf([condition({ kind: "above", value: 28, forS: 3 })]);
  rule.hear([good(29)]);
  rule.hear([good(29)]);
  rule.hear([BAD], 60_000);
  expect(rule.hear([good(29)]).isTrue).toBe(false);
  expect(rule.hear([good(29)], 3_000).isTrue).toBe(true);
  rule.hear([BAD], 60_000);
  rule.hear([BAD], 60_000);
  expect(rule.hear([good(29)]).isTrue).toBe(true);
});

test("a condition nobody told anything about is unknown", () => {
  const rule = ruleOf([warm, warm], "any");
  expect(rule.hear([good(20)])).toMatchObject({ isTrue: null, problem: "Its input is not there" });
  expect(rule.hear([good(29)])).toMatchObject({ isTrue: true, problem: null });
});

test("with other conditions, those that did not change go on from where they are", () => {
  const [a, b] = [warm, condition({ kind: "below", value: 8 })];
  const rule = ruleOf([a, b], "any");
  rule.hear([good(29), good(9)]);
  const changed = reconfigured(rule.memory(), [a, b], [condition({ kind: "below", value: 7 }), a]);
  expect(changed.conditions.map(({ isMet }) => isMet)).toEqual([false, true]);
  expect(changed.isActive).toBe(true);
});

test("after a restart it stays as it was until it hears again, and switches nothing on", () => {
  const rule = ruleOf([condition({ kind: "above", value: 28, hysteresis: 0.5, forS: 60 })]);
  rule.hear([good(29)]);
  rule.hear([good(29)], 60_000);
  const kept = JSON.parse(JSON.stringify(keptRule(rule.memory())));
  expect(kept).toEqual({ isActive: true, conditions: [{ isMet: true, isTrue: true }] });
  const conditions = [condition({ kind: "above", value: 28, hysteresis: 0.5, forS: 60 })];
  const after = (input: ControlInput) =>
    decideRule(
      { match: "all", conditions },
      { before: restoredRule(kept), inputs: [{ input, name: "Water", unit: "" }], atMs: 5 },
    );
  expect(after(BAD)).toMatchObject({ isTrue: null, isActive: true, mayHoldOn: false });
  expect(after(good(27.8))).toMatchObject({ isTrue: true, isActive: true, mayHoldOn: true });
  expect(after(good(27.5))).toMatchObject({ isTrue: false, isActive: false });
  const pending = ruleOf(conditions);
  pending.hear([good(29)]);
  expect(keptRule(pending.memory())).toEqual({ isActive: false, conditions: [{ isMet: true, isTrue: false }] });
});

test.each([
  [warm, 29, "Water is 29 °C, above 28 °C"],
  [warm, 27, "Water is 27 °C, not above 28 °C"],
  [condition({ kind: "below", value: 24 }), 23.1234, "Water is 23.12 °C, below 24 °C"],
  [
    condition({ kind: "above", value: 28, forS: 60 }),
    29,
    "Water is 29 °C, above 28 °C, for another 1 min to count",
  ],
  [condition({ kind: "output-on" }), 0, "Water is off"],
  [condition({ kind: "output-off" }), 100, "Water is on"],
  [RuleCondition.parse({ kind: "mode", mode: "feed" }), 1, "the mode feed is on"],
  [RuleCondition.parse({ kind: "mode", mode: "feed" }), 0, "the mode feed is not on"],
  [RuleCondition.parse({ kind: "time", from: "22:00", to: "06:00" }), 0, "it is between 22:00 and 06:00"],
  [RuleCondition.parse({ kind: "time", from: "22:00", to: "06:00" }), 700, "it is not between 22:00 and 06:00"],
])("it says how things stand: %#", (one, value, text) => {
  expect(ruleOf([one]).hear([good(value)]).conditions[0]?.text).toBe(text);
});

test("it says what it waits for on the way back, and where a number has no unit", () => {
  const above = ruleOf([warm]);
  above.hear([good(29)]);
  expect(above.hear([good(27.8)]).conditions[0]?.text).toBe("Water is 27.8 °C, and not yet down to 27.5 °C");
  const below = ruleOf([condition({ kind: "below", value: 8, hysteresis: 0.5 })], "all", "");
  below.hear([good(7)]);
  expect(below.hear([good(8.2)]).conditions[0]?.text).toBe("Water is 8.2, and not yet up to 8.5");
  expect(below.hear([BAD]).conditions[0]?.text).toBe("Water is bad (comm)");
});

test("inside its hysteresis nothing ever changes, whatever it hears", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.double({ min: 27.51, max: 28, noNaN: true })), (isHot, values) => {
      const rule = ruleOf([warm]);
      const before = rule.hear([good(isHot ? 29 : 27)]).isTrue;
      for (const value of values) expect(rule.hear([good(value)]).isTrue).toBe(before);
    }),
  );
});
