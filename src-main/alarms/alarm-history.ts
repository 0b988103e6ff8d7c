import type { AlarmEvent, AlarmStatistics } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import { AlarmEventId } from "#contract/ids.ts";
import { type CountedEvent, type StandingSince, statisticsOf } from "#domain/alarms/statistics.ts";
import type { AlarmEventPage, AlarmHistoryService } from "./ports.ts";

/** Postgres, as the history of alarms reads it. @throws ReefFault database-away */
interface StoredEvents {
  events(
    query: Omit<AlarmEventPage, "cursor"> & { readonly beforeId?: string | undefined },
  ): Promise<readonly AlarmEvent[]>;
  counted(
    span: { readonly fromMs: number; readonly toMs: number },
    timeZone: string,
  ): Promise<{ readonly rows: readonly CountedEvent[]; readonly days: readonly string[] }>;
}

interface AlarmHistoryDeps {
  readonly stored: StoredEvents;
  /** What is not stored there yet, oldest first. */
  readonly undrained: () => readonly AlarmEvent[];
  readonly standing: () => readonly StandingSince[];
  readonly timeZone: () => string;
}

/** A year and a day: what the figures of a page are made of. */
const LONGEST_MS = 367 * 86_400_000;

/** What alarms did: what Postgres has, and what is still on its way there. */
export class AlarmHistory implements AlarmHistoryService {
  readonly #deps: AlarmHistoryDeps;

  constructor(deps: AlarmHistoryDeps) {
    this.#deps = deps;
  }

  /** @throws ReefFault database-away; invalid: a cursor that no answer contained */
  async events(page: AlarmEventPage): ReturnType<AlarmHistoryService["events"]> {
    const { cursor, limit, ...filter } = page;
    const beforeId = cursor === undefined ? undefined : idFrom(cursor);
    // Read first: what is stored meanwhile is then in both, and counted once.
    const onTheWay = this.#deps.undrained().filter((event) => fits(event, filter, beforeId));
    const stored = await this.#deps.stored.events({ ...filter, beforeId, limit: limit + 1 });
    const byId = new Map([...stored, ...onTheWay].map((event) => [event.id, event]));
    const all = [...byId.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const items = all.slice(0, limit);
    return { items, nextCursor: all.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** @throws ReefFault database-away; invalid: a span of more than a year */
  async statistics(span: { readonly fromMs: number; readonly toMs: number }): Promise<AlarmStatistics> {
    if (span.toMs - span.fromMs > LONGEST_MS) {
      throw new ReefFault("invalid", "Figures are made of a year at most.", {
        details: [{ field: "from", message: "must be at most 367 days before to" }],
      });
    }
    const { rows, days } = await this.#deps.stored.counted(span, this.#deps.timeZone());
    return statisticsOf(rows, this.#deps.standing(), { ...span, days });
  }
}

function idFrom(cursor: string): string {
  if (AlarmEventId.safeParse(cursor).success) return cursor;
  throw new ReefFault("invalid", "The cursor is not one of ours; leave it out to start from the newest", {
    details: [{ field: "cursor", message: "must be a nextCursor of an earlier answer" }],
  });
}

function fits(
  event: AlarmEvent,
  {
    alarmId,
    priority,
    transition,
    fromMs = Number.NEGATIVE_INFINITY,
    toMs = Number.POSITIVE_INFINITY,
  }: Partial<AlarmEventPage>,
  beforeId: string | undefined,
): boolean {
  const atMs = Date.parse(event.at);
  const isAsked =
    (alarmId ?? event.alarmId) === event.alarmId &&
    (priority ?? event.priority) === event.priority &&
    (transition ?? event.transition) === event.transition;
  return isAsked && atMs >= fromMs && atMs < toMs && (beforeId === undefined || event.id < beforeId);
}
