import type { AlarmId } from "#contract/ids.ts";
import { alarmIdsOf, type Delivery, inOrder, isNotice, isRaiseOrReminder, rankOf } from "./delivery.ts";
import { messageFrom, type PlannedMessage } from "./planned-message.ts";

const HOUR_MS = 3_600_000;
/**
 * What nobody could be told in so long a time of trying is told no more: it alarms about a tank that is another one now.
 * The time without power does not count.
 */
export const EXPIRES_AFTER_MS = 24 * HOUR_MS;

export interface QueueView {
  /** Of one target, whatever their state. */
  readonly deliveries: readonly Delivery[];
  readonly nowMs: number;
  /** How long this run has had it, on the scale that no clock correction moves. */
  readonly heldMs: (delivery: Delivery) => number;
  /** Whether somebody must still say that he knows. */
  readonly isUnacknowledged: (id: AlarmId) => boolean;
}

export interface QueuePlan {
  /** What came to an end by itself: put it away first. */
  readonly settled: readonly Delivery[];
  /** What to send now; null: nothing yet. */
  readonly next: PlannedMessage | null;
  /** When to look again, ms from now; null: when something new comes. */
  readonly wakeInMs: number | null;
}

/**
 * What to do next for one target. Each alarm's words go out in their order; a return that finds its raise unsent takes
 * its place; among what is free to go, the least often tried, then the most urgent, then the oldest.
 */
export function planQueue(view: QueueView): QueuePlan {
  const ordered = [...view.deliveries].sort(inOrder);
  const settled = endsOf(ordered, view);
  const ended = new Set(settled.map(({ id }) => id));
  const waiting = ordered.filter((d) => d.state === "waiting" && !ended.has(d.id));
  const due = freeToGo(waiting, view);
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
export function waitMs(delivery: Delivery, { nowMs, heldMs }: QueueView): number {
  const { dueAtMs, about } = delivery;
  return Math.min(dueAtMs - nowMs, dueAtMs - about.atMs - heldMs(delivery));
}

/** What was said, or is still to be said, of one alarm before the delivery that is looked at. */
interface Earlier {
  /** The earliest time at which a raise or reminder that waits is due, ms from now. */
  toldInMs: number;
  /** Of the most urgent raise or reminder that waits for a second person's time. */
  escalationRank: number;
  /** Somebody was, or will be, told that it was raised. */
  hasRaise: boolean;
}

/** Those that come to an end by themselves, in one pass. @param ordered as it happened */
function endsOf(ordered: readonly Delivery[], view: QueueView): Delivery[] {
  const byAlarm = new Map<AlarmId, Earlier>();
  const settled: Delivery[] = [];
  for (const delivery of ordered) {
    const ids = alarmIdsOf(delivery);
    const earlier = ids.flatMap((id) => byAlarm.get(id) ?? []);
    const state = delivery.state === "waiting" ? endOf(delivery, earlier, view) : null;
    if (state !== null) settled.push({ ...delivery, state, settledAtMs: view.nowMs });
    if (!isRaiseOrReminder(delivery)) continue;
    for (const id of ids) byAlarm.set(id, withRaise(byAlarm.get(id), { delivery, isEnded: state !== null, view }));
  }
  return settled;
}

function withRaise(
  earlier: Earlier = { toldInMs: Infinity, escalationRank: Infinity, hasRaise: false },
  { delivery, isEnded, view }: { delivery: Delivery; isEnded: boolean; view: QueueView },
): Earlier {
  const { state, route, about } = delivery;
  const isWaiting = state === "waiting";
  const isHeard = state === "sent" || (isWaiting && !isEnded && about.kind === "raised");
  const rank = isWaiting && route === "escalation" ? rankOf(delivery) : Infinity;
  return {
    toldInMs: Math.min(earlier.toldInMs, isWaiting ? waitMs(delivery, view) : Infinity),
    escalationRank: Math.min(earlier.escalationRank, rank),
    hasRaise: earlier.hasRaise || isHeard,
  };
}

function endOf(delivery: Delivery, earlier: readonly Earlier[], view: QueueView): "expired" | "dropped" | null {
  if (-waitMs(delivery, view) >= EXPIRES_AFTER_MS && view.heldMs(delivery) >= EXPIRES_AFTER_MS) return "expired";
  return isPointless(delivery, earlier, view) ? "dropped" : null;
}

function isPointless(delivery: Delivery, earlier: readonly Earlier[], view: QueueView): boolean {
  const { about, route } = delivery;
  if (isNotice(about)) return false;
  const isKnownToSomebody = () => !alarmIdsOf(delivery).some(view.isUnacknowledged);
  if (about.kind === "repeated") return isKnownToSomebody() || isToldBefore(delivery, earlier, view);
  if (about.kind === "raised") return route === "escalation" && waitMs(delivery, view) <= 0 && isKnownToSomebody();
  // Nobody is told that something is over of which he never heard.
  return route !== "digest" && !earlier.some(({ hasRaise }) => hasRaise);
}

/**
 * An earlier one still waits, says the same, and no later than this one would: what waits for the end of quiet hours, or
 * for the digest, says nothing yet. A second person's time is not shortened by a reminder.
 */
function isToldBefore(delivery: Delivery, earlier: readonly Earlier[], view: QueueView): boolean {
  const ownMs = Math.max(0, waitMs(delivery, view));
  return earlier.some((e) => e.toldInMs <= ownMs || e.escalationRank <= rankOf(delivery));
}

/**
 * What is due and held back by nothing earlier of its alarms. What waits for its hour holds back only a return, which
 * would come before its raise.
 * @param waiting as it happened
 */
function freeToGo(waiting: readonly Delivery[], view: QueueView): Delivery[] {
  const seen = new Set<AlarmId>();
  const seenDue = new Set<AlarmId>();
  return waiting.filter((delivery) => {
    const ids = alarmIdsOf(delivery);
    const isDue = waitMs(delivery, view) <= 0;
    const hindering = delivery.about.kind === "returned" ? seen : seenDue;
    const isFree = isDue && !ids.some((id) => hindering.has(id));
    for (const id of ids) {
      seen.add(id);
      if (isDue) seenDue.add(id);
    }
    return isFree;
  });
}

/** The least often tried first, then the most urgent, then the oldest. */
export function byTurn(a: Delivery, b: Delivery): number {
  return a.attempts - b.attempts || rankOf(a) - rankOf(b) || inOrder(a, b);
}
