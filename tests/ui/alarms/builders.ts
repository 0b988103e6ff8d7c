import { Alarm } from "#contract/alarms.ts";
import { idOf } from "../tank/builders.ts";

/** An alarm of the display's temperature, raised at ten, unless said otherwise. */
export function alarm(number: number, of: Partial<Alarm> = {}): Alarm {
  return Alarm.parse({
    id: idOf(number),
    name: `Alarm ${number}`,
    kind: "high",
    channelId: idOf(900),
    loopId: null,
    otherChannelId: null,
    check: null,
    setpoint: 26.7,
    windowS: null,
    deadband: 0.15,
    onDelayS: 120,
    offDelayS: 60,
    priority: "high",
    latching: false,
    reAlarmS: null,
    response: "Look at it.",
    cause: "",
    consequence: "",
    state: "unacknowledged",
    since: "2026-11-23T10:00:00.000Z",
    raisedAt: "2026-11-23T10:00:00.000Z",
    value: 27.1,
    unit: "°C",
    isInputUnknown: false,
    shelvedUntil: null,
    by: null,
    note: null,
    limitAt: null,
    groupId: null,
    ...of,
  });
}
