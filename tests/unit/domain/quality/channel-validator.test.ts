import { expect, test } from "vitest";
import type { Quantity, Role } from "#contract/quantities.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { ChannelValidator } from "#domain/quality/channel-validator.ts";
import { qualityRulesFor } from "#domain/quality/quality-rules.ts";

const AS_IT_IS = calibratorFor(null);
const MINUTE_MS = 60_000;

function validatorOf(quantity: Quantity, role: Role = "display") {
  return new ChannelValidator(qualityRulesFor(quantity, role), AS_IT_IS);
}

/** The verdict on `raw` after one good value a minute before. */
function afterGood(quantity: Quantity, good: number, raw: number) {
  const validator = validatorOf(quantity);
  validator.observe({ value: good }, 0);
  const { quality, reason } = validator.observe({ value: raw }, MINUTE_MS);
  return reason === null ? quality : `${quality}: ${reason}`;
}

test("a plausible value is good and keeps its raw value", () => {
  expect(validatorOf("temperature").observe({ value: 25.1 }, 0)).toEqual({
    value: 25.1,
    quality: "good",
    reason: null,
    raw: 25.1,
  });
});

test("no answer is bad: comm, a driver's sentinel bad: fault", () => {
  const validator = validatorOf("temperature");
  expect(validator.observe({ fault: "comm" }, 0)).toEqual({
    value: null,
    quality: "bad",
    reason: "comm",
    raw: null,
  });
  expect(validator.observe({ fault: "fault" }, 0)).toEqual({
    value: null,
    quality: "bad",
    reason: "fault",
    raw: null,
  });
});

test("what is no number is a fault, and its raw value is none", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(validatorOf("generic").observe({ value }, 0)).toEqual({
      value: null,
      quality: "bad",
      reason: "fault",
      raw: null,
    });
  }
});

test("the DS18B20's sentinels are faults of a temperature, and ordinary numbers elsewhere", () => {
  expect(afterGood("temperature", 25, 127.9375)).toBe("bad: fault");
  expect(afterGood("temperature", 25, 127.94)).toBe("bad: fault");
  expect(afterGood("temperature", 25, -127)).toBe("bad: fault");
  expect(afterGood("temperature", 25, 85)).toBe("bad: fault");
  expect(afterGood("controller-temperature", 55, 85)).toBe("good");
  expect(afterGood("generic", 25, -127)).toBe("good");
});

test("85 without a last good value below 60 is judged by its range", () => {
  expect(validatorOf("temperature").observe({ value: 85 }, 0).reason).toBe("range");
});

test("an exact zero after something else is a lost sensor, where zero is no everyday value", () => {
  expect(afterGood("temperature", 25, 0)).toBe("bad: fault");
  expect(afterGood("ph", 8.1, -0)).toBe("bad: fault");
  expect(afterGood("orp", 350, 0)).toBe("bad: fault");
  expect(afterGood("salinity", 35, 0)).toBe("bad: fault");
  expect(afterGood("power", 300, 0)).toBe("good");
  expect(afterGood("leak", 1, 0)).toBe("good");
});

test("a zero that was there from the start, or that is passed on the way, is measured", () => {
  expect(validatorOf("salinity").observe({ value: 0 }, 0).quality).toBe("good");
  expect(afterGood("orp", 3, 0)).toBe("good");
});

test("beyond what the quantity can be is bad: range, at the first sample", () => {
  expect(afterGood("temperature", 17, -7.1)).toBe("bad: range");
  expect(afterGood("temperature", 25, 45.1)).toBe("bad: range");
  expect(afterGood("ph", 8.1, 13)).toBe("bad: range");
  expect(afterGood("orp", 350, 1_101)).toBe("bad: range");
  expect(afterGood("salinity", 35, 50.1)).toBe("bad: range");
  expect(afterGood("power", 300, -1)).toBe("bad: range");
  expect(afterGood("controller-temperature", 50, 126)).toBe("bad: range");
  expect(afterGood("generic", 1, 1e300)).toBe("good");
});

test("a room's temperature is air: it may freeze and it may jump, but not boil", () => {
  const room = validatorOf("temperature", "room");
  expect(room.observe({ value: -5 }, 0).quality).toBe("good");
  expect(room.observe({ value: 12 }, 1_000).quality).toBe("good");
  expect(room.observe({ value: 61 }, 2_000).reason).toBe("range");
});

test("a probe flat at -7.1 for two days is bad all along and good at its first true value", () => {
  const validator = validatorOf("temperature");
  const at = (sample: number) => sample * 10 * MINUTE_MS;
  validator.observe({ value: 17 }, 0);
  for (let sample = 1; sample < 314; sample++) {
    expect(validator.observe({ value: -7.1 }, at(sample))).toEqual({
      value: null,
      quality: "bad",
      reason: "range",
      raw: -7.1,
    });
  }
  expect(validator.observe({ value: 15.8 }, at(314)).quality).toBe("good");
});

test("a jump holds the last good value and keeps what the device said", () => {
  const validator = validatorOf("temperature");
  validator.observe({ value: 25 }, 0);
  expect(validator.observe({ value: 22 }, 1_000)).toEqual({
    value: 25,
    quality: "uncertain",
    reason: "rate",
    raw: 22,
  });
  expect(validator.observe({ value: 25.1 }, 2_000).quality).toBe("good");
});

