import { alarmIdsOf, type Delivery, inOrder, isNotice, isRaiseOrReminder } from "./delivery.ts";

/** One message: the delivery whose id it has, and those it tells besides. */
export interface PlannedMessage {
  readonly carrier: Delivery;
  /** Told by the same message; oldest first, without the carrier. */
  readonly besides: readonly Delivery[];
  /** Less urgent, earlier and about the same alarms: once this one is told, they would only say what was. */
  readonly covers: readonly Delivery[];
  readonly form: "as-it-is" | "raised-and-returned" | "digest";
}

/** What is said where this delivery has its turn. @param waiting as it happened */
export function messageFrom(first: Delivery, waiting: readonly Delivery[]): PlannedMessage {
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
