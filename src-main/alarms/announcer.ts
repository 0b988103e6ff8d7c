import { type AlarmEvent, AlarmPriority, type Announcement } from "#contract/alarms.ts";
import { AlarmEventId, type AlarmId } from "#contract/ids.ts";
import { mostUrgent, priorityOf } from "#domain/alarms/alarm-machine.ts";
import { type AlarmMemory, isHidden } from "#domain/alarms/alarm-memory.ts";
import { type Cause, causeOf, gatherMs, wordsOf } from "#domain/alarms/grouping.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { announced, type LiveAlarm } from "./live-alarm.ts";
import type { AlarmSurroundings } from "./ports.ts";

/** What the telling changed, to be kept together. */
export interface Telling {
  readonly changed: readonly LiveAlarm[];
  readonly announcement: Announcement | null;
  /** Events that now know their group, and all that waited for it. */
  readonly events: readonly AlarmEvent[];
}

interface AnnouncerDeps {
  readonly alarms: ReadonlyMap<AlarmId, LiveAlarm>;
  readonly clock: Clock;
  readonly surroundings: AlarmSurroundings;
  readonly startedAtMs: number | null;
  readonly onTelling: (telling: Telling) => void;
}

interface Gathered {
  readonly alarm: LiveAlarm;
  readonly event: AlarmEvent | null;
  readonly cause: Cause | null;
  readonly dueAtMs: number;
}

interface Group {
  readonly id: AlarmEventId;
  readonly key: string;
  readonly cause: string;
  readonly members: Set<AlarmId>;
  priority: AlarmPriority;
  readonly openedAtMs: number;
}

interface Told {
  readonly alarms: readonly LiveAlarm[];
  readonly cause: string | null;
  readonly id?: AlarmEventId;
  readonly events?: readonly AlarmEvent[];
}

/** Who is raised later for a lasting cause belongs to it for so long. */
const OPEN_FOR_MS = 600_000;

