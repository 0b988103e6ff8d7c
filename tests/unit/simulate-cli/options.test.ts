import { expect, test } from "vitest";
import { CATALOGUE, FAULTS } from "#main/simulate-cli/catalogue.ts";
import { optionsFrom } from "#main/simulate-cli/options.ts";

test("days are all it needs: the whole catalogue, seed 1, a table", () => {
  expect(optionsFrom(["--days", "1"])).toEqual({ kind: "run", days: 1, seed: 1, faults: FAULTS, isJson: false });
});

test("faults are taken by name, each once, in the order given", () => {
  const options = optionsFrom(["--days", "30", "--faults", "leak, siphon,leak", "--seed", "7", "--json"]);
  expect(options).toEqual({ kind: "run", days: 30, seed: 7, faults: ["leak", "siphon"], isJson: true });
});

test("the list and the help need nothing else", () => {
  expect([optionsFrom(["--list"]).kind, optionsFrom(["--help"]).kind]).toEqual(["list", "help"]);
});

test.each([
  [[], /--days N is missing/],
  [["--days", "soon"], /--days must be a number.*soon/],
  [["--days", "0"], /--days must be 0\.25 to 365, not 0/],
  [["--days", "400"], /--days must be/],
  [["--days", ""], /--days must be a number/],
  [["--days", "1", "--seed", "1.5"], /--seed must be a whole number.*1\.5/],
  [["--days", "1", "--seed", "-1"], /--seed/],
  [["--days", "1", "--faults", "earthquake"], /no fault earthquake; --list names all/],
  [["--days", "1", "--faults", ""], /no fault/],
  [["--frobnicate"], /frobnicate/],
  [["leak", "--days", "1"], /leak/],
])("%j is refused in one sentence", (args, words) => {
  expect(() => optionsFrom(args)).toThrow(words);
});

test("the catalogue has at least the 38 mishaps of a reef tank, named once each in kebab-case, each at some moment", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(38);
  expect(new Set(FAULTS).size).toBe(FAULTS.length);
  for (const { fault, moments } of CATALOGUE) {
    expect(fault).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(new Set(moments.map(({ name }) => name)).size, fault).toBe(moments.length);
    expect(moments.length, fault).toBeGreaterThan(0);
  }
});
