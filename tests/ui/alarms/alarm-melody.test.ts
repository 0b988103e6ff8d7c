import { expect, test } from "vitest";
import { AlarmKind } from "#contract/alarms.ts";
import { Quantity } from "#contract/quantities.ts";
import { type AlarmCause, causeOf, melodyOf } from "../../../src-renderer/features/alarms/alarm-melody.ts";

const causes = new Set(
  AlarmKind.options.flatMap((kind) => Quantity.options.map((quantity) => causeOf(kind, quantity))),
);

test("every cause sounds unlike every other", () => {
  const figures = [...causes].map((cause) =>
    melodyOf("high", cause)
      ?.notes.map(({ hz }) => Math.round(hz))
      .join(" "),
  );
  expect(figures.length).toBe(6);
  expect(new Set(figures).size).toBe(figures.length);
});

test("the more urgent, the more notes in a second and the sooner again; a low one makes no sound", () => {
  const rate = (priority: "critical" | "high" | "medium", cause: AlarmCause) => {
    const melody = melodyOf(priority, cause);
    return (melody?.notes.length ?? 0) / (melody?.everyS ?? 1);
  };
  for (const cause of causes) {
    expect(rate("critical", cause)).toBeGreaterThan(rate("high", cause));
    expect(rate("high", cause)).toBeGreaterThan(rate("medium", cause));
    expect(melodyOf("low", cause)).toBeNull();
  }
});

test("a melody ends before it begins anew, and no two of its notes sound at once", () => {
  for (const cause of causes)
    for (const priority of ["critical", "high", "medium"] as const) {
      const { notes, everyS } = melodyOf(priority, cause) ?? { notes: [], everyS: 0 };
      notes.forEach(({ atS, durationS }, at) => {
        expect(atS + durationS).toBeLessThanOrEqual(notes[at + 1]?.atS ?? everyS);
      });
    }
});

test("a probe that cannot be believed is a probe's matter, whatever it measures", () => {
  expect(causeOf("bad-measurement", "temperature")).toBe("probe");
  expect(causeOf("high", "temperature")).toBe("temperature");
  expect(causeOf("digital", "leak")).toBe("water");
  expect(causeOf("low", "ph")).toBe("chemistry");
  expect(causeOf("output-fault", null)).toBe("equipment");
  expect(causeOf("controller", null)).toBe("controller");
});
