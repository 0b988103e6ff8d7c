import fc from "fast-check";
import { expect, test } from "vitest";
import { type ArbitrationInputs, arbitrate, type Claim, type Why } from "#domain/outputs/arbitrate.ts";
import { allowedLevelPct } from "#domain/outputs/levels.ts";

const whyOf = (code: string): Why => ({ code, text: `${code}.`, untilMs: null });
const claimOf = (levelPct: number, code: string, isUrgent = false): Claim => ({
  levelPct,
  why: whyOf(code),
  by: "somebody",
  isUrgent,
});

const NOBODY: ArbitrationInputs = {
  range: { kind: "switch", limits: null },
  currentPct: 0,
  emergency: null,
  blocks: [],
  override: null,
  mode: null,
  automatic: null,
  rest: { state: 0, why: whyOf("rest") },
  minOn: null,
  minOff: null,
  record: null,
};
const LOOP_ON = { ...claimOf(100, "heating"), owner: "loop" } as const;
const LOOP_OFF = { ...claimOf(0, "idle"), owner: "loop" } as const;

test("authority goes emergency stop, interlock, hand, mode, schedule or loop, nobody", () => {
  const all: ArbitrationInputs = {
    ...NOBODY,
    emergency: claimOf(0, "emergency-stop"),
    blocks: [whyOf("leak")],
    override: claimOf(100, "override"),
    mode: claimOf(100, "feed"),
    automatic: LOOP_ON,
  };
  const less: Partial<ArbitrationInputs>[] = [
    { emergency: null },
    { blocks: [] },
    { override: null },
    { mode: null },
    { automatic: { ...LOOP_ON, owner: "schedule" } },
    { automatic: null },
  ];
  let inputs = all;
  const owners = [arbitrate(inputs).owner];
  for (const change of less) {
    inputs = { ...inputs, ...change };
    owners.push(arbitrate(inputs).owner);
  }
  expect(owners).toEqual(["emergency-stop", "interlock", "manual", "mode", "loop", "schedule", "none"]);
});

test("an output nobody asks for may be left as it is", () => {
  const verdict = arbitrate({ ...NOBODY, rest: { state: "unchanged", why: whyOf("rest") } });
  expect(verdict).toEqual({
    levelPct: null,
    owner: "none",
    why: whyOf("rest"),
    by: null,
    blockedBy: [],
    isUrgent: false,
  });
});

test("every broken interlock is named, and the first one gives the reason", () => {
  const verdict = arbitrate({ ...NOBODY, automatic: LOOP_ON, blocks: [whyOf("leak"), whyOf("no-flow")] });
  expect(verdict).toEqual({
    levelPct: 0,
    owner: "interlock",
    why: whyOf("leak"),
    by: null,
    blockedBy: [whyOf("leak"), whyOf("no-flow")],
    isUrgent: true,
  });
});

test("an on waits for the shortest time off and for its record, and both are named", () => {
  const waiting = { ...NOBODY, automatic: LOOP_ON, minOff: whyOf("min-off"), record: whyOf("record-pending") };
  expect(arbitrate(waiting)).toMatchObject({ levelPct: 0, owner: "interlock", why: { code: "min-off" } });
  expect(arbitrate(waiting).blockedBy.map(({ code }) => code)).toEqual(["min-off", "record-pending"]);
  expect(arbitrate({ ...waiting, minOff: null }).why.code).toBe("record-pending");
});

test("what is on already waits for neither", () => {
  const verdict = arbitrate({ ...NOBODY, currentPct: 100, automatic: LOOP_ON, minOff: whyOf("min-off") });
  expect(verdict).toMatchObject({ levelPct: 100, owner: "loop" });
});

test("an emergency state that is on waits for no shortest time off, but for its record", () => {
  const stop = { ...NOBODY, emergency: claimOf(100, "emergency-stop"), minOff: whyOf("min-off") };
  expect(arbitrate(stop)).toMatchObject({ levelPct: 100, owner: "emergency-stop", isUrgent: true });
  expect(arbitrate({ ...stop, record: whyOf("record-pending") })).toMatchObject({
    levelPct: 0,
    owner: "emergency-stop",
    why: { code: "emergency-stop" },
  });
});

