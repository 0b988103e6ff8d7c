import { z } from "zod";
import { AlarmEvent, AlarmPriority, Announcement } from "#contract/alarms.ts";
import { AlarmEventId } from "#contract/ids.ts";
import type { KeptMemory } from "#domain/alarms/alarm-memory.ts";
import type { Logger } from "../platform/ports.ts";
import type { AlarmStore, KeptRow } from "./ports.ts";

const StoredMemory = z.object({
  savedAtMs: z.number(),
  isActive: z.boolean(),
  isAcknowledged: z.boolean(),
  isLatched: z.boolean(),
  isInputUnknown: z.boolean(),
  lastValue: z.number().nullable(),
  shelvedUntilMs: z.number().nullable(),
  isSuppressed: z.boolean(),
  isOutOfService: z.boolean(),
  raisedAtMs: z.number().nullable(),
  changedAtMs: z.number().nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
  codes: z.array(z.string()),
  text: z.string().nullable(),
  priority: AlarmPriority.nullable(),
  telling: z.enum(["no", "due", "told"]),
  toldAtMs: z.number().nullable(),
  groupId: AlarmEventId.nullable(),
  groupCause: z.string().nullable(),
}) satisfies z.ZodType<KeptMemory>;

/** What the last run left. */
export interface KeptAlarms {
  readonly memories: ReadonlyMap<string, KeptMemory>;
  readonly events: readonly AlarmEvent[];
  readonly announcements: readonly Announcement[];
}

/** What does not read as ours is left out, and said: an alarm that begins anew is better than none. @throws what the store says */
export async function readKept(store: AlarmStore, log: Logger): Promise<KeptAlarms> {
  const rows = await store.load();
  const read = <T>(schema: z.ZodType<T>, { id, body }: KeptRow): T[] => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return [parsed.data];
    log.error({ id, issues: parsed.error.issues.length }, "something alarms kept cannot be read and is left out");
    return [];
  };
  return {
    memories: new Map(
      rows.memories.flatMap((row) => read(StoredMemory, row).map((kept) => [row.id, kept] as const)),
    ),
    events: rows.events.flatMap((row) => read(AlarmEvent, row)),
    announcements: rows.announcements.flatMap((row) => read(Announcement, row)),
  };
}
