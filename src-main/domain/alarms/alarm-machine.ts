import type { AlarmDefinition, AlarmState, AlarmTransition, AlarmTransitionKind } from "#contract/alarms.ts";
import { type AlarmInput, conditionOf } from "./condition.ts";

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
  readonly lastValue: number | null;
  /** When shelving ends, monotonic ms; null: not shelved. */
  readonly shelvedUntilMs: number | null;
  readonly isSuppressed: boolean;
  readonly isOutOfService: boolean;
}

export const QUIET: AlarmMemory = {
  isActive: false,
  isAcknowledged: true,
  isLatched: false,
  isInputUnknown: true,
  turningSinceMs: null,
  lastValue: null,
  shelvedUntilMs: null,
  isSuppressed: false,
  isOutOfService: false,
};

export interface AlarmStep {
  readonly memory: AlarmMemory;
  readonly transitions: readonly AlarmTransition[];
}

/** The state people see. */
export function alarmStateOf(memory: AlarmMemory): AlarmState {
  if (memory.isOutOfService) return "out-of-service";
  if (memory.isSuppressed) return "suppressed";
  if (memory.shelvedUntilMs !== null) return "shelved";
  if (memory.isActive) return memory.isAcknowledged ? "acknowledged" : "unacknowledged";
  if (memory.isLatched) return "latched";
  return memory.isAcknowledged ? "normal" : "returned-unacknowledged";
}

/** Takes in what the channel says now. */
export function observe(
  definition: AlarmDefinition,
  memory: AlarmMemory,
  { input, now }: { readonly input: AlarmInput; readonly now: Moment },
): AlarmStep {
  const condition = conditionOf(definition, input);
  const isUnknown = condition === "unknown";
  const turns = condition === (memory.isActive ? "clear" : "violated");
  const next: AlarmMemory = {
    ...memory,
    isInputUnknown: isUnknown,
    lastValue: isUnknown ? memory.lastValue : input.value,
    turningSinceMs: turns ? (memory.turningSinceMs ?? now.monotonicMs) : null,
  };
  return elapse(definition, next, now);
}

/** Lets time pass: a delay that ran out, a shelving that ended. */
export function elapse(definition: AlarmDefinition, memory: AlarmMemory, now: Moment): AlarmStep {
  const dueAtMs = turnDueAtMs(definition, memory);
  const isTurning = dueAtMs !== null && dueAtMs <= now.monotonicMs;
  const turned = isTurning ? turnedOver(definition, memory) : memory;
  const steps: [AlarmTransitionKind, AlarmMemory][] = isTurning
    ? [[turned.isActive ? "raised" : "returned", turned]]
    : [];
  if (turned.shelvedUntilMs !== null && turned.shelvedUntilMs <= now.monotonicMs) {
    steps.push(["unshelved", { ...turned, shelvedUntilMs: null }]);
  }
  return recorded(definition, memory, { steps, now, by: null });
}

/** When `elapse` has something to do next, monotonic ms; null: nothing waits. */
export function nextDueAtMs(definition: AlarmDefinition, memory: AlarmMemory): number | null {
  const due = [turnDueAtMs(definition, memory), memory.shelvedUntilMs].filter((atMs) => atMs !== null);
  return due.length === 0 ? null : Math.min(...due);
}

/** What a person, or a mode, does to an alarm. Acknowledging never clears; shelving is timed. */
export type AlarmCommand =
  | { readonly kind: "acknowledge" | "reset" | "unshelve"; readonly by: string }
  | { readonly kind: "shelve"; readonly forMs: number; readonly by: string }
  | { readonly kind: "suppress" | "out-of-service"; readonly isOn: boolean; readonly by: string };

/** Carries out a command; one that changes nothing records nothing. */
export function command(
  definition: AlarmDefinition,
  memory: AlarmMemory,
  order: { readonly command: AlarmCommand; readonly now: Moment },
): AlarmStep {
  const done = commanded(memory, order.command, order.now.monotonicMs);
  return recorded(definition, memory, {
    steps: done === null ? [] : [done],
    now: order.now,
    by: order.command.by,
  });
}

type Change = [AlarmTransitionKind, AlarmMemory] | null;

function commanded(memory: AlarmMemory, order: AlarmCommand, nowMs: number): Change {
  switch (order.kind) {
    case "acknowledge":
      return changed(!memory.isAcknowledged, "acknowledged", { ...memory, isAcknowledged: true });
    case "reset":
      return changed(memory.isLatched && !memory.isActive, "reset", {
        ...memory,
        isLatched: false,
        isAcknowledged: true,
      });
    case "shelve":
      return ["shelved", { ...memory, shelvedUntilMs: nowMs + order.forMs }];
    case "unshelve":
      return changed(memory.shelvedUntilMs !== null, "unshelved", { ...memory, shelvedUntilMs: null });
    case "suppress":
      return switched(memory, "isSuppressed", order.isOn);
    case "out-of-service":
      return switched(memory, "isOutOfService", order.isOn);
  }
}

function changed(isChange: boolean, transition: AlarmTransitionKind, memory: AlarmMemory): Change {
  return isChange ? [transition, memory] : null;
}

const SWITCHED = {
  isSuppressed: ["suppressed", "unsuppressed"],
  isOutOfService: ["out-of-service", "in-service"],
} as const;

function switched(memory: AlarmMemory, flag: keyof typeof SWITCHED, isOn: boolean): Change {
  const [on, off] = SWITCHED[flag];
  return changed(memory[flag] !== isOn, isOn ? on : off, { ...memory, [flag]: isOn });
}

function turnDueAtMs(definition: AlarmDefinition, { isActive, turningSinceMs }: AlarmMemory): number | null {
  if (turningSinceMs === null) return null;
  return turningSinceMs + (isActive ? definition.offDelayS : definition.onDelayS) * 1_000;
}

function turnedOver(definition: AlarmDefinition, memory: AlarmMemory): AlarmMemory {
  const isActive = !memory.isActive;
  return {
    ...memory,
    isActive,
    turningSinceMs: null,
    isAcknowledged: isActive ? false : memory.isAcknowledged,
    isLatched: isActive ? definition.latching : memory.isLatched,
  };
}

interface Recording {
  readonly steps: readonly [AlarmTransitionKind, AlarmMemory][];
  readonly now: Moment;
  readonly by: string | null;
}

function recorded(definition: AlarmDefinition, before: AlarmMemory, { steps, now, by }: Recording): AlarmStep {
  let memory = before;
  const transitions = steps.map(([transition, after]) => {
    const from = alarmStateOf(memory);
    memory = after;
    const to = alarmStateOf(after);
    return { alarmId: definition.id, atMs: now.wallMs, transition, from, to, value: after.lastValue, by };
  });
  return { memory, transitions };
}
