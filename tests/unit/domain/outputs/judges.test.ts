import { describe, expect, test } from "vitest";
import { heatModelFrom } from "#domain/control/heat-model.ts";
import { FillJudge } from "#domain/outputs/fill-judge.ts";
import { HeatJudge, type HeatSeen } from "#domain/outputs/heat-judge.ts";
import { PowerJudge, runningAboveW } from "#domain/outputs/power-judge.ts";

describe("by its power", () => {
  /** A look a second at a load told this, that draws that. @returns what was found, and when, s */
  function watched(seconds: number, told: (s: number) => boolean, drawsW: (s: number) => number | null) {
    const judge = new PowerJudge();
    for (let s = 0; s <= seconds; s++) {
      const w = drawsW(s);
      const power = w === null ? null : { w, atMs: s * 1_000 - 300 };
      const found = judge.judge({ isCommandedOn: told(s), power, atMs: s * 1_000 }, 300);
      if (found !== "as-told") return { found, s };
    }
    return null;
  }

  test("a load that draws on after it was switched off is stuck within 15 s", () => {
    const stuck = watched(
      60,
      (s) => s < 20,
      () => 297,
    );
    expect(stuck?.found).toBe("stuck-on");
    expect((stuck?.s ?? 0) - 20).toBeLessThanOrEqual(15);
  });

  test("a relay that welds shut while it is off is found as well", () => {
    const stuck = watched(
      60,
      () => false,
      (s) => (s < 20 ? 0 : 297),
    );
    expect(stuck?.found).toBe("stuck-on");
    expect((stuck?.s ?? 0) - 20).toBeLessThanOrEqual(15);
  });

  test("a load that draws nothing is found after 10 s, one that does as told never", () => {
    const stuck = watched(
      60,
      (s) => s >= 20,
      () => 0,
    );
    expect(stuck).toEqual({ found: "stuck-off", s: 31 });
    expect(
      watched(
        60,
        (s) => s % 20 < 10,
        (s) => (s % 20 < 10 ? 297 : 0.4),
      ),
    ).toBeNull();
  });

  test("a meter that is silent, or slipped once, proves nothing", () => {
    const silent = watched(
      60,
      (s) => s < 20,
      (s) => (s < 20 ? 297 : null),
    );
    expect(silent).toBeNull();
    const slip = watched(
      60,
      () => false,
      (s) => (s === 30 ? 297 : 0),
    );
    expect(slip).toBeNull();
  });

  test("a small load runs from a tenth of its nameplate on", () => {
    expect([runningAboveW(null), runningAboveW(300), runningAboveW(3)]).toEqual([5, 5, expect.closeTo(0.3)]);
  });
});

const FILLING = { isFilling: true, isSettled: true };

describe("a fill", () => {
  const wave = (s: number) => 0.8 * Math.sin(s * 2.4);
  /** @returns when it was found dry, s into the fill; null: never */
  function filled(risePerS: number, noise: (s: number) => number = wave): number | null {
    const judge = new FillJudge();
    for (let s = 0; s < 300; s++) {
      judge.heard(60 + Math.max(0, s - 70) * risePerS + noise(s), s * 1_000);
      if (judge.isDry({ isFilling: s >= 70, isSettled: true }, s * 1_000)) return s - 70;
    }
    return null;
  }

  test("that moves no level is dry after 90 s, waves or not", () => {
    expect(filled(0, () => 0)).toBe(90);
    expect(filled(0)).toBeGreaterThanOrEqual(90);
    expect(filled(0)).toBeLessThan(120);
  });

  test("that raises it is not", () => {
    expect(filled(1.5 / 90)).toBeNull();
    expect(filled(0.2 / 90, () => 0)).toBeNull();
  });

  test("that begins while the return pump still draws the sump down is judged once the water has settled", () => {
    const judge = new FillJudge();
    // The sump gives back 12 % in two minutes and the fill adds 1 % a minute; the level falls for all that.
    const levelAt = (s: number) => 60 - 12 * Math.min(1, s / 120) + s / 60;
    const found = [];
    for (let s = 0; s < 400; s++) {
      judge.heard(levelAt(s), s * 1_000);
      found.push(judge.isDry({ isFilling: s >= 60, isSettled: s >= 120 }, s * 1_000));
    }
    expect(found).not.toContain(true);
    expect(judge.isDry({ isFilling: false, isSettled: true }, 400_000)).toBe(false);
  });

  test("without three readings of the level is compared with nothing", () => {
    const judge = new FillJudge();
    for (const s of [0, 45, 100]) {
      judge.heard(60, s * 1_000);
      expect(judge.isDry(FILLING, s * 1_000)).toBe(false);
    }
  });

  test("whose level fell silent is not judged here", () => {
    const judge = new FillJudge();
    judge.heard(60, 0);
    expect(judge.isDry(FILLING, 1_000)).toBe(false);
    expect(judge.isDry(FILLING, 200_000)).toBe(false);
    expect(new FillJudge().isDry(FILLING, 1_000)).toBe(false);
  });
});

