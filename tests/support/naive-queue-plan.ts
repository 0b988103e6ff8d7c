import { AlarmPriority } from "#contract/alarms.ts";
import { alarmIdsOf, type Delivery, inOrder, isNotice } from "#main/notifications/delivery.ts";
import {
  EXPIRES_AFTER_MS,
  type PlannedMessage,
  type QueuePlan,
  type QueueView,
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

/**
 * How long until it is due, ms. Never longer than it was to wait when it was announced: a machine that begins in 1970 or
 * in another year, and is put right, keeps nobody waiting.
 */
function waitMs(delivery: Delivery, { nowMs, heldMs }: QueueView): number {
  const { dueAtMs, about } = delivery;
  return Math.min(dueAtMs - nowMs, dueAtMs - about.atMs - heldMs(delivery));
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

function messageFrom(first: Delivery, waiting: readonly Delivery[]): PlannedMessage {
  if (first.route === "digest") return digestFrom(first, waiting);
  const covers = isRaiseOrReminder(first) ? coveredBy(first, waiting) : [];
  const returns = first.about.kind === "raised" ? returnsCovering(first, waiting) : null;
  const carrier = returns?.at(-1);
  if (returns === null || carrier === undefined) return { carrier: first, besides: [], covers, form: "as-it-is" };
  return { carrier, besides: [first, ...returns.slice(0, -1)], covers, form: "raised-and-returned" };
}

/** What was to be told earlier of these alarms and of no others: it waits for its hour, or this would have waited for it. */
function coveredBy(first: Delivery, waiting: readonly Delivery[]): readonly Delivery[] {
  const ids = new Set(alarmIdsOf(first));
  return waiting.filter(
    (d) => !isNotice(d.about) && inOrder(d, first) < 0 && alarmIdsOf(d).every((id) => ids.has(id)),
  );
}

/** The day's digest is one message; what waits for the next day is not in it, so that it says the same when repeated. */
function digestFrom(first: Delivery, waiting: readonly Delivery[]): PlannedMessage {
  const [carrier = first, ...besides] = waiting.filter((d) => d.route === "digest" && d.dueAtMs === first.dueAtMs);
  return { carrier, besides, covers: [], form: "digest" };
}

/** The returns that, together, end every alarm of this raise; null: one of them stands, or was raised anew in between. */
function returnsCovering(raise: Delivery, waiting: readonly Delivery[]): readonly Delivery[] | null {
  const open = new Set(alarmIdsOf(raise));
  const found: Delivery[] = [];
  for (const d of waiting.filter((later) => inOrder(later, raise) > 0)) {
    if (!alarmIdsOf(d).some((id) => open.has(id))) continue;
    if (!isReturnOf(raise, d)) return null;
    found.push(d);
    for (const id of alarmIdsOf(d)) open.delete(id);
    if (open.size === 0) return found;
  }
  return null;
}

/** It ends alarms of this raise, and no others. */
function isReturnOf(raise: Delivery, d: Delivery): boolean {
  const ids = alarmIdsOf(raise);
  return d.about.kind === "returned" && d.route !== "digest" && alarmIdsOf(d).every((id) => ids.includes(id));
}

function byTurn(a: Delivery, b: Delivery): number {
  return a.attempts - b.attempts || rankOf(a) - rankOf(b) || inOrder(a, b);
}

/** 0: the most urgent. */
function rankOf({ about }: Delivery): number {
  return AlarmPriority.options.indexOf(about.priority);
}

function isRaiseOrReminder({ about }: Delivery): boolean {
  return about.kind === "raised" || about.kind === "repeated";
}
