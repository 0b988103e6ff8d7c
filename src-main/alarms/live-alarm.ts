import type { AlarmDefinition, AlarmEvent, AlarmTransition, AnnouncedAlarm } from "#contract/alarms.ts";
import { AlarmEventId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import { priorityOf } from "#domain/alarms/alarm-machine.ts";
import { type AlarmMemory, QUIET } from "#domain/alarms/alarm-memory.ts";
import { type Judge, judgeOf } from "#domain/alarms/judges.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel } from "../platform/ports.ts";
import type { AlarmSurroundings } from "./ports.ts";

/** One alarm at work. */
export interface LiveAlarm {
  definition: AlarmDefinition;
  memory: AlarmMemory;
  judge: Judge | null;
  cancelTimer: Cancel | null;
  timerAtMs: number | null;
}

export function liveAlarm(definition: AlarmDefinition, memory: AlarmMemory = QUIET): LiveAlarm {
  return { definition, memory, judge: judgeOf(definition), cancelTimer: null, timerAtMs: null };
}

export function isSame(one: AlarmDefinition, other: AlarmDefinition): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

const JUDGED_BY = ["kind", "channelId", "loopId", "otherChannelId", "check", "windowS"] as const;

/** It looks at the same input in the same way; its limit, delays and words may be others. */
export function judgesTheSame(one: AlarmDefinition, other: AlarmDefinition): boolean {
  return JUDGED_BY.every((field) => one[field] === other[field]);
}

/** Kinds whose value has the unit of its channel. */
const WITHOUT_UNIT: readonly AlarmDefinition["kind"][] = [
  "output-fault",
  "loop-warning",
  "drift",
  "controller",
  "stale",
  "bad-measurement",
];

export function unitOf({ kind, channelId }: AlarmDefinition, surroundings: AlarmSurroundings): string {
  if (kind === "drift") return "×";
  if (channelId === null || WITHOUT_UNIT.includes(kind)) return "";
  return surroundings.channelOf(channelId)?.unit ?? "";
}

/** A transition with the alarm's words of now. */
export function eventFrom(
  { definition, memory }: LiveAlarm,
  transition: AlarmTransition,
  surroundings: AlarmSurroundings,
): AlarmEvent {
  const isWorded = transition.transition === "raised" && memory.text !== null;
  return {
    id: AlarmEventId.parse(newId(transition.atMs)),
    at: instantFrom(transition.atMs),
    alarmId: definition.id,
    name: definition.name,
    kind: definition.kind,
    priority: priorityOf(definition, memory),
    channelId: definition.channelId,
    transition: transition.transition,
    from: transition.from,
    to: transition.to,
    value: transition.value,
    unit: unitOf(definition, surroundings),
    by: transition.by,
    note: isWorded ? memory.text : transition.by === null ? null : memory.note,
    groupId: null,
  };
}

/** As it is told to people. */
export function announced({ definition, memory }: LiveAlarm, surroundings: AlarmSurroundings): AnnouncedAlarm {
  const { id, name, kind, channelId, setpoint, response } = definition;
  return {
    alarmId: id,
    name,
    kind,
    priority: priorityOf(definition, memory),
    channelId,
    raisedAtMs: memory.raisedAtMs ?? 0,
    value: memory.lastValue,
    setpoint,
    unit: unitOf(definition, surroundings),
    response: memory.text === null ? response : `${memory.text} ${response}`,
  };
}
