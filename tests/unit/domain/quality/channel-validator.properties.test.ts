import fc from "fast-check";
import { expect, test } from "vitest";
import { Quantity, Role } from "#contract/quantities.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { ChannelValidator, type ProbeAnswer } from "#domain/quality/channel-validator.ts";
import { qualityRulesFor } from "#domain/quality/quality-rules.ts";

const answer: fc.Arbitrary<ProbeAnswer> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ value: fc.double({ min: -20, max: 60, noNaN: true }) }) },
  { weight: 4, arbitrary: fc.record({ value: fc.double({ min: 6, max: 9 }) }) },
  fc.record({ value: fc.double() }),
  fc.record({ value: fc.constantFrom(0, -1, 85, 127.94, -127, -7.1) }),
  fc.record({ fault: fc.constantFrom("comm" as const, "fault" as const) }),
);
const calibration = fc.oneof(
  fc.constant(null),
  fc.record({ offset: fc.double({ min: -5, max: 5, noNaN: true }) }),
  fc.record({
    points: fc.uniqueArray(fc.record({ raw: fc.double({ noNaN: true }), actual: fc.double({ noNaN: true }) }), {
      minLength: 1,
      maxLength: 3,
      selector: (p) => p.raw,
    }),
  }),
);

test("whatever a probe says: never NaN, good is within range, bad has no value, uncertain holds one", () => {
  const step = fc.record({
    answer,
    waitMs: fc.nat({ max: 2_000_000 }),
    peer: fc.option(fc.double({ min: 0, max: 40, noNaN: true })),
    recalibration: fc.option(calibration, { freq: 8 }),
    isAccepted: fc.boolean(),
  });
  const quantity = fc.constantFrom(...Quantity.options);
  fc.assert(
    fc.property(
      quantity,
      fc.constantFrom(...Role.options),
      fc.array(step, { maxLength: 60 }),
      (measured, role, steps) => {
        const rules = qualityRulesFor(measured, role);
        const validator = new ChannelValidator(rules, calibratorFor(null));
        let atMs = 0;
        for (const { answer: said, waitMs, peer, recalibration, isAccepted } of steps) {
          atMs += waitMs;
          if (isAccepted) validator.acceptLevel();
          if (recalibration !== null) validator.configure(rules, calibratorFor(recalibration));
          for (const verdict of [validator.observe(said, atMs, peer), validator.stale()]) {
            if (verdict === null) continue;
            expect(verdict.quality === "bad").toBe(verdict.value === null);
            expect(verdict.quality === "good").toBe(verdict.reason === null);
            expect(verdict.raw === null || Number.isFinite(verdict.raw)).toBe(true);
            if (verdict.value === null) continue;
            expect(Number.isFinite(verdict.value)).toBe(true);
            expect(verdict.value).toBeGreaterThanOrEqual(rules.range?.min ?? Number.NEGATIVE_INFINITY);
            expect(verdict.value).toBeLessThanOrEqual(rules.range?.max ?? Number.POSITIVE_INFINITY);
          }
        }
      },
    ),
  );
});
