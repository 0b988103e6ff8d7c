import type { Announcement } from "#contract/alarms.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import { alarmIdsOf, type Delivery, freshDelivery, inOrder, isNotice } from "./delivery.ts";
import { nextTimeOfDay, quietUntilMs } from "./zone-times.ts";

const S = 1_000;
/** When a day's alarms of low priority are told, the tank's time. */
const DIGEST_AT = "08:00";

export interface Route {
  readonly target: NotificationTargetConfig;
  /** Everything that was ever for this target, as far as it is kept. */
  readonly known: readonly Delivery[];
  /** The tank's, IANA. */
  readonly zone: string;
}

/** What a target is told of an announcement, and when; null: nothing. */
export function deliveryFor(announcement: Announcement, route: Route): Delivery | null {
  const { target } = route;
  if (!target.isEnabled) return null;
  return announcement.kind === "returned" ? returnFor(announcement, route) : raiseFor(announcement, route);
}

function raiseFor(about: Announcement, { target, zone }: Route): Delivery | null {
  if (!target.priorities.includes(about.priority)) return null;
  if (about.priority === "low") {
    const digestAtMs = nextTimeOfDay(zone, about.atMs, DIGEST_AT);
    const dueAtMs = afterQuietHours(about, { target, zone, wantedAtMs: digestAtMs });
    return freshDelivery({ targetId: target.id, about, route: "digest", dueAtMs });
  }
  const escalates = target.escalatesAfterS > 0 && about.kind === "raised";
  const wantedAtMs = about.atMs + (escalates ? target.escalatesAfterS * S : 0);
  const dueAtMs = afterQuietHours(about, { target, zone, wantedAtMs });
  return freshDelivery({ targetId: target.id, about, route: escalates ? "escalation" : "at-once", dueAtMs });
}

/** A return goes to whoever was, or still will be, told of the raise: never earlier, and by the same way. */
function returnFor(announcement: Announcement, { target, known, zone }: Route): Delivery | null {
  const ids = new Set(announcement.alarms.map(({ alarmId }) => alarmId));
  const raises = known
    .filter((d) => d.targetId === target.id && !isNotice(d.about) && d.about.kind === "raised")
    .filter((d) => d.about.atMs <= announcement.atMs && alarmIdsOf(d).some((id) => ids.has(id)))
    .sort(inOrder);
  const raise = raises.at(-1);
  if (raise === undefined) return null;
  const told = new Set(raises.flatMap(alarmIdsOf));
  const about = { ...announcement, alarms: announcement.alarms.filter(({ alarmId }) => told.has(alarmId)) };
  if (raise.route === "digest") {
    const digestAtMs = raise.state === "waiting" ? raise.dueAtMs : nextTimeOfDay(zone, about.atMs, DIGEST_AT);
    const dueAtMs = afterQuietHours(about, { target, zone, wantedAtMs: digestAtMs });
    return freshDelivery({ targetId: target.id, about, route: "digest", dueAtMs });
  }
  const wantedAtMs = raise.state === "waiting" ? Math.max(about.atMs, raise.dueAtMs) : about.atMs;
  const dueAtMs = afterQuietHours(about, { target, zone, wantedAtMs });
  return freshDelivery({ targetId: target.id, about, route: "at-once", dueAtMs });
}

function afterQuietHours(
  { priority }: Pick<Announcement, "priority">,
  at: { readonly target: NotificationTargetConfig; readonly zone: string; readonly wantedAtMs: number },
): number {
  const { quietHours } = at.target;
  if (quietHours === null || priority === "critical" || priority === "high") return at.wantedAtMs;
  return quietUntilMs(at.zone, at.wantedAtMs, quietHours) ?? at.wantedAtMs;
}
