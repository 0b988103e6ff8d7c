import type {
  AlarmDefinition,
  AlarmEvent,
  AlarmKind,
  AlarmState,
  AlarmStatistics,
  AlarmTransition,
  Announcement,
} from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { AlarmEventId, AlarmId, ChannelId, LoopId } from "#contract/ids.ts";
import type { AlarmCommand } from "#domain/alarms/alarm-machine.ts";
import type { AlarmMemory } from "#domain/alarms/alarm-memory.ts";
import type { Signal } from "#domain/alarms/signal.ts";
import type { Cancel } from "../platform/ports.ts";

export interface StandingAlarm {
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
}

/** How an alarm stands, for whoever shows it. */
export interface AlarmCondition {
  readonly memory: AlarmMemory;
  readonly state: AlarmState;
  /** Instants as people read them, epoch ms. */
  readonly sinceMs: number | null;
  readonly raisedAtMs: number | null;
  readonly shelvedUntilMs: number | null;
  /** When its limit will be reached at the present trend; null: it is not nearing it. */
  readonly limitAtMs: number | null;
  readonly groupId: AlarmEventId | null;
}

/** One transition as it happened, and its words. */
export interface AlarmNews {
  readonly transition: AlarmTransition;
  readonly definition: AlarmDefinition;
  readonly event: AlarmEvent;
}

export interface AlarmService {
  /** The whole set from now on; an alarm that judges the same input as before keeps its memory. */
  configure(definitions: readonly AlarmDefinition[]): void;
  /** Every alarm that is not normal. */
  standing(): readonly StandingAlarm[];
  /** @throws ReefFault not-found */
  conditionOf(alarmId: AlarmId): AlarmCondition;
  /** Resolves when what it did is durable. @throws ReefFault not-found, conflict (a reset while its condition stands) */
  command(alarmId: AlarmId, command: AlarmCommand): Promise<AlarmState>;
  /** Alarms these kinds of a mode name announce nothing until others, or none, are named; what protects the tank is none of them. */
  keepQuiet(kinds: readonly string[], by: string): void;
  /** Told once it is durable. */
  onTransition(listener: (transition: AlarmTransition, definition: AlarmDefinition) => void): Cancel;
  /** This alarm is shown otherwise than before. */
  onChange(listener: (alarmId: AlarmId) => void): Cancel;
}

/**
 * What people are still to be told, in order. Whoever delivers it keeps it himself before he says `done`: an announcement
 * that is not done is there again after a crash, with the same id.
 */
export interface AnnouncementQueue {
  pending(): Promise<readonly Announcement[]>;
  onAnnouncement(listener: (announcement: Announcement) => void): Cancel;
  /** Durable when it resolves; one that is not there is done already. */
  done(id: AlarmEventId): Promise<void>;
}

/** Whether somebody still has to look: for whoever waits before he tells a second person. */
export interface StandingAlarms {
  standing(): readonly StandingAlarm[];
}

/** What alarms listen to besides sensors: outputs, loops, the controller itself. */
export interface AlarmSource {
  readonly kinds: readonly AlarmKind[];
  /** What it says of an alarm's subject now; null: it does not know it. */
  signalOf(definition: AlarmDefinition): Signal | null;
  /** Told with the subject whose signal may be another: a channel, a loop or a check. */
  onChange(listener: (subject: string) => void): Cancel;
}

/** What the loops hold now, as far as alarms judge by it. */
export interface ActiveSetpoints {
  /** By its loop, or by the sensor it is held at; null: nothing holds one. */
  ofLoop(loopId: LoopId): number | null;
  ofSensor(channelId: ChannelId): number | null;
}

/** What a channel is, and whether its device answers: what alarms of one cause share. */
export interface AlarmSurroundings {
  channelOf(channelId: ChannelId): ChannelConfig | null;
  /** The device behind it, where it cannot be reached now; null: it answers. */
  lostDeviceOf(channelId: ChannelId): { readonly id: string; readonly name: string } | null;
}

/** One memory as it is kept: whoever kept it knows how to read it. */
export interface KeptRow {
  readonly id: string;
  readonly body: unknown;
}

/** What one step leaves behind, all of it or nothing. */
export interface AlarmStoreStep {
  readonly memories: readonly KeptRow[];
  /** Alarms that are no more. */
  readonly forgotten: readonly string[];
  readonly events: readonly KeptRow[];
  /** Events that are where they belong. */
  readonly drained: readonly string[];
  readonly announcements: readonly KeptRow[];
  /** Announcements that were delivered, or handed over. */
  readonly done: readonly string[];
}

/** The local store, as alarms see it: durable when `commit` resolves, and one transaction. */
export interface AlarmStore {
  load(): Promise<{
    readonly memories: readonly KeptRow[];
    readonly events: readonly KeptRow[];
    readonly announcements: readonly KeptRow[];
  }>;
  /** @throws ReefFault store-full and the store's others: it is not known whether it was kept */
  commit(step: AlarmStoreStep): Promise<void>;
}

/** Postgres, as alarms see it; storing an event twice is harmless. @throws ReefFault database-away */
export interface AlarmEventStore {
  append(events: readonly AlarmEvent[]): Promise<void>;
}

/** Transitions of the past and what they say of the alarms themselves. */
export interface AlarmHistoryService {
  /** Newest first. @throws ReefFault database-away */
  events(query: AlarmEventPage): Promise<{ readonly items: AlarmEvent[]; readonly nextCursor: string | null }>;
  statistics(span: { readonly fromMs: number; readonly toMs: number }): Promise<AlarmStatistics>;
}

export interface AlarmEventPage {
  readonly alarmId?: AlarmId | undefined;
  readonly priority?: AlarmDefinition["priority"] | undefined;
  readonly transition?: AlarmTransition["transition"] | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}
