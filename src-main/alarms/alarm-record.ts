import type { AlarmDefinition, AlarmEvent, AlarmTransition } from "#contract/alarms.ts";
import { messageOf } from "#contract/errors.ts";
import type { AlarmId } from "#contract/ids.ts";
import type { AlarmStep } from "#domain/alarms/alarm-machine.ts";
import { type KeptMemory, keptFrom, type Moment, memoryFrom } from "#domain/alarms/alarm-memory.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { Announcements } from "./announcements.ts";
import { Announcer, type Telling } from "./announcer.ts";
import { EventDrain } from "./event-drain.ts";
import { type KeptAlarms, readKept } from "./kept-rows.ts";
import { eventFrom, type LiveAlarm, liveAlarm } from "./live-alarm.ts";
import type { AlarmEventStore, AlarmStore, AlarmSurroundings } from "./ports.ts";
import { StepLedger } from "./step-ledger.ts";

interface AlarmRecordDeps {
  readonly alarms: ReadonlyMap<AlarmId, LiveAlarm>;
  readonly store: AlarmStore | null;
  readonly events: AlarmEventStore | null;
  readonly clock: Clock;
  readonly log: Logger;
  readonly surroundings: AlarmSurroundings;
  readonly startedAtMs: number | null;
  /** Whether the wall's clock can say how long the program was away; left out: it can. */
  readonly isClockSynchronized?: () => boolean;
  /** What it remembers was changed by the telling: another thing may be due. */
  readonly onMemory: (alarm: LiveAlarm) => void;
  /** Both told once it is durable. */
  readonly onTransition: (transition: AlarmTransition, definition: AlarmDefinition) => void;
  readonly onChange: (alarmId: AlarmId) => void;
}

const NOTHING_KEPT: KeptAlarms = { memories: new Map(), events: [], announcements: [] };

/** Keeps what alarms do: first here, then in Postgres, and only then are people told. */
export class AlarmRecord {
  readonly announcements: Announcements;
  readonly #deps: AlarmRecordDeps;
  readonly #ledger: StepLedger;
  readonly #announcer: Announcer;
  readonly #drain: EventDrain | null;
  /** What the last run left of alarms that are not configured yet. */
  readonly #kept = new Map<string, KeptMemory>();
  #keptEvents: readonly AlarmEvent[] = [];

  constructor(deps: AlarmRecordDeps) {
    const { store, events, clock, log } = deps;
    this.#deps = deps;
    this.#ledger = new StepLedger({ store, clock, log });
    this.announcements = new Announcements(this.#ledger, store !== null);
    const isDrained = events !== null && store !== null;
    this.#drain = isDrained ? new EventDrain({ store: events, ledger: this.#ledger, clock, log }) : null;
    this.#announcer = new Announcer({ ...deps, onTelling: (telling) => this.#publish(telling) });
  }

  /** A store that cannot be read is said, and alarms begin anew. */
  async open(): Promise<void> {
    const { store, log } = this.#deps;
    if (store === null) return;
    const kept = await readKept(store, log).catch((error: unknown) => {
      log.error({ reason: messageOf(error) }, "alarms begin anew: what they remembered cannot be read");
      return NOTHING_KEPT;
    });
    for (const [id, memory] of kept.memories) this.#kept.set(id, memory);
    this.#keptEvents = kept.events;
    this.announcements.takeUp(kept.announcements);
  }

  async stop(): Promise<void> {
    this.#announcer.stop();
    this.#drain?.stop();
    await this.#ledger.stop();
  }

  /** An alarm as the last run left it, or a new one. */
  begun(definition: AlarmDefinition): LiveAlarm {
    const kept = this.#kept.get(definition.id);
    this.#kept.delete(definition.id);
    if (kept === undefined) return liveAlarm(definition);
    return liveAlarm(definition, memoryFrom(kept, this.#now(), this.#deps.isClockSynchronized?.()));
  }

  /** The first set of alarms is there: what was kept of others is of no use, what was not told yet is told. */
  takeUp(): void {
    this.#ledger.take({ forgotten: [...this.#kept.keys()] });
    this.#kept.clear();
    this.#announcer.takeUp(this.#keptEvents, (id) => this.#drain?.hold(id));
    this.#drain?.take(this.#keptEvents);
    this.#keptEvents = [];
  }

  step(alarm: LiveAlarm, { transitions, calls }: AlarmStep): void {
    const events = transitions.map((transition) => eventFrom(alarm, transition, this.#deps.surroundings));
    const raised = calls.includes("raised") ? events.findLast((e) => e.transition === "raised") : undefined;
    if (raised !== undefined) this.#drain?.hold(raised.id);
    this.#keep({ changed: [alarm], events, announcement: null }, () => {
      this.#drain?.take(events);
      for (const transition of transitions) this.#deps.onTransition(transition, alarm.definition);
      this.#deps.onChange(alarm.definition.id);
    });
    const hasReturned = transitions.some(({ transition }) => transition === "returned");
    if (hasReturned && !calls.includes("returned")) this.#announcer.returnedUnheard(alarm);
    for (const call of calls) {
      if (call === "raised") this.#announcer.raised(alarm, raised ?? null);
      else if (call === "returned") this.#announcer.returned(alarm);
      else this.#announcer.repeated(alarm);
    }
  }

  forget({ definition: { id } }: LiveAlarm): void {
    this.#announcer.flush(id);
    this.#ledger.take({ forgotten: [id] });
  }

  /** Resolves when everything that was done so far is durable, or cannot be made so in time. */
  settled(): Promise<void> {
    return new Promise((resolve) => this.#ledger.take({}, resolve));
  }

  /** What is not in Postgres yet, oldest first. */
  undrained(): readonly AlarmEvent[] {
    return this.#drain?.waiting() ?? [];
  }

  databaseIsBack(): void {
    this.#drain?.databaseIsBack();
  }

  #publish(telling: Telling): void {
    const { changed, announcement, events } = telling;
    for (const alarm of changed) this.#deps.onMemory(alarm);
    this.#keep(telling, () => {
      this.#drain?.take(events);
      this.#drain?.release(events.map(({ id }) => id));
      if (announcement !== null) this.announcements.tell(announcement);
      for (const { definition } of changed) this.#deps.onChange(definition.id);
    });
  }

  #keep({ changed, events, announcement }: Telling, then: () => void): void {
    const now = this.#now();
    this.#ledger.take(
      {
        memories: changed.map(({ definition: { id }, memory }) => ({ id, body: keptFrom(memory, now) })),
        events: this.#drain === null ? [] : events.map((event) => ({ id: event.id, body: event })),
        announcements: announcement === null ? [] : [{ id: announcement.id, body: announcement }],
      },
      then,
    );
  }

  #now(): Moment {
    return { monotonicMs: this.#deps.clock.monotonicMs(), wallMs: this.#deps.clock.nowMs() };
  }
}
