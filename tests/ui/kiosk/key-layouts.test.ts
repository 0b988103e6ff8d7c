import { describe, expect, test } from "vitest";
import { layerAfter, layoutFor } from "../../../src-renderer/features/kiosk/key-layouts.ts";

const keysOf = (rows: readonly string[]) => rows.flatMap((row) => row.split(" "));

describe("the layouts of the on-screen keyboard", () => {
  test.each(["en", "de"] as const)("%s: every layer has four rows and a key for done, and erases", (language) => {
    for (const rows of Object.values(layoutFor(language, "."))) {
      expect(rows).toHaveLength(4);
      expect(keysOf(rows)).toEqual(expect.arrayContaining(["{done}", "{bksp}"]));
    }
  });

  test.each(["en", "de"] as const)(
    "%s: no row is so long that a key would be under 48 px on 800 px",
    (language) => {
      for (const row of Object.values(layoutFor(language, ".")).flat())
        expect(row.split(" ").length).toBeLessThanOrEqual(12);
    },
  );

  test.each(["en", "de"] as const)("%s: whatever ASCII a password may hold can be typed", (language) => {
    const keys = new Set(Object.values(layoutFor(language, ".")).flatMap(keysOf));
    const printable = Array.from({ length: 0x7e - 0x21 + 1 }, (_, code) => String.fromCharCode(0x21 + code));
    expect(printable.filter((character) => !keys.has(character))).toEqual([]);
  });

  test("German has its own letters where its keyboards have them", () => {
    const { default: small, shift } = layoutFor("de", ",");
    expect(small[0]).toBe("q w e r t z u i o p ü");
    expect(keysOf(small)).toEqual(expect.arrayContaining(["ä", "ö", "ß"]));
    expect(keysOf(shift)).toEqual(expect.arrayContaining(["Ä", "Ö", "Ü", "ß"]));
  });

  test("numbers have the decimal sign of the language", () => {
    expect(keysOf(layoutFor("de", ",").number)).toContain(",");
    expect(keysOf(layoutFor("en", ".").number)).toContain(".");
  });
});

describe("which layer a key leads to", () => {
  test("capitals are for one letter, and shift takes them back", () => {
    expect(layerAfter("default", "{shift}")).toBe("shift");
    expect(layerAfter("shift", "A")).toBe("default");
    expect(layerAfter("shift", "{shift}")).toBe("default");
    expect(layerAfter("shift", "{bksp}")).toBeNull();
  });

  test("signs stay until letters are asked for", () => {
    expect(layerAfter("default", "{signs}")).toBe("signs");
    expect(layerAfter("signs", "4")).toBeNull();
    expect(layerAfter("signs", "{more}")).toBe("moreSigns");
    expect(layerAfter("moreSigns", "{letters}")).toBe("default");
  });
});
