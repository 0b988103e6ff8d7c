import { ALARM_INPUTS, type Alarm, AlarmCreate, type AlarmKind, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Loop } from "#contract/loops.ts";
import { defaultAlarms } from "#domain/alarms/default-alarms.ts";
import type { Draft } from "../control/form/draft.ts";
import type { DraftProblem } from "../control/form/draft-problems.ts";
import { isLimit } from "./alarm-units.ts";

export type AlarmFormDraft = Draft<AlarmCreate>;

/** Those the past can answer: it keeps good readings alone, and neither what outputs nor what loops said. */
const TRIED_KINDS: readonly AlarmKind[] = [
  "low-low",
  "low",
  "high",
  "high-high",
  "rate-of-change",
  "discrepancy",
  "digital",
];
/** What decides whether it rings; changed, it has to be tried anew. */
const DECISIVE = [
  "kind",
  "channelId",
  "loopId",
  "otherChannelId",
  "check",
  "setpoint",
  "windowS",
  "deadband",
  "onDelayS",
  "offDelayS",
  "latching",
] as const satisfies readonly (keyof AlarmFormDraft)[];

const FIRST_DELAY_S = 60;
const FIRST_WINDOW_S = 7_200;
const FIRST_TIMES = 1.5;
/** A critical one is said again until somebody answers (docs/alarm-philosophy.md). */
const CRITICAL_AGAIN_S = 300;

export function canBeTried({ kind }: Pick<AlarmFormDraft, "kind">): boolean {
  return TRIED_KINDS.includes(kind);
}

/** Whether two would ring at the same times. */
export function isSameQuestion(one: AlarmFormDraft, other: AlarmFormDraft): boolean {
  return DECISIVE.every((field) => Object.is(one[field], other[field]));
}

export function formDraftOf(alarm: Alarm): AlarmFormDraft {
  const fields = Object.keys(AlarmCreate.shape) as (keyof AlarmFormDraft)[];
  return Object.fromEntries(fields.map((field) => [field, alarm[field]])) as unknown as AlarmFormDraft;
}

/** What it is about: the fields that name it, of which a kind needs some. */
export interface Subject {
  readonly channel: Channel | null;
  readonly loop: Pick<Loop, "id" | "name"> | null;
}

/** An alarm as it is offered for this subject; where none is, as simple as its kind can be. */
export function newFormDraft(kind: AlarmKind, subject: Subject): AlarmFormDraft {
  const { channel, loop } = subject;
  const needs: readonly string[] = ALARM_INPUTS[kind];
  const offered = channel === null ? undefined : defaultAlarms(channel.quantity).find((one) => one.kind === kind);
  return {
    ...UNUSED_ALARM_FIELDS,
    kind,
    setpoint: needs.includes("setpoint") ? firstSetpoint(kind, channel) : null,
    windowS: needs.includes("windowS") ? FIRST_WINDOW_S : null,
    deadband: 0,
    onDelayS: FIRST_DELAY_S,
    offDelayS: FIRST_DELAY_S,
    priority: "medium",
    latching: false,
    response: "",
    ...offered,
    name: channel?.name ?? loop?.name ?? "",
    ...inputsFor(kind, subject),
  };
}

/** What it goes by; empty: to be chosen. */
function inputsFor(
  kind: AlarmKind,
  { channel, loop }: Subject,
): Pick<AlarmFormDraft, "channelId" | "loopId" | "otherChannelId" | "check"> {
  const needs: readonly string[] = ALARM_INPUTS[kind];
  // A drift is an output's, of its power, or a loop's, of its duty.
  const isOfLoop = needs.includes("loopId") || kind === "drift";
  return {
    channelId: needs.includes("channelId") ? (channel?.id ?? "") : null,
    loopId: isOfLoop ? (loop?.id ?? "") : null,
    otherChannelId: needs.includes("otherChannelId") ? "" : null,
    check: needs.includes("check") ? "database" : null,
  };
}

function firstSetpoint(kind: AlarmKind, channel: Channel | null): number {
  if (kind === "digital") return 1;
  if (kind === "drift") return FIRST_TIMES;
  if (!isLimit(kind)) return Number.NaN;
  const edge = kind === "low" || kind === "low-low" ? channel?.limits?.min : channel?.limits?.max;
  return edge ?? Number.NaN;
}

/** The same alarm as another kind: its words stay, what it goes by begins anew. */
export function asKind(draft: AlarmFormDraft, kind: AlarmKind, subject: Subject): AlarmFormDraft {
  const { name, priority, response, cause, consequence } = draft;
  const fresh = newFormDraft(kind, subject);
  return {
    ...fresh,
    name: name === "" ? fresh.name : name,
    priority,
    response: response === "" ? fresh.response : response,
    cause: cause === "" ? fresh.cause : cause,
    consequence: consequence === "" ? fresh.consequence : consequence,
  };
}

/** What a kind cannot do without and no schema sees. */
export function formChecks(draft: AlarmFormDraft): ReadonlyMap<string, DraftProblem> {
  const problems = new Map<string, DraftProblem>();
  for (const field of ALARM_INPUTS[draft.kind])
    if (draft[field] === null || draft[field] === "" || Number.isNaN(draft[field]))
      problems.set(field, { kind: "missing" });
  if (draft.kind === "drift" && !draft.channelId && !draft.loopId) problems.set("loopId", { kind: "missing" });
  return problems;
}

export function againFor(priority: AlarmFormDraft["priority"]): number | null {
  return priority === "critical" ? CRITICAL_AGAIN_S : null;
}
