import { expect, test } from "vitest";
import {
  AlarmQuestion,
  alarmDraft,
  firstChannel,
  TRIED_KINDS,
} from "../../../src-renderer/features/what-if/alarm-draft.ts";
import { idOf, sensor } from "../tank/builders.ts";

test("an alarm begins as it is offered for its sensor, and could be asked as it stands", () => {
  const temperature = sensor(1, { name: "Display" });
  for (const kind of TRIED_KINDS)
    expect(AlarmQuestion.safeParse(alarmDraft(temperature, kind)).success).toBe(true);
  expect(alarmDraft(temperature, "high")).toMatchObject({
    name: "Display high",
    channelId: idOf(1),
    setpoint: 26.7,
    deadband: 0.15,
    onDelayS: 120,
    offDelayS: 60,
  });
});

test("where none is offered it begins at the edge of the expected band, and without one the limit is asked for", () => {
  const power = sensor(2, { quantity: "power", limits: { min: 5, max: 50 } });
  expect(alarmDraft(power, "low").setpoint).toBe(5);
  expect(alarmDraft(power, "high-high").setpoint).toBe(50);
  expect(alarmDraft(sensor(3, { quantity: "power" }), "high").setpoint).toBeNaN();
});

test("the first sensor is the one asked for, then the display's temperature, then any", () => {
  const room = sensor(1, { role: "room" });
  const display = sensor(2, { role: "display" });
  expect(firstChannel([room, display], room.id)).toBe(room);
  expect(firstChannel([room, display], "")).toBe(display);
  expect(firstChannel([room], null)).toBe(room);
  expect(firstChannel([], null)).toBeUndefined();
});
