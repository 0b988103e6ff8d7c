import { createHash } from "node:crypto";
import { z } from "zod";
import { AlarmPriority, Announcement } from "#contract/alarms.ts";
import { type AlarmId, NotificationTargetId } from "#contract/ids.ts";

/** 32 hexadecimal digits, the same for the same words to the same target: whoever gets them twice can tell. */
export const DeliveryId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<"DeliveryId">();
export type DeliveryId = z.infer<typeof DeliveryId>;

/** What is said without an alarm: the weekly test, and what went wrong with another target. */
const NoticeStored = z.object({
  id: z.string(),
  atMs: z.number(),
  kind: z.enum(["test", "trouble"]),
  priority: AlarmPriority,
  title: z.string(),
  text: z.string(),
});
export type Notice = z.infer<typeof NoticeStored>;

/** Something to tell to one target. */
export const Delivery = z.object({
  id: DeliveryId,
  targetId: NotificationTargetId,
  about: z.union([Announcement, NoticeStored]),
  /** at-once; digest: with the others of its day; escalation: only where nobody acknowledged by then. */
  route: z.enum(["at-once", "digest", "escalation"]),
  /** Not before, wall, epoch ms. */
  dueAtMs: z.number(),
  attempts: z.number(),
  lastError: z.string().nullable(),
  /** replaced: a later one tells it as well; dropped: there was nothing to tell any more; refused: for good. */
  state: z.enum(["waiting", "sent", "replaced", "dropped", "expired", "refused"]),
  settledAtMs: z.number().nullable(),
  /** When its link was used to acknowledge, wall, epoch ms. */
  acknowledgedAtMs: z.number().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** @param toldId the announcement's, or whatever names the words for ever */
export function deliveryIdOf(toldId: string, targetId: NotificationTargetId): DeliveryId {
  const hash = createHash("sha256").update(`${toldId} ${targetId}`).digest("hex");
  return hash.slice(0, 32) as DeliveryId;
}

export function isNotice(about: Delivery["about"]): about is Notice {
  return about.kind === "test" || about.kind === "trouble";
}

export function alarmIdsOf({ about }: Delivery): readonly AlarmId[] {
  return isNotice(about) ? [] : about.alarms.map(({ alarmId }) => alarmId);
}

/** A delivery that nobody tried yet. */
export function freshDelivery(of: Pick<Delivery, "targetId" | "about" | "route" | "dueAtMs">): Delivery {
  return {
    id: deliveryIdOf(of.about.id, of.targetId),
    ...of,
    attempts: 0,
    lastError: null,
    state: "waiting",
    settledAtMs: null,
    acknowledgedAtMs: null,
  };
}

/** As it happened: earlier first. */
export function inOrder(a: Delivery, b: Delivery): number {
  if (a.about.atMs !== b.about.atMs) return a.about.atMs - b.about.atMs;
  return a.about.id < b.about.id ? -1 : Number(a.about.id > b.about.id);
}

/** 0: the most urgent. */
export function rankOf({ about }: Delivery): number {
  return AlarmPriority.options.indexOf(about.priority);
}

export function isRaiseOrReminder({ about }: Delivery): boolean {
  return about.kind === "raised" || about.kind === "repeated";
}
