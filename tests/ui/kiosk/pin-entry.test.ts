import { expect, test } from "vitest";
import { digitsAfter } from "../../../src-renderer/features/kiosk/pin-entry.ts";

test("digits are taken up to eight, and the last one can be erased", () => {
  expect(digitsAfter("123", "4")).toBe("1234");
  expect(digitsAfter("12345678", "9")).toBe("12345678");
  expect(digitsAfter("123", "Backspace")).toBe("12");
  expect(digitsAfter("", "Backspace")).toBe("");
});

test.each(["a", "Tab", "Enter", "F1", "٣"])("%s is no digit of a PIN", (key) => {
  expect(digitsAfter("12", key)).toBe("12");
});
