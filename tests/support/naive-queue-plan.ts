import {
  alarmIdsOf,
  type Delivery,
  inOrder,
  isNotice,
  isRaiseOrReminder,
  rankOf,
} from "#main/notifications/delivery.ts";
import { messageFrom } from "#main/notifications/planned-message.ts";
import {
  byTurn,
  EXPIRES_AFTER_MS,
  type QueuePlan,
  type QueueView,
  waitMs,
} from "#main/notifications/queue-plan.ts";

/** The plan of one target as its rules read, each delivery against every other: what the fast one must equal. */
export function naivePlanQueue(view: QueueView): QueuePlan {
  const settled = view.deliveries.flatMap((d) => endOf(d, view));
  const ended = new Set(settled.map(({ id }) => id));
  const waiting = view.deliveries.filter((d) => d.state === "waiting" && !ended.has(d.id)).sort(inOrder);
  const due = waiting.filter((d) => waitMs(d, view) <= 0 && !isHeldBack(d, waiting, view));
  const [first] = due.sort(byTurn);
  const laterMs = waiting.map((d) => waitMs(d, view)).filter((ms) => ms > 0);
  return {
    settled,
    next: first === undefined ? null : messageFrom(first, waiting),
    wakeInMs: laterMs.length === 0 ? null : Math.min(...laterMs),
  };
}

function endOf(delivery: Delivery, view: QueueView): Delivery[] {
  if (delivery.state !== "waiting") return [];
  const { nowMs } = view;
  if (-waitMs(delivery, view) >= EXPIRES_AFTER_MS && view.heldMs(delivery) >= EXPIRES_AFTER_MS) {
    return [{ ...delivery, state: "expired", settledAtMs: nowMs }];
  }
  return isPointless(delivery, view) ? [{ ...delivery, state: "dropped", settledAtMs: nowMs }] : [];
}

function isPointless(delivery: Delivery, view: QueueView): boolean {
  const { about, route } = delivery;
  if (isNotice(about)) return false;
  const isKnownToSomebody = !alarmIdsOf(delivery).some(view.isUnacknowledged);
  if (about.kind === "repeated") return isKnownToSomebody || toldBefore(delivery, view);
  if (about.kind === "raised") return route === "escalation" && waitMs(delivery, view) <= 0 && isKnownToSomebody;
  return route !== "digest" && !hasRaiseToAnswer(delivery, view);
}

/**
 * An earlier one still waits, says the same, and no later than this one would: what waits for the end of quiet hours, or
 * for the digest, says nothing yet. A second person's time is not shortened by a reminder.
 */
function toldBefore(delivery: Delivery, view: QueueView): boolean {
  const ids = new Set(alarmIdsOf(delivery));
  const ownMs = Math.max(0, waitMs(delivery, view));
  return view.deliveries.some(
    (d) =>
      d.state === "waiting" &&
      isRaiseOrReminder(d) &&
      inOrder(d, delivery) < 0 &&
      (waitMs(d, view) <= ownMs || (d.route === "escalation" && rankOf(d) <= rankOf(delivery))) &&
      alarmIdsOf(d).some((id) => ids.has(id)),
  );
}

/** Nobody is told that something is over of which he never heard. */
function hasRaiseToAnswer(delivery: Delivery, view: QueueView): boolean {
  const ids = new Set(alarmIdsOf(delivery));
  const raises = view.deliveries.filter(
    (d) => isRaiseOrReminder(d) && inOrder(d, delivery) < 0 && alarmIdsOf(d).some((id) => ids.has(id)),
  );
  return raises.some(
    (d) =>
      d.state === "sent" || (d.about.kind === "raised" && d.state === "waiting" && endOf(d, view).length === 0),
  );
}

/**
 * Something earlier of the same alarm is to be told first. What waits for its hour holds back only a return, which would
 * come before its raise.
 */
function isHeldBack(delivery: Delivery, waiting: readonly Delivery[], view: QueueView): boolean {
  const ids = new Set(alarmIdsOf(delivery));
  return waiting.some(
    (d) =>
      inOrder(d, delivery) < 0 &&
      (delivery.about.kind === "returned" || waitMs(d, view) <= 0) &&
      alarmIdsOf(d).some((id) => ids.has(id)),
  );
}