test("an ordinary off is held for the shortest time on, at the level it has", () => {
  const held = { ...NOBODY, currentPct: 100, minOn: whyOf("min-on"), automatic: LOOP_OFF };
  expect(arbitrate(held)).toMatchObject({
    levelPct: 100,
    owner: "interlock",
    why: { code: "min-on" },
    isUrgent: false,
  });
  expect(arbitrate({ ...held, automatic: null }).levelPct).toBe(100);
});

test("an off by hand, by a protection, by an interlock or an emergency stop is not held", () => {
  const held = { ...NOBODY, currentPct: 100, minOn: whyOf("min-on") };
  const offs: Partial<ArbitrationInputs>[] = [
    { override: claimOf(0, "override") },
    { automatic: { ...claimOf(0, "sensor-not-good", true), owner: "loop" } },
    { blocks: [whyOf("leak")] },
    { emergency: claimOf(0, "emergency-stop") },
  ];
  expect(offs.map((off) => arbitrate({ ...held, ...off }).levelPct)).toEqual([0, 0, 0, 0]);
});

const why = fc.constantFrom("a", "b").map(whyOf);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const level = fc.oneof(fc.constantFrom(0, 1, 49, 50, 100, Number.NaN, 1e9, -5), fc.double({ min: -10, max: 110 }));
const by = fc.constant("somebody");
const claim = fc.record({ levelPct: level, why, by, isUrgent: fc.boolean() });
const anyInputs: fc.Arbitrary<ArbitrationInputs> = fc.record({
  range: fc.record({
    kind: fc.constantFrom("switch" as const, "dimmer" as const),
    limits: maybe(fc.constantFrom({ min: 10, max: 60 }, { min: 0, max: 0 }, { min: -20, max: 200 })),
  }),
  currentPct: maybe(fc.constantFrom(0, 40, 100)),
  emergency: maybe(claim),
  blocks: fc.array(why, { maxLength: 2 }),
  override: maybe(claim),
  mode: maybe(claim),
  automatic: maybe(
    fc.record({
      levelPct: level,
      why,
      by,
      isUrgent: fc.boolean(),
      owner: fc.constantFrom("schedule" as const, "loop" as const),
    }),
  ),
  rest: fc.record({ state: fc.oneof(fc.constant("unchanged" as const), fc.integer({ min: 0, max: 100 })), why }),
  minOn: maybe(why),
  minOff: maybe(why),
  record: maybe(why),
});

test("never on against a broken interlock, an emergency stop always owns, every level is one the output takes", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const verdict = arbitrate(inputs);
      if (inputs.blocks.length > 0) expect(verdict.levelPct).toBe(0);
      if (inputs.emergency !== null) {
        expect(verdict.owner).toBe("emergency-stop");
        expect([0, allowedLevelPct(inputs.range, inputs.emergency.levelPct)]).toContain(verdict.levelPct);
      }
      if (verdict.levelPct !== null)
        expect(allowedLevelPct(inputs.range, verdict.levelPct)).toBe(verdict.levelPct);
      if (verdict.levelPct === 0) expect(verdict.isUrgent).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test("an on never breaks the shortest time off nor goes without its record, and whoever is refused is told why", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const verdict = arbitrate(inputs);
      const wasOn = (inputs.currentPct ?? 0) > 0;
      const goesOn = !wasOn && (verdict.levelPct ?? 0) > 0;
      if (goesOn) {
        expect(inputs.record).toBeNull();
        if (inputs.emergency === null) expect(inputs.minOff).toBeNull();
      }
      if (verdict.owner === "interlock") expect(verdict.blockedBy).toContainEqual(verdict.why);
    }),
    { numRuns: 5_000 },
  );
});
