import type { Alarm, AnnouncedAlarm, Announcement } from "#contract/alarms.ts";
import { AlarmEventId, AlarmId, NotificationTargetId } from "#contract/ids.ts";
import { type NotificationTargetConfig, NotificationTargetCreate } from "#contract/notifications.ts";
import { type Delivery, freshDelivery } from "#main/notifications/delivery.ts";
import { alarm as definedAlarm, HOW_IT_STANDS } from "./alarm.ts";

/** A readable UUID: the same number, the same id. */
function idFrom(number: number): string {
  return `0192f000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
}

export const alarmId = (number: number): AlarmId => AlarmId.parse(idFrom(0xa000 + number));
export const eventId = (number: number): AlarmEventId => AlarmEventId.parse(idFrom(0xe0_0000 + number));
export const targetId = (number: number): NotificationTargetId =>
  NotificationTargetId.parse(idFrom(0xb000 + number));

/** A high temperature that was raised at noon. */
export function announcedAlarm(over: Partial<AnnouncedAlarm> = {}): AnnouncedAlarm {
  return {
    alarmId: alarmId(1),
    name: "Display temperature high",
    kind: "high",
    priority: "high",
    channelId: null,
    raisedAtMs: Date.UTC(2026, 5, 1, 12),
    value: 26.84,
    setpoint: 26.7,
    unit: "°C",
    response: "Check that the heater is off.",
    ...over,
  };
}

export function announcement(over: Partial<Announcement> = {}): Announcement {
  return {
    id: eventId(1),
    atMs: Date.UTC(2026, 5, 1, 12),
    kind: "raised",
    priority: "high",
    cause: null,
    alarms: [announcedAlarm()],
    ...over,
  };
}

/** A webhook that is told of everything at once. */
export function target(over: Partial<NotificationTargetConfig> = {}): NotificationTargetConfig {
  const made = NotificationTargetCreate.parse({
    name: "Anna's telephone",
    channel: { type: "webhook", url: "https://hooks.example/reef" },
    priorities: ["critical", "high", "medium", "low"],
  });
  return { ...made, id: targetId(1), ...over };
}

export function delivery(over: Partial<Delivery> = {}): Delivery {
  const about = over.about ?? announcement();
  const made = freshDelivery({ targetId: targetId(1), about, route: "at-once", dueAtMs: about.atMs });
  return { ...made, ...over };
}

/** An alarm as it is shown: a high temperature that is not there. */
export function alarm(over: Partial<Alarm> = {}): Alarm {
  const definition = definedAlarm(1, {
    id: alarmId(1),
    name: "Display temperature high",
    channelId: null,
    response: "Check that the heater is off.",
  });
  return { ...definition, ...HOW_IT_STANDS, ...over };
}
