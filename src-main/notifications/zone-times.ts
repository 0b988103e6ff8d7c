import { Temporal } from "temporal-polyfill";
import type { NotificationTargetConfig } from "#contract/notifications.ts";

type QuietHours = NonNullable<NotificationTargetConfig["quietHours"]>;
type WeeklyTest = NonNullable<NotificationTargetConfig["weeklyTest"]>;

/**
 * The first instant after `afterMs` at which the tank's clock shows `time`. A time that is skipped counts at the first
 * moment after the gap, one that is repeated at its first occurrence: so a day has each time once.
 * @param zone IANA; one this machine does not know reads as UTC @param afterMs epoch, UTC @param time `HH:MM`
 */
export function nextTimeOfDay(zone: string, afterMs: number, time: string): number {
  return nextOf(zone, afterMs, { time, isRightDay: () => true });
}

/** The first instant after `afterMs` of a weekly message. */
export function nextWeekly(zone: string, afterMs: number, { weekday, timeOfDay }: WeeklyTest): number {
  return nextOf(zone, afterMs, { time: timeOfDay, isRightDay: (day) => day.dayOfWeek === weekday });
}

/**
 * When the quiet hours that hold at `atMs` end; null: none hold. Hours that end when they begin are none. The window is
 * the span from its beginning to the next showing of its end, so that a repeated hour is quiet once.
 */
export function quietUntilMs(zone: string, atMs: number, { from, to }: QuietHours): number | null {
  if (from === to) return null;
  const today = zonedFrom(zone, atMs);
  for (let daysAgo = 0; daysAgo <= 2; daysAgo++) {
    const beginMs = instantOf(today.toPlainDate().subtract({ days: daysAgo }), from, today.timeZoneId);
    if (beginMs > atMs) continue;
    const endMs = nextTimeOfDay(zone, beginMs, to);
    return atMs < endMs ? endMs : null;
  }
  return null;
}

const DAYS_AHEAD = 8;

function nextOf(
  zone: string,
  afterMs: number,
  wanted: { readonly time: string; readonly isRightDay: (day: Temporal.PlainDate) => boolean },
): number {
  const now = zonedFrom(zone, afterMs);
  for (let ahead = 0; ; ahead++) {
    const day = now.toPlainDate().add({ days: ahead });
    const atMs = instantOf(day, wanted.time, now.timeZoneId);
    if (atMs > afterMs && (wanted.isRightDay(day) || ahead > DAYS_AHEAD)) return atMs;
  }
}

function instantOf(day: Temporal.PlainDate, time: string, zone: string): number {
  const wanted = Temporal.PlainTime.from(time);
  const at = day.toZonedDateTime({ timeZone: zone, plainTime: wanted });
  if (at.toPlainTime().equals(wanted)) return at.epochMilliseconds;
  return at.getTimeZoneTransition("previous")?.epochMilliseconds ?? at.epochMilliseconds;
}

function zonedFrom(zone: string, atMs: number): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs));
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    return instant.toZonedDateTimeISO("UTC");
  }
}
