import { expect, test } from "vitest";
import { referenceTally } from "../../../src-renderer/features/survival/reference-tally.ts";

test("each of those compared with is counted over the faults it was tried on", () => {
  const scenarios = [
    { survived: true, references: [{ name: "held value", survived: false }] },
    {
      survived: true,
      references: [
        { name: "held value", survived: true },
        { name: "rules", survived: false },
      ],
    },
  ];
  expect(referenceTally(scenarios)).toEqual([
    { name: "held value", survived: 1, count: 2 },
    { name: "rules", survived: 0, count: 1 },
  ]);
});
