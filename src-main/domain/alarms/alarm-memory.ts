import type { AlarmPriority, AlarmState } from "#contract/alarms.ts";
import type { AlarmEventId } from "#contract/ids.ts";

/** Now, on both scales: delays run on the monotonic one, records carry the wall's. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/**
 * One alarm's memory (ISA-18.2 section 5.4). The flags are the truth; the state people see follows from them. Plain
 * data, so that it can be stored and taken up again.
 */
export interface AlarmMemory {
  /** The condition stands: violated for the on-delay, and not yet clear for the off-delay. */
  readonly isActive: boolean;
  /** Raised and not yet over: unacknowledged, or latched. */
  readonly isAcknowledged: boolean;
  readonly isLatched: boolean;
  readonly isInputUnknown: boolean;
  /** Since when the condition has been leaning the other way, monotonic ms; null: it is not. */
  readonly turningSinceMs: number | null;
  /** Since when that delay has been stopped, because the input cannot be judged, monotonic ms; null: it runs. */
  readonly unknownSinceMs: number | null;
  readonly lastValue: number | null;
  /** When shelving ends, monotonic ms; null: not shelved. */
  readonly shelvedUntilMs: number | null;
  readonly isSuppressed: boolean;
  readonly isOutOfService: boolean;
  /** When what was raised last began, monotonic ms; null: never, or before this run. */
  readonly onsetMs: number | null;
  /** When it was raised last, and when its state changed last, wall, epoch ms; null: never. */
  readonly raisedAtMs: number | null;
  readonly changedAtMs: number | null;
  /** Who acknowledged, shelved or suppressed it, or took it out of service, and why. */
  readonly by: string | null;
  readonly note: string | null;
  /** Of an alarm that watches words: what has been told since it was raised, in words, and how urgent that is. */
  readonly codes: readonly string[];
  /** Since when a code of those has been gone, monotonic ms; those that stand are not there. */
  readonly absentSinceMs: Readonly<Record<string, number>>;
  readonly text: string | null;
  readonly priority: AlarmPriority | null;
  /** Whether people have been told that it was raised: `due` from the moment they are to be. */
  readonly telling: "no" | "due" | "told";
  /** When they were told last, monotonic ms. */
  readonly toldAtMs: number | null;
  /** What it was told together with, and what they have in common; kept until it is raised anew. */
  readonly groupId: AlarmEventId | null;
  readonly groupCause: string | null;
}

export const QUIET: AlarmMemory = {
  isActive: false,
  isAcknowledged: true,
  isLatched: false,
  isInputUnknown: true,
  turningSinceMs: null,
  unknownSinceMs: null,
  lastValue: null,
  shelvedUntilMs: null,
  isSuppressed: false,
  isOutOfService: false,
  onsetMs: null,
  raisedAtMs: null,
  changedAtMs: null,
  by: null,
  note: null,
  codes: [],
  absentSinceMs: {},
  text: null,
  priority: null,
  telling: "no",
  toldAtMs: null,
  groupId: null,
  groupCause: null,
};

/** The state people see. */
export function alarmStateOf(memory: AlarmMemory): AlarmState {
  if (memory.isOutOfService) return "out-of-service";
  if (memory.isSuppressed) return "suppressed";
  if (memory.shelvedUntilMs !== null) return "shelved";
  if (memory.isActive) return memory.isAcknowledged ? "acknowledged" : "unacknowledged";
  if (memory.isLatched) return "latched";
  return memory.isAcknowledged ? "normal" : "returned-unacknowledged";
}

/** Nobody is told of it, whatever it does. */
export function isHidden({ isOutOfService, isSuppressed, shelvedUntilMs }: AlarmMemory): boolean {
  return isOutOfService || isSuppressed || shelvedUntilMs !== null;
}

/** What outlives a restart: instants of the monotonic scale as wall times. */
export interface KeptMemory
  extends Omit<
    AlarmMemory,
    "turningSinceMs" | "unknownSinceMs" | "absentSinceMs" | "onsetMs" | "shelvedUntilMs" | "toldAtMs"
  > {
  readonly savedAtMs: number;
  readonly shelvedUntilMs: number | null;
  readonly toldAtMs: number | null;
}

export function keptFrom(memory: AlarmMemory, now: Moment): KeptMemory {
  const { turningSinceMs: _, unknownSinceMs: __, absentSinceMs: ___, onsetMs: ____, ...rest } = memory;
  const wallOf = (atMs: number | null) => (atMs === null ? null : now.wallMs + (atMs - now.monotonicMs));
  return {
    ...rest,
    savedAtMs: now.wallMs,
    shelvedUntilMs: wallOf(memory.shelvedUntilMs),
    toldAtMs: wallOf(memory.toldAtMs),
  };
}

/**
 * Delays that ran start anew. A clock that nobody set since the machine started, or that is earlier than when it was
 * kept, is not believed: no time has passed then.
 */
export function memoryFrom(
  { savedAtMs, ...kept }: KeptMemory,
  now: Moment,
  isClockSynchronized = true,
): AlarmMemory {
  const wallMs = isClockSynchronized ? Math.max(now.wallMs, savedAtMs) : savedAtMs;
  const monotonicOf = (atMs: number | null) => (atMs === null ? null : now.monotonicMs + (atMs - wallMs));
  return {
    ...kept,
    isInputUnknown: true,
    turningSinceMs: null,
    unknownSinceMs: null,
    absentSinceMs: {},
    onsetMs: null,
    shelvedUntilMs: monotonicOf(kept.shelvedUntilMs),
    toldAtMs: monotonicOf(kept.toldAtMs),
  };
}
