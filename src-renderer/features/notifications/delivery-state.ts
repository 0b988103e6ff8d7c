import type { NotificationTarget } from "#contract/notifications.ts";

/** How a target does now: what came last decides. */
export function deliveryState({
  lastSentAt,
  lastFailedAt,
}: NotificationTarget["delivery"]): "never" | "sent" | "failing" {
  if (lastSentAt === null && lastFailedAt === null) return "never";
  if (lastFailedAt === null) return "sent";
  return lastSentAt === null || Date.parse(lastFailedAt) > Date.parse(lastSentAt) ? "failing" : "sent";
}
