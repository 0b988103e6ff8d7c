import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import { tankFlawsIn, tankFormFrom, tankPatchFrom } from "../../../src-renderer/features/settings/tank-form.ts";

const SETTINGS: TankSettings = {
  tankName: "Reef",
  timeZone: "Europe/Berlin",
  place: null,
  systemVolumeL: 400,
  sumpFreeL: null,
  backDrainL: null,
};
const was = tankFormFrom(SETTINGS, "L");

describe("what is sent of the tank's form", () => {
  test.each(["L", "gal"] as const)("nothing, as long as nothing was typed (%s)", (unit) => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100_000, noNaN: true }), (systemVolumeL) => {
        const form = tankFormFrom({ ...SETTINGS, systemVolumeL }, unit);
        expect(tankPatchFrom(form, form, unit)).toEqual({});
      }),
    );
  });

  test("only what was changed", () => {
    expect(tankPatchFrom({ ...was, tankName: " Lagoon " }, was, "L")).toEqual({ tankName: "Lagoon" });
    expect(tankPatchFrom({ ...was, timeZone: "UTC" }, was, "L")).toEqual({ timeZone: "UTC" });
  });

  test("a volume typed in gallons as litres, and an emptied one as not said", () => {
    const american = tankFormFrom(SETTINGS, "gal");
    expect(american.volume).toBe(105.7);
    expect(tankPatchFrom({ ...american, volume: 100 }, american, "gal").systemVolumeL).toBeCloseTo(378.541, 3);
    expect(tankPatchFrom({ ...was, volume: Number.NaN }, was, "L")).toEqual({ systemVolumeL: null });
  });

  test("of the sump what it takes and what drains into it, where nothing is an answer too", () => {
    expect(tankPatchFrom({ ...was, sumpFree: 25, backDrain: 0 }, was, "L")).toEqual({
      sumpFreeL: 25,
      backDrainL: 0,
    });
    const said = tankFormFrom({ ...SETTINGS, sumpFreeL: 25 }, "L");
    expect(tankPatchFrom({ ...said, sumpFree: Number.NaN }, said, "L")).toEqual({ sumpFreeL: null });
  });

  test("a place whole, or as not said", () => {
    const placed = { ...was, latitudeDeg: 52.5, longitudeDeg: 0 };
    expect(tankPatchFrom(placed, was, "L")).toEqual({ place: { latitudeDeg: 52.5, longitudeDeg: 0 } });
    expect(tankPatchFrom(was, placed, "L")).toEqual({ place: null });
  });

  test("a form without flaws is one that the core takes", () => {
    const degrees = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -200, max: 200, noNaN: true }));
    const volume = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -1, max: 2e7, noNaN: true }));
    const form = fc.record({
      tankName: fc.string({ maxLength: 90 }),
      timeZone: fc.constantFrom("UTC", "Mars/Olympus", "", "America/New_York"),
      latitudeDeg: degrees,
      longitudeDeg: degrees,
      volume,
      sumpFree: volume,
      backDrain: volume,
    });
    fc.assert(
      fc.property(form, fc.constantFrom("L", "gal"), (typed, unit) => {
        if (tankFlawsIn(typed, unit).size > 0) return;
        expect(TankSettingsPatch.safeParse(tankPatchFrom(typed, was, unit)).success).toBe(true);
      }),
    );
  });
});

describe("what does not fit in the tank's form", () => {
  test.each([
    ["name", { tankName: "" }],
    ["sumpFree", { sumpFree: -1 }],
    ["backDrain", { backDrain: 2e7 }],
    ["zone", { timeZone: "Europe/Atlantis" }],
    ["latitude", { latitudeDeg: 91, longitudeDeg: 0 }],
    ["longitude", { latitudeDeg: 0, longitudeDeg: -181 }],
    ["place-half", { latitudeDeg: 52 }],
    ["volume", { volume: 0 }],
    ["volume", { volume: 10_000_001 }],
  ] as const)("%s", (flaw, change) => {
    expect([...tankFlawsIn({ ...was, ...change }, "L")]).toEqual([flaw]);
  });
});
