import { expect, test } from "vitest";
import { ALARM_INPUTS, AlarmCreate, AlarmDefinition, AlarmPatch, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import { AlarmId } from "#contract/ids.ts";
import { refuseUnfitAlarm } from "#main/settings/alarm-fits.ts";
import { alarm, alarmIdOf } from "#tests/builders/alarm.ts";

const SHORTEST = { name: "Mine", priority: "medium", response: "Look." } as const;
const id = AlarmId.parse(alarmIdOf(1));

test("a script says what it watches, how urgent it is and what to do; the rest bridges nothing", () => {
  expect(AlarmCreate.parse({ ...SHORTEST, kind: "controller", check: "disk" })).toEqual({
    ...SHORTEST,
    ...UNUSED_ALARM_FIELDS,
    kind: "controller",
    check: "disk",
    channelId: null,
    setpoint: null,
    deadband: 0,
    onDelayS: 0,
    offDelayS: 0,
    latching: false,
  });
});

test.each(["name", "kind", "priority", "response"])("nobody else can say its %s", (field) => {
  const { [field]: _, ...rest }: Record<string, unknown> = { ...SHORTEST, kind: "controller", check: "disk" };
  expect(AlarmCreate.safeParse(rest).error?.issues.map(({ path }) => path)).toEqual([[field]]);
});

test.each(Object.entries(ALARM_INPUTS))(
  "a %s that leaves out what it needs is refused, each field by name",
  (kind, needs) => {
    const made = { ...AlarmCreate.parse({ ...SHORTEST, kind }), id };
    const refusal = expect.objectContaining({
      code: "invalid",
      details: expect.arrayContaining(
        needs.map((field) => ({ field, message: `an alarm of kind ${kind} needs it` })),
      ),
    });
    expect(() => refuseUnfitAlarm(made, { channels: [], loops: [] })).toThrow(refusal);
  },
);

test("what is kept says everything, and a patch that says nothing changes nothing", () => {
  const { deadband, ...kept } = alarm(1);
  expect(AlarmDefinition.safeParse({ ...kept, deadband }).success).toBe(true);
  expect(AlarmDefinition.safeParse(kept).success).toBe(false);
  expect(AlarmPatch.parse({})).toEqual({});
});
