import { Alarm } from "#contract/alarms.ts";
import { alarm as definedAlarm, HOW_IT_STANDS } from "#tests/builders/alarm.ts";
import { idOf } from "../tank/builders.ts";

/** An alarm of the display's temperature, raised at ten, unless said otherwise. */
export function alarm(number: number, of: Partial<Alarm> = {}): Alarm {
  const at = "2026-11-23T10:00:00.000Z";
  return Alarm.parse({
    ...definedAlarm(number),
    ...HOW_IT_STANDS,
    id: idOf(number),
    channelId: idOf(900),
    response: "Look at it.",
    state: "unacknowledged",
    since: at,
    raisedAt: at,
    value: 27.1,
    ...of,
  });
}