/** Decides who is told with whom: what was raised for one cause is one message, and so is its end. */
export class Announcer {
  readonly #deps: AnnouncerDeps;
  readonly #gathered = new Map<AlarmId, Gathered>();
  readonly #groups = new Map<AlarmEventId, Group>();
  #timer: { readonly atMs: number; readonly cancel: Cancel } | null = null;

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
  }

  /** Goes on where the last run ended. */
  takeUp(events: readonly AlarmEvent[], hold: (id: AlarmEventId) => void): void {
    for (const alarm of this.#deps.alarms.values()) {
      const { groupId, groupCause, telling } = alarm.memory;
      if (groupId !== null && alarm.memory.isActive) this.#rejoin(groupId, groupCause ?? "", alarm);
      const event = events.findLast((e) => e.alarmId === alarm.definition.id && e.transition === "raised");
      if (telling !== "due") continue;
      if (event !== undefined) hold(event.id);
      this.raised(alarm, event ?? null);
    }
  }

  raised(alarm: LiveAlarm, event: AlarmEvent | null): void {
    const { clock } = this.#deps;
    this.#supersede(alarm.definition.id);
    const cause = this.#causeOf(alarm);
    const group = cause?.isLasting === true ? this.#openGroup(cause.key) : undefined;
    if (group !== undefined) {
      this.#join(group, alarm, event);
      return;
    }
    const dueAtMs = clock.monotonicMs() + gatherMs(alarm.definition.kind);
    this.#gathered.set(alarm.definition.id, { alarm, event, cause, dueAtMs });
    this.#setTimer();
  }

  /** Told where it was the last one of its group. Those that are hidden keep no group open, and are not told of. */
  returned(alarm: LiveAlarm): void {
    if (!isHidden(alarm.memory)) this.flush(alarm.definition.id);
    const { groupId } = alarm.memory;
    const group = groupId === null ? undefined : this.#groups.get(groupId);
    const members = group === undefined ? [alarm] : this.#membersOf(group);
    if (members.some(isStanding)) return;
    if (group !== undefined) this.#groups.delete(group.id);
    const alarms = members.filter(({ memory }) => !isHidden(memory));
    if (alarms.length > 0) this.#tell("returned", { alarms, cause: group?.cause ?? null });
  }

  /** People are not told of this one; it may be what the others of its group waited for. */
  returnedUnheard(alarm: LiveAlarm): void {
    if (isHidden(alarm.memory)) this.returned(alarm);
  }

  /** Nobody answered: all of its group that wait for an answer are told again together. */
  repeated(alarm: LiveAlarm): void {
    const { groupId, groupCause, toldAtMs } = alarm.memory;
    const group = groupId === null ? undefined : this.#groups.get(groupId);
    const others = group === undefined ? [] : this.#membersOf(group).filter((other) => other !== alarm);
    const waiting = others.filter(({ memory }) => !memory.isAcknowledged && memory.telling === "told");
    for (const other of waiting) other.memory = { ...other.memory, toldAtMs };
    const cause = waiting.length === 0 ? null : groupCause;
    this.#tell("repeated", { alarms: [alarm, ...waiting], cause });
  }

  /** What waits to be told of this alarm is told now. */
  flush(alarmId: AlarmId): void {
    const entry = this.#gathered.get(alarmId);
    if (entry !== undefined) this.#close(this.#alike(entry));
  }

  /** Raised again before anybody was told: one message is enough, and the first event waits for none. */
  #supersede(alarmId: AlarmId): void {
    const event = this.#gathered.get(alarmId)?.event ?? null;
    this.#gathered.delete(alarmId);
    if (event !== null) this.#deps.onTelling({ changed: [], announcement: null, events: [event] });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #causeOf({ definition, memory }: LiveAlarm): Cause | null {
    const { surroundings, startedAtMs } = this.#deps;
    const lost = definition.channelId === null ? null : surroundings.lostDeviceOf(definition.channelId);
    return causeOf({ definition, onsetMs: memory.onsetMs, lostDevice: lost?.name ?? null }, startedAtMs);
  }

  #setTimer(): void {
    const dueAtMs = Math.min(...[...this.#gathered.values()].map((entry) => entry.dueAtMs));
    if (this.#timer?.atMs === dueAtMs) return;
    this.#timer?.cancel();
    this.#timer = null;
    if (!Number.isFinite(dueAtMs)) return;
    const cancel = this.#deps.clock.at(dueAtMs, () => {
      this.#timer = null;
      this.#closeDue();
    });
    this.#timer = { atMs: dueAtMs, cancel };
  }

  #closeDue(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const entry of [...this.#gathered.values()]) {
      const isStillThere = this.#gathered.has(entry.alarm.definition.id);
      if (isStillThere && entry.dueAtMs <= nowMs) this.#close(this.#alike(entry));
    }
    this.#setTimer();
  }

  #alike(entry: Gathered): readonly Gathered[] {
    const key = entry.cause?.key;
    return key === undefined ? [entry] : [...this.#gathered.values()].filter((other) => other.cause?.key === key);
  }

  #close(gathered: readonly Gathered[]): void {
    const { clock } = this.#deps;
    for (const { alarm } of gathered) this.#gathered.delete(alarm.definition.id);
    const entries = this.#unanswered(gathered);
    const [first] = entries;
    if (first === undefined) return;
    const id = AlarmEventId.parse(newId(clock.nowMs()));
    const alarms = entries.map(({ alarm }) => alarm);
    const isGroup = entries.length > 1;
    const cause = isGroup ? wordsOf(entries.flatMap((entry) => entry.cause ?? [])) : null;
    for (const alarm of alarms) this.#markTold(alarm, cause === null ? null : { id, cause });
    if (cause !== null) {
      this.#groups.set(id, {
        id,
        key: first.cause?.isLasting === true ? first.cause.key : "",
        cause,
        members: new Set(alarms.map(({ definition }) => definition.id)),
        priority: urgencyOf(alarms),
        openedAtMs: clock.monotonicMs(),
      });
    }
    const events = entries.flatMap(({ event }) => (event === null ? [] : [grouped(event, isGroup ? id : null)]));
    this.#tell("raised", { alarms, cause, id, events });
    this.#setTimer();
  }

  /**
   * What a person acknowledged, shelved or took out of service before anybody was told needs no message: somebody is
   * there. What was put aside is told when it comes back and still stands. A mode is nobody: its alarms are told.
   */
  #unanswered(gathered: readonly Gathered[]): readonly Gathered[] {
    const isAnswered = ({ alarm: { memory } }: Gathered) =>
      isPutAside(memory) || (memory.isActive && memory.isAcknowledged);
    const answered = gathered.filter(isAnswered);
    for (const { alarm } of answered) alarm.memory = { ...alarm.memory, telling: "no" };
    if (answered.length > 0) {
      const changed = answered.map(({ alarm }) => alarm);
      const events = answered.flatMap(({ event }) => event ?? []);
      this.#deps.onTelling({ changed, announcement: null, events });
    }
    return gathered.filter((entry) => !isAnswered(entry));
  }

  #markTold(alarm: LiveAlarm, group: { readonly id: AlarmEventId; readonly cause: string } | null): void {
    const isOver = alarm.memory.telling === "no";
    alarm.memory = {
      ...alarm.memory,
      telling: isOver ? "no" : "told",
      toldAtMs: this.#deps.clock.monotonicMs(),
      groupId: group?.id ?? null,
      groupCause: group?.cause ?? null,
    };
  }

  /** One that comes later is no message of its own, unless it is more urgent than all that was told. */
  #join(group: Group, alarm: LiveAlarm, event: AlarmEvent | null): void {
    group.members.add(alarm.definition.id);
    this.#markTold(alarm, group);
    const events = event === null ? [] : [grouped(event, group.id)];
    const urgency = priorityOf(alarm.definition, alarm.memory);
    if (isMoreUrgent(urgency, group.priority)) {
      group.priority = urgency;
      const active = this.#membersOf(group).filter(isStanding);
      this.#tell("raised", { alarms: active, cause: group.cause, events });
    } else this.#deps.onTelling({ changed: [alarm], announcement: null, events });
  }

  #rejoin(id: AlarmEventId, cause: string, alarm: LiveAlarm): void {
    const { definition, memory } = alarm;
    const known = this.#groups.get(id);
    if (known !== undefined) {
      known.members.add(definition.id);
      return;
    }
    const openedAtMs = Number.NEGATIVE_INFINITY;
    const priority = priorityOf(definition, memory);
    this.#groups.set(id, { id, key: "", cause, members: new Set([definition.id]), priority, openedAtMs });
  }

  #openGroup(key: string): Group | undefined {
    const nowMs = this.#deps.clock.monotonicMs();
    return [...this.#groups.values()].find(
      (group) =>
        group.key === key && nowMs - group.openedAtMs < OPEN_FOR_MS && this.#membersOf(group).some(isStanding),
    );
  }

  #membersOf({ id, members }: Group): LiveAlarm[] {
    return [...members].flatMap((alarmId) => {
      const alarm = this.#deps.alarms.get(alarmId);
      return alarm?.memory.groupId === id ? [alarm] : [];
    });
  }

  #tell(kind: Announcement["kind"], { alarms, cause, id, events = [] }: Told): void {
    const { clock, surroundings } = this.#deps;
    const atMs = clock.nowMs();
    const announcement: Announcement = {
      id: id ?? AlarmEventId.parse(newId(atMs)),
      atMs,
      kind,
      priority: urgencyOf(alarms),
      cause,
      alarms: alarms.map((alarm) => announced(alarm, surroundings)),
    };
    this.#deps.onTelling({ changed: alarms, announcement, events });
  }
}

/** It is active, and people are told of it. */
function isStanding({ memory }: LiveAlarm): boolean {
  return memory.isActive && !isHidden(memory);
}

function isPutAside({ isOutOfService, shelvedUntilMs }: AlarmMemory): boolean {
  return isOutOfService || shelvedUntilMs !== null;
}

function grouped(event: AlarmEvent, groupId: AlarmEventId | null): AlarmEvent {
  return groupId === null ? event : { ...event, groupId };
}

function urgencyOf(alarms: readonly LiveAlarm[]): AlarmPriority {
  return mostUrgent(alarms.map(({ definition, memory }) => priorityOf(definition, memory))) ?? "low";
}

function isMoreUrgent(one: AlarmPriority, other: AlarmPriority): boolean {
  return AlarmPriority.options.indexOf(one) < AlarmPriority.options.indexOf(other);
}