test("an operator may accept the level at once", () => {
  const validator = validatorOf("temperature");
  expect(validator.acceptLevel()).toBe(false);
  validator.observe({ value: 25 }, 0);
  expect(validator.acceptLevel()).toBe(false);
  validator.observe({ value: 22 }, 1_000);
  expect(validator.acceptLevel()).toBe(true);
  expect(validator.stale()?.value).toBe(22);
  expect(validator.observe({ value: 22.1 }, 2_000).quality).toBe("good");
  expect(validatorOf("generic").acceptLevel()).toBe(false);
});

test("a second probe that agrees ends the doubt", () => {
  const validator = validatorOf("temperature");
  validator.observe({ value: 25 }, 0);
  expect(validator.observe({ value: 23 }, 1_000, 25).reason).toBe("rate");
  expect(validator.observe({ value: 23 }, 2_000, 23.4).quality).toBe("good");
});

test("a calibration shows in the next reading, is checked against the tank's limits, and is no jump", () => {
  const rules = qualityRulesFor("ph", "display");
  const validator = new ChannelValidator(rules, AS_IT_IS);
  validator.observe({ value: 7.2 }, 0);
  validator.configure(rules, calibratorFor({ offset: 0.9 }));
  expect(validator.observe({ value: 7.2 }, 1_000)).toEqual({
    value: 8.1,
    quality: "good",
    reason: null,
    raw: 7.2,
  });
  expect(validator.observe({ value: 12.5 }, 2_000).reason).toBe("range");
});

test("a calibration that puts the held value out of range forgets it", () => {
  const rules = qualityRulesFor("ph", "display");
  const validator = new ChannelValidator(rules, AS_IT_IS);
  validator.observe({ value: 8 }, 0);
  validator.configure(rules, calibratorFor({ offset: 9 }));
  expect(validator.stale()).toBeNull();
  expect(validator.observe({ value: -1 }, 1_000).quality).toBe("good");
});

test("an analog board's volts are judged as what they mean", () => {
  const calibrate = calibratorFor({
    points: [
      { raw: 1.5, actual: 7 },
      { raw: 2.03, actual: 4 },
    ],
  });
  const validator = new ChannelValidator(qualityRulesFor("ph", "display"), calibrate);
  expect(validator.observe({ value: 1.3 }, 0)).toMatchObject({ quality: "good", raw: 1.3 });
});

test("a calibration that comes to no number is a fault", () => {
  const calibrate = calibratorFor({
    points: [
      { raw: 0, actual: 0 },
      { raw: 5e-324, actual: 1 },
    ],
  });
  const validator = new ChannelValidator(qualityRulesFor("generic", "generic"), calibrate);
  expect(validator.observe({ value: 1 }, 0)).toEqual({ value: null, quality: "bad", reason: "fault", raw: 1 });
});

test("another role brings its own rules and keeps the last good value", () => {
  const validator = validatorOf("temperature", "room");
  validator.observe({ value: 22 }, 0);
  validator.configure(qualityRulesFor("temperature", "sump"), AS_IT_IS);
  expect(validator.stale()?.value).toBe(22);
  expect(validator.observe({ value: -5 }, 1_000).reason).toBe("range");
});

test("another quantity's rules start its deaths anew", () => {
  const validator = validatorOf("generic");
  validator.configure(qualityRulesFor("ph", "display"), AS_IT_IS);
  expect(validator.observe({ value: 5 }, 0)).toMatchObject({ quality: "bad", reason: "implausible" });
});

test("silence holds the last good value; where there never was one there is nothing to hold", () => {
  const validator = validatorOf("temperature");
  expect(validator.stale()).toBeNull();
  validator.observe({ value: 25 }, 0);
  validator.observe({ fault: "comm" }, 1_000);
  expect(validator.stale()).toEqual({ value: 25, quality: "uncertain", reason: "stale", raw: null });
});

test("a first pH that no tank has is bad at once, and one good sample clears a single slip", () => {
  const validator = validatorOf("ph");
  expect(validator.observe({ value: 5.5 }, 0)).toEqual({
    value: null,
    quality: "bad",
    reason: "implausible",
    raw: 5.5,
  });
  expect(validator.observe({ value: 8.1 }, 1_000).quality).toBe("good");
});

test("a pH that dies under a one-second poll is bad with its second sample, not held for ten minutes", () => {
  const validator = validatorOf("ph");
  validator.observe({ value: 8.1 }, 0);
  expect(validator.observe({ value: 6 }, 1_000)).toMatchObject({
    value: 8.1,
    quality: "uncertain",
    reason: "rate",
  });
  expect(validator.observe({ value: 6 }, 2_000)).toMatchObject({
    value: null,
    quality: "bad",
    reason: "implausible",
  });
});

test("a pH that wanders out of the band slowly is doubted once, then bad", () => {
  const validator = validatorOf("ph");
  validator.observe({ value: 6.52 }, 0);
  expect(validator.observe({ value: 6.49 }, MINUTE_MS)).toMatchObject({
    value: 6.52,
    quality: "uncertain",
    reason: "implausible",
  });
  expect(validator.observe({ value: 6.48 }, 2 * MINUTE_MS)).toMatchObject({
    quality: "bad",
    reason: "implausible",
  });
});
