import { beforeAll, describe, expect, test } from "vitest";
import { learn, translated, wordsAt } from "../../../src-renderer/i18n/translator.ts";

beforeAll(() => {
  learn("en", {
    a: {
      plain: "plain",
      deep: { er: "{{who}} and {{who}}" },
      drop_one: "{{count}} drop",
      drop_other: "{{count}} drops",
    },
    b: { plain: "of b", only: "only b" },
  });
  learn("de", { a: { plain: "einfach", drop_one: "{{count}} Tropfen", drop_other: "{{count}} Tropfen" } });
});

const en = { language: "en", namespaces: ["a", "b"] } as const;
const de = { language: "de", namespaces: ["a", "b"] } as const;

describe("a word", () => {
  test("is looked for in the namespaces in their order, or in the one that is named", () => {
    expect(translated(en, "plain")).toBe("plain");
    expect(translated(en, "only")).toBe("only b");
    expect(translated(en, "b:plain")).toBe("of b");
  });

  test("has its values wherever they belong, and keeps the place of one that is missing", () => {
    expect(translated(en, "deep.er", { who: "salt" })).toBe("salt and salt");
    expect(translated(en, "deep.er", { what: "salt" })).toBe("{{who}} and {{who}}");
  });

  test("takes a value as it is, whatever it looks like", () => {
    expect(translated(en, "deep.er", { who: "$& {{who}}" })).toBe("$& {{who}} and $& {{who}}");
  });

  test.each([
    [0, "0 drops"],
    [1, "1 drop"],
    [2, "2 drops"],
    [1.5, "1.5 drops"],
  ])("of %s is of one or of many", (count, words) => {
    expect(translated(en, "drop", { count })).toBe(words);
  });

  test("that a language lacks is said in English; one that nobody knows, by its key", () => {
    expect(translated(de, "plain")).toBe("einfach");
    expect(translated(de, "only")).toBe("only b");
    expect(translated(de, "deep.none")).toBe("deep.none");
    expect(translated(de, "deep")).toBe("deep");
  });

  test("can be asked for in one language alone", () => {
    expect(wordsAt("de", "b", "plain")).toBeUndefined();
    expect(wordsAt("en", "a", "deep")).toEqual({ er: "{{who}} and {{who}}" });
  });
});
