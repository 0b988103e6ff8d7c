import type { AlarmEvent, AlarmPriority, AlarmTransitionKind } from "#contract/alarms.ts";
import type { HistoryPoint, OutputHistory, Resolution } from "#contract/history.ts";
import type { AlarmId, ChannelId } from "#contract/ids.ts";

/** How the database is, for /health and for those who would write. */
export interface DatabaseState {
  readonly kind: "embedded" | "external";
  readonly isUp: boolean;
  /** When that began, epoch ms. */
  readonly sinceMs: number;
  readonly detail: string;
  readonly version: string | null;
}

export interface Span {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

export interface HistoryQuery {
  readonly channelId: ChannelId;
  readonly span: Span;
  readonly maxPoints: number;
}

/** What was recorded. Good readings only: a bad one has no value to draw. @throws ReefFault database-away */
export interface HistoryReader {
  history(
    query: HistoryQuery,
  ): Promise<{ readonly resolution: Resolution; readonly points: readonly HistoryPoint[] }>;
  stats(
    channelId: ChannelId,
    span: Span,
  ): Promise<{
    readonly count: number;
    readonly min: number | null;
    readonly max: number | null;
    readonly mean: number | null;
    readonly latest: { readonly value: number; readonly takenAtMs: number } | null;
  }>;
}

/** What outputs did, from the record of their events. @throws ReefFault database-away */
export interface OutputHistoryReader {
  /** Spans without a hole between them, from the first thing known; where there are more than `maxPoints`, that many cells. */
  outputHistory(query: HistoryQuery): Promise<Pick<OutputHistory, "resolution" | "spans">>;
}

export interface AlarmEventQuery {
  readonly alarmId?: AlarmId | undefined;
  readonly priority?: AlarmPriority | undefined;
  readonly transition?: AlarmTransitionKind | undefined;
  /** Left out: from the first. */
  readonly fromMs?: number | undefined;
  /** Exclusive; left out: to the last. */
  readonly toMs?: number | undefined;
  /** Only events before this one. */
  readonly beforeId?: string | undefined;
  readonly limit: number;
}

/** One transition, as far as figures are made of it. */
export interface AlarmEventRow {
  readonly atMs: number;
  readonly alarmId: AlarmId;
  readonly name: string;
  readonly priority: AlarmPriority;
  readonly transition: AlarmTransitionKind;
  /** In the zone that was asked for, YYYY-MM-DD. */
  readonly day: string;
}

/** Transitions of alarms. @throws ReefFault database-away */
export interface AlarmEventReader {
  /** Newest first. */
  events(query: AlarmEventQuery): Promise<readonly AlarmEvent[]>;
  /** Raised and acknowledged ones in order of time, and every day the span touches. */
  counted(
    span: Span,
    timeZone: string,
  ): Promise<{ readonly rows: readonly AlarmEventRow[]; readonly days: readonly string[] }>;
}

/** Named secrets, durable and encrypted: where the embedded server's password is kept. */
export interface SecretStore {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
}
