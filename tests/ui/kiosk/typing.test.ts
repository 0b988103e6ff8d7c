import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typed } from "../../../src-renderer/features/kiosk/typing.ts";

const caretAt = (text: string, at: number) => ({ text, start: at, end: at });

describe("typing on the on-screen keyboard", () => {
  test("a key goes in where the caret is, and the caret follows it", () => {
    expect(typed(caretAt("25", 1), "7")).toEqual(caretAt("275", 2));
  });

  test("a key replaces what is selected", () => {
    expect(typed({ text: "Reef tank", start: 0, end: 4 }, "A")).toEqual(caretAt("A tank", 1));
  });

  test("the space key is a space", () => {
    expect(typed(caretAt("ab", 1), "{space}")).toEqual(caretAt("a b", 2));
  });

  test("erasing takes the character before the caret, or all that is selected", () => {
    expect(typed(caretAt("abc", 2), "{bksp}")).toEqual(caretAt("ac", 1));
    expect(typed({ text: "abc", start: 0, end: 2 }, "{bksp}")).toEqual(caretAt("c", 0));
    expect(typed(caretAt("abc", 0), "{bksp}")).toEqual(caretAt("abc", 0));
  });

  test("erasing takes what a person sees as one character whole", () => {
    expect(typed(caretAt("a👨‍👩‍👧", 9), "{bksp}")).toEqual(caretAt("a", 1));
  });

  test.each(["{shift}", "{signs}", "{letters}"])("%s changes no text", (key) => {
    expect(typed({ text: "abc", start: 1, end: 2 }, key)).toEqual({ text: "abc", start: 1, end: 2 });
  });

  test("a brace is a character like any other", () => {
    expect(typed(caretAt("", 0), "{")).toEqual(caretAt("{", 1));
  });

  test("what was typed at any place can be erased again", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,12}$/), fc.nat(12), (text, place) => {
        const before = caretAt(text, Math.min(place, text.length));
        expect(typed(typed(before, "x"), "{bksp}")).toEqual(before);
      }),
    );
  });
});
