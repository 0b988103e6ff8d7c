import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ThermostatFields } from "#contract/loops/thermostat.ts";
import { LoopCreate } from "#contract/loops.ts";
import { changesOf, refusalsByField } from "../../../src-renderer/features/control/form/draft.ts";
import { draftProblems, rangeOf } from "../../../src-renderer/features/control/form/draft-problems.ts";
import { newDraft } from "../../../src-renderer/features/loops/loop-draft.ts";

const NO_TANK = { channels: [], loops: [], levelOf: () => null };

describe("what the schema has against a draft", () => {
  test("a channel that was not chosen is missing, and so is a number that was emptied", () => {
    const draft = { ...newDraft("thermostat", NO_TANK, "Temperature"), setpointC: Number.NaN };
    const problems = draftProblems(LoopCreate, draft);
    expect(problems.get("sensorChannelId")).toEqual({ kind: "missing" });
    expect(problems.get("setpointC")).toEqual({ kind: "missing" });
  });

  test("a number out of its range is told with the bound it breaks", () => {
    const draft = { ...newDraft("thermostat", NO_TANK, "Temperature"), setpointC: 40 };
    expect(draftProblems(LoopCreate, draft).get("setpointC")).toEqual({ kind: "range", min: null, max: 32 });
  });

  test("a text that is too short is missing, and one that is too long does not fit", () => {
    const schema = z.object({ text: z.string().min(1).max(3) });
    expect(draftProblems(schema, { text: "" }).get("text")).toEqual({ kind: "missing" });
    expect(draftProblems(schema, { text: "long" }).get("text")).toEqual({ kind: "shape" });
  });

  test("a time of day that is none does not fit; a rule between fields keeps its words", () => {
    const night = { setpointC: 25, from: "25:00", to: "07:00" };
    const schema = z.object({ night: ThermostatFields.night, both: z.boolean().refine((b) => b, "needs both") });
    const problems = draftProblems(schema, { night, both: false });
    expect(problems.get("night.from")).toEqual({ kind: "shape" });
    expect(problems.get("both")).toEqual({ kind: "rule", message: "needs both" });
  });
});

test("the range of a number is found beneath its default and its null; an open end stays open", () => {
  expect(rangeOf(ThermostatFields.setpointC)).toEqual({ min: 10, max: 32 });
  expect(rangeOf(z.number().min(1).nullable().default(null))).toEqual({ min: 1, max: null });
  expect(rangeOf(z.int().min(1))).toEqual({ min: 1, max: null });
  expect(rangeOf(z.string())).toEqual({ min: null, max: null });
});

test("only what differs is a change; an empty number is one too", () => {
  const was = { name: "A", list: [1, 2], value: 1 as number | null };
  expect(changesOf(was, { ...was, list: [1, 2] })).toEqual({});
  expect(changesOf(was, { ...was, list: [2] })).toEqual({ list: [2] });
  expect(changesOf(was, { ...was, value: null })).toEqual({ value: null });
});

test("a refusal is shown at its field; of a field the form does not have, beside it", () => {
  const details = [
    { field: "conditions.0.channelId", message: "there is no such channel" },
    { field: "flowMlPerS", message: "must be calibrated" },
  ];
  const { shown, others } = refusalsByField(details, ["conditions", "actions"]);
  expect(shown.get("conditions.0.channelId")).toBe("there is no such channel");
  expect(others).toEqual(["flowMlPerS: must be calibrated"]);
});
