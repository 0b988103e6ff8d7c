import { expect, test } from "vitest";
import { bytesIn } from "../../../src-renderer/features/settings/bytes.ts";

test.each([
  [0, "0 byte"],
  [999, "999 byte"],
  [1_500, "1.5 kB"],
  [103_000_000, "103 MB"],
  [2_140_000_000, "2.1 GB"],
  [271_000_000_000, "271 GB"],
  [5e15, "5,000 TB"],
])("%s bytes are said as %s", (bytes, words) => {
  expect(bytesIn("en", bytes)).toBe(words);
});
