import { expect, test } from "vitest";
import { ALARM_INPUTS, AlarmCreate, AlarmKind } from "#contract/alarms.ts";
import {
  asKind,
  canBeTried,
  formChecks,
  formDraftOf,
  isSameQuestion,
  newFormDraft,
} from "../../../src-renderer/features/alarms/alarm-form-draft.ts";
import { sensor } from "../tank/builders.ts";
import { alarm } from "./builders.ts";

const TEMPERATURE = { channel: sensor(1, { name: "Display" }), loop: null };

test("a new limit is what is offered for its sensor, and could be kept as it stands", () => {
  const draft = newFormDraft("high", TEMPERATURE);
  expect(draft).toMatchObject({ name: "Display", setpoint: 26.7, deadband: 0.15, priority: "high" });
  expect(AlarmCreate.safeParse(draft).success).toBe(true);
  expect([...formChecks(draft)]).toEqual([]);
});

test.each(AlarmKind.options)(
  "a new one of kind %s has a place for all that its kind needs, and says what is missing",
  (kind) => {
    const draft = newFormDraft(kind, { channel: null, loop: null });
    for (const field of ALARM_INPUTS[kind]) expect(draft[field]).not.toBeNull();
    const isWhole = AlarmCreate.safeParse({ ...draft, name: "Name", response: "Look." }).success;
    if (isWhole) expect(formChecks(draft).size).toBe(0);
  },
);

test("as another kind, an alarm keeps its words and priority and begins anew with what it goes by", () => {
  const was = {
    ...newFormDraft("high", TEMPERATURE),
    name: "Too warm",
    response: "Open the lid.",
    priority: "low" as const,
  };
  const now = asKind(was, "discrepancy", TEMPERATURE);
  expect(now).toMatchObject({
    name: "Too warm",
    response: "Open the lid.",
    priority: "low",
    channelId: TEMPERATURE.channel.id,
    otherChannelId: "",
  });
  expect([...formChecks(now).keys()]).toEqual(["otherChannelId", "setpoint"]);
});

test("other words do not make another question, another number does", () => {
  const draft = formDraftOf(alarm(1));
  expect(AlarmCreate.safeParse(draft).success).toBe(true);
  expect(isSameQuestion(draft, { ...draft, name: "Other", response: "Other", priority: "low" })).toBe(true);
  expect(isSameQuestion(draft, { ...draft, setpoint: 26.8 })).toBe(false);
  expect(isSameQuestion(draft, { ...draft, onDelayS: 30 })).toBe(false);
});

test("what only outputs, loops and the controller know cannot be tried on recorded readings", () => {
  expect(canBeTried({ kind: "high" })).toBe(true);
  expect(canBeTried({ kind: "bad-measurement" })).toBe(false);
  expect(canBeTried({ kind: "controller" })).toBe(false);
});