describe("by the water", () => {
  const MODEL = heatModelFrom(300, 400);
  const ROOM_C = 22;
  const rateOf = (waterC: number, heaterW: number, roomC = ROOM_C) =>
    (heaterW / 300) * MODEL.heaterCPerH - MODEL.lossPerH * (waterC - roomC);
  const rounded = (waterC: number) => Math.round(waterC / 0.0625) * 0.0625;

  interface Course {
    readonly minutes: number;
    readonly told: (min: number) => boolean;
    readonly heaterW: (min: number) => number;
    readonly roomC?: (min: number) => number;
    readonly seen?: (seen: HeatSeen, min: number) => HeatSeen;
  }

  /** Looks once a second. @returns what was found, and when, min */
  function course({ minutes, told, heaterW, roomC = () => ROOM_C, seen: change }: Course) {
    const judge = new HeatJudge();
    let waterC = 25.5;
    for (let s = 0; s < minutes * 60; s++) {
      const min = s / 60;
      waterC += rateOf(waterC, heaterW(min), roomC(min)) / 3_600;
      const seen: HeatSeen = {
        isHeating: told(min),
        isDisturbed: false,
        waterC: rounded(waterC),
        secondC: null,
        roomC: roomC(min),
        atMs: s * 1_000,
      };
      const found = judge.judge(change?.(seen, min) ?? seen, MODEL);
      if (found !== "unknown") return { found, min };
    }
    return null;
  }

  const never = () => false;
  const always = () => true;

  test("a heater that heats although it is off is found within 45 min, whenever its relay welded", () => {
    for (const weldedAt of [0, 40, 130]) {
      const found = course({ minutes: 240, told: never, heaterW: (min) => (min < weldedAt ? 0 : 300) });
      expect(found?.found).toBe("stuck-on");
      expect((found?.min ?? 0) - weldedAt).toBeLessThanOrEqual(45);
    }
  });

  test("a heat wave that the room's sensor sees is no welded relay, nor is a healthy night", () => {
    const wave = (min: number) => ROOM_C + 9 * (1 - Math.exp(-Math.max(0, min - 60) / 60));
    expect(course({ minutes: 600, told: never, heaterW: () => 0, roomC: wave })).toBeNull();
    expect(
      course({
        minutes: 600,
        told: (min) => min % 50 < 25,
        heaterW: (min) => (min % 50 < 25 ? 300 : 0),
      }),
    ).toBeNull();
  });

  test("a heater that adds less than a third is weak, after half an hour at the least", () => {
    const found = course({ minutes: 120, told: always, heaterW: () => 60 });
    expect(found?.found).toBe("weak");
    expect(found?.min).toBeGreaterThanOrEqual(30);
    expect(course({ minutes: 120, told: always, heaterW: () => 0 })?.found).toBe("weak");
  });

  test("a heater that only slows a fall in a cold snap is well", () => {
    expect(course({ minutes: 120, told: always, heaterW: () => 300, roomC: () => 5 })?.found).toBe("well");
  });

  test("one that adds two fifths is neither weak nor well", () => {
    expect(course({ minutes: 120, told: always, heaterW: () => 120 })).toBeNull();
  });

  test("a second probe that sees it heat contradicts the first", () => {
    const found = course({
      minutes: 120,
      told: always,
      heaterW: () => 300,
      seen: (seen) => ({ ...seen, secondC: seen.waterC, waterC: 25 - 0.001 * (seen.atMs / 60_000) }),
    });
    expect(found?.found).toBe("contradicted");
  });

  test("nothing is inferred while the chiller runs, the probe is bad or the tank is not known", () => {
    const disturbed = (seen: HeatSeen) => ({ ...seen, isDisturbed: true });
    expect(course({ minutes: 120, told: never, heaterW: () => 300, seen: disturbed })).toBeNull();
    const blind = (seen: HeatSeen, min: number) => (min % 15 < 0.1 ? { ...seen, waterC: null } : seen);
    expect(course({ minutes: 120, told: never, heaterW: () => 300, seen: blind })).toBeNull();
    const judge = new HeatJudge();
    for (let s = 0; s < 7_200; s++) {
      const seen = { isHeating: false, isDisturbed: false, waterC: 25 + s / 1_000, secondC: null, roomC: null };
      expect(judge.judge({ ...seen, atMs: s * 1_000 }, null)).toBe("unknown");
    }
  });

  test("without a room nothing is inferred before the tank's own curve is known", () => {
    const noRoom = (seen: HeatSeen) => ({ ...seen, roomC: null });
    expect(course({ minutes: 120, told: never, heaterW: () => 300, seen: noRoom })).toBeNull();
  });

  test("a coarse probe needs three of its own steps", () => {
    const coarse = (seen: HeatSeen) => ({ ...seen, waterC: Math.round((seen.waterC ?? 0) * 2) / 2 });
    const found = course({ minutes: 400, told: never, heaterW: () => 300, seen: coarse });
    expect(found?.min ?? 400).toBeGreaterThan(100);
  });
});
