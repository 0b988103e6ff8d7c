import {
  type AlarmDefinition,
  AlarmPriority,
  type AlarmTransition,
  type AlarmTransitionKind,
} from "#contract/alarms.ts";
import { type AlarmMemory, alarmStateOf, isHidden, type Moment } from "./alarm-memory.ts";
import { heldDelay, runningDelay } from "./delay.ts";
import type { Signal, SignalCause } from "./signal.ts";

/** A critical alarm that nobody acknowledges is told again after this, s (docs/alarm-philosophy.md). */
export const CRITICAL_RE_ALARM_S = 300;

/** What people are to be told of. */
export type Call = "raised" | "returned" | "repeated";

export interface AlarmStep {
  readonly memory: AlarmMemory;
  readonly transitions: readonly AlarmTransition[];
  readonly calls: readonly Call[];
}

const NOTHING: readonly never[] = [];

/** Takes in what the input says now. */
export function observe(
  definition: AlarmDefinition,
  memory: AlarmMemory,
  { signal, now }: { readonly signal: Signal; readonly now: Moment },
): AlarmStep {
  const { condition } = signal;
  const isUnknown = condition === "unknown";
  const turns = condition === (memory.isActive ? "clear" : "violated");
  const lastValue = isUnknown ? memory.lastValue : signal.value;
  const delay = isUnknown ? heldDelay(memory, now) : runningDelay(memory, turns, now);
  const isSame =
    isUnknown === memory.isInputUnknown &&
    lastValue === memory.lastValue &&
    delay.turningSinceMs === memory.turningSinceMs &&
    delay.unknownSinceMs === memory.unknownSinceMs;
  const next = isSame ? memory : { ...memory, isInputUnknown: isUnknown, lastValue, ...delay };
  const { causes = NOTHING } = signal;
  return causes.length === 0 ? elapse(definition, next, now) : withCauses(definition, next, { causes, now });
}

/** Something more is wrong than what people were told of: it is raised anew, without another delay. */
function withCauses(
  definition: AlarmDefinition,
  memory: AlarmMemory,
  { causes, now }: { readonly causes: readonly SignalCause[]; readonly now: Moment },
): AlarmStep {
  if (!memory.isActive) return elapse(definition, worded(memory, causes, NONE_TOLD), now);
  const told = stillTold(definition, memory, { causes, now });
  const next = worded(memory, causes, told);
  if (causes.every(({ code }) => told.codes.includes(code))) return elapse(definition, next, now);
  const raised = raisedAnew(definition, next, now);
  return recorded(definition, memory, { steps: [["raised", raised]], now, by: null });
}

type Told = Pick<AlarmMemory, "codes" | "absentSinceMs">;

const NONE_TOLD: Told = { codes: [], absentSinceMs: {} };

/** What has been gone for the off-delay is forgotten: when it comes back, people are told of it again. */
function stillTold(
  definition: AlarmDefinition,
  { codes, absentSinceMs }: AlarmMemory,
  { causes, now }: { readonly causes: readonly SignalCause[]; readonly now: Moment },
): Told {
  const nowMs = now.monotonicMs;
  const kept = codes.filter((code) => {
    const sinceMs = absentSinceMs[code];
    return sinceMs === undefined || nowMs - sinceMs < definition.offDelayS * 1_000;
  });
  const absent = kept.filter((code) => causes.every((cause) => cause.code !== code));
  return {
    codes: kept,
    absentSinceMs: Object.fromEntries(absent.map((code) => [code, absentSinceMs[code] ?? nowMs])),
  };
}

/** What people are told is what stands now; what was told before is known a while longer. */
function worded(memory: AlarmMemory, causes: readonly SignalCause[], told: Told): AlarmMemory {
  return {
    ...memory,
    codes: [...new Set([...told.codes, ...causes.map(({ code }) => code)])],
    absentSinceMs: told.absentSinceMs,
    text: causes.map(({ text }) => text).join(" "),
    priority: mostUrgent(causes.flatMap(({ priority }) => priority ?? [])),
  };
}

/** null: none of them. */
export function mostUrgent(priorities: readonly AlarmPriority[]): AlarmPriority | null {
  return AlarmPriority.options.find((priority) => priorities.includes(priority)) ?? null;
}

/** How urgent it is now: of several things that are wrong the most urgent. */
export function priorityOf(definition: AlarmDefinition, memory: AlarmMemory): AlarmPriority {
  return memory.priority ?? definition.priority;
}

/** Lets time pass: a delay that ran out, a shelving that ended, a call nobody answered. */
export function elapse(definition: AlarmDefinition, memory: AlarmMemory, now: Moment): AlarmStep {
  if (!isDue(nextDueAtMs(definition, memory), now)) return unmoved(memory);
  const steps: [AlarmTransitionKind, AlarmMemory][] = [];
  let after = memory;
  if (isDue(turnDueAtMs(definition, memory), now)) {
    after = turnedOver(definition, memory, now);
    steps.push([after.isActive ? "raised" : "returned", after]);
  }
  if (isDue(after.shelvedUntilMs, now)) {
    after = { ...after, shelvedUntilMs: null };
    steps.push(["unshelved", after]);
  }
  return recorded(definition, memory, { steps, now, by: null });
}

function unmoved(memory: AlarmMemory): AlarmStep {
  return { memory, transitions: NOTHING, calls: NOTHING };
}

/** A timer of a clock that counts from elsewhere may ring the last binary digit early; asked for again it would ring for ever. */
const ROUNDING_MS = 0.001;

