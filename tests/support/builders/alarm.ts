import { AlarmDefinition } from "#contract/alarms.ts";
import { AlarmId } from "#contract/ids.ts";
import { channelIdOf } from "./reading.ts";

export const alarmIdOf = (n: number) =>
  AlarmId.parse(`01890000-0000-7000-8000-${(0xa0_0000 + n).toString(16).padStart(12, "0")}`);

/** An alarm on channel 1 above 26.7 °C after 2 min, but for what is said otherwise. */
export function alarm(n: number, changes: Partial<AlarmDefinition> = {}): AlarmDefinition {
  return AlarmDefinition.parse({
    id: alarmIdOf(n),
    name: `Alarm ${n}`,
    channelId: channelIdOf(1),
    kind: "high",
    setpoint: 26.7,
    deadband: 0.15,
    onDelayS: 120,
    offDelayS: 60,
    priority: "high",
    latching: false,
    response: "Cool the tank.",
    ...changes,
  });
}

/** How an alarm that nothing has happened to is shown. */
export const HOW_IT_STANDS = {
  state: "normal",
  since: null,
  raisedAt: null,
  value: null,
  unit: "°C",
  isInputUnknown: false,
  shelvedUntil: null,
  by: null,
  note: null,
  limitAt: null,
  groupId: null,
} as const;