function isDue(atMs: number | null, now: Moment): boolean {
  return atMs !== null && atMs <= now.monotonicMs + ROUNDING_MS;
}

/** When `elapse` has something to do next, monotonic ms; null: nothing waits. */
export function nextDueAtMs(definition: AlarmDefinition, memory: AlarmMemory): number | null {
  const turnMs = turnDueAtMs(definition, memory);
  const { shelvedUntilMs } = memory;
  const repeatMs = repeatDueAtMs(definition, memory);
  if (turnMs === null && shelvedUntilMs === null) return repeatMs;
  return Math.min(turnMs ?? Infinity, shelvedUntilMs ?? Infinity, repeatMs ?? Infinity);
}

/** Who does something to an alarm, and why. */
export interface AlarmActor {
  readonly by: string;
  readonly note?: string | undefined;
}

/** What a person does to an alarm. Acknowledging never clears; shelving is timed. */
export type AlarmOrder = AlarmActor &
  (
    | { readonly kind: "acknowledge" | "reset" | "unshelve" }
    | { readonly kind: "shelve"; readonly forMs: number }
    | { readonly kind: "out-of-service"; readonly isOn: boolean }
  );

/** What a person or a mode does to it. */
export type AlarmCommand = AlarmOrder | (AlarmActor & { readonly kind: "suppress"; readonly isOn: boolean });

/** Carries out a command; one that changes nothing records nothing. */
export function command(
  definition: AlarmDefinition,
  memory: AlarmMemory,
  order: { readonly command: AlarmCommand; readonly now: Moment },
): AlarmStep {
  const done = commanded(memory, order.command, order.now.monotonicMs);
  if (done === null) return unmoved(memory);
  const { by, note = null } = order.command;
  const [transition, after] = done;
  return recorded(definition, memory, { steps: [[transition, { ...after, by, note }]], now: order.now, by });
}

/** Its definition judges by something else from now on, or is gone: what stood is over. */
export function ended(definition: AlarmDefinition, memory: AlarmMemory, now: Moment): AlarmStep {
  if (!memory.isActive) return unmoved(memory);
  const after = { ...turnedOver(definition, memory, now), isLatched: false };
  return recorded(definition, memory, { steps: [["returned", after]], now, by: null });
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
        telling: "no",
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

function turnDueAtMs(definition: AlarmDefinition, memory: AlarmMemory): number | null {
  const { isActive, turningSinceMs, unknownSinceMs } = memory;
  if (turningSinceMs === null || unknownSinceMs !== null) return null;
  return turningSinceMs + (isActive ? definition.offDelayS : definition.onDelayS) * 1_000;
}

/** When people are told again; null: they need not be, or cannot be. */
function repeatDueAtMs(definition: AlarmDefinition, memory: AlarmMemory): number | null {
  const { telling, toldAtMs, isAcknowledged } = memory;
  if (telling !== "told" || isAcknowledged || toldAtMs === null || isHidden(memory)) return null;
  const afterS =
    definition.reAlarmS ??
    (definition.priority !== "critical" && memory.priority === "critical" ? CRITICAL_RE_ALARM_S : null);
  return afterS === null ? null : toldAtMs + afterS * 1_000;
}

function turnedOver(definition: AlarmDefinition, memory: AlarmMemory, now: Moment): AlarmMemory {
  if (!memory.isActive) return raisedAnew(definition, memory, now);
  return { ...memory, isActive: false, turningSinceMs: null, unknownSinceMs: null };
}

function raisedAnew(definition: AlarmDefinition, memory: AlarmMemory, now: Moment): AlarmMemory {
  return {
    ...memory,
    isActive: true,
    isAcknowledged: false,
    isLatched: definition.latching,
    turningSinceMs: null,
    unknownSinceMs: null,
    onsetMs: memory.turningSinceMs ?? now.monotonicMs,
    raisedAtMs: now.wallMs,
    by: isHidden(memory) ? memory.by : null,
    note: isHidden(memory) ? memory.note : null,
    telling: "no",
    groupId: null,
    groupCause: null,
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
    const to = alarmStateOf(after);
    memory = from === to ? after : { ...after, changedAtMs: now.wallMs };
    return { alarmId: definition.id, atMs: now.wallMs, transition, from, to, value: after.lastValue, by };
  });
  return called(
    definition,
    { memory, transitions, hasReturned: steps.some(([kind]) => kind === "returned") },
    now,
  );
}

interface Recorded {
  readonly memory: AlarmMemory;
  readonly transitions: readonly AlarmTransition[];
  readonly hasReturned: boolean;
}

/** Whom it concerns is told once: when it is raised, when it is over, and again while nobody answers. */
function called(
  definition: AlarmDefinition,
  { memory, transitions, hasReturned }: Recorded,
  now: Moment,
): AlarmStep {
  const isTold = memory.telling !== "no";
  if (hasReturned && isTold) {
    const after: AlarmMemory = memory.isLatched && !isHidden(memory) ? memory : { ...memory, telling: "no" };
    return { memory: after, transitions, calls: isHidden(memory) ? NOTHING : ["returned"] };
  }
  if (memory.isActive && !memory.isAcknowledged && !isTold && !isHidden(memory)) {
    return { memory: { ...memory, telling: "due" }, transitions, calls: ["raised"] };
  }
  if (!isDue(repeatDueAtMs(definition, memory), now)) return { memory, transitions, calls: NOTHING };
  return { memory: { ...memory, toldAtMs: now.monotonicMs }, transitions, calls: ["repeated"] };
}
