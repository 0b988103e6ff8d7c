import { type AlarmDefinition, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import { AlarmId, type ChannelId, type LoopId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";
import { OutputRole } from "#contract/quantities.ts";
import { alarmsOf as alarmsOfSensor, labelOf } from "#domain/alarms/default-alarms.ts";
import {
  controllerAlarms,
  loopAlarms,
  outputAlarm,
  pumpPowerAlarm,
  RESERVOIR_LOW,
} from "#domain/alarms/other-default-alarms.ts";
import { idWithin } from "../platform/ids.ts";
import type { Configuration } from "./ports.ts";

/** What the controller's own alarms belong to: older than everything. */
const CONTROLLER = "00000000-0000-7000-8000-000000000000";
const PUMPS: readonly string[] = ["return-pump", "circulation"];

interface Subject {
  readonly id: string;
  readonly name: string;
  readonly channelId?: ChannelId;
  readonly loopId?: LoopId;
}

type Template = Omit<AlarmDefinition, "id" | "channelId" | "loopId" | "name">;

/** The same alarm of the same thing has the same id, whenever it is offered. */
function offered(subject: Subject, template: Template): AlarmDefinition {
  const { id, name, channelId, loopId } = subject;
  const label = template.kind === "controller" ? (template.check ?? "") : labelOf(template);
  return {
    ...UNUSED_ALARM_FIELDS,
    ...template,
    id: AlarmId.parse(idWithin(id, label)),
    name: `${name} ${label}`,
    channelId: channelId ?? null,
    loopId: loopId ?? null,
  };
}
/** A configuration does not change: a new one takes its place. */
const known = new WeakMap<Configuration, readonly AlarmDefinition[]>();

/** Every alarm that is offered for a tank as it is configured, in the order of what they watch. */
export function offeredAlarms(configuration: Configuration): readonly AlarmDefinition[] {
  const before = known.get(configuration);
  if (before !== undefined) return before;
  const { channels, loops } = configuration;
  const alarms = [
    ...channels.flatMap((channel) => (channel.kind === "sensor" ? ofSensor(channel, loops) : ofOutput(channel))),
    ...loops.flatMap((loop) => ofLoop(loop)),
    ...controllerAlarms().map((template) => offered({ id: CONTROLLER, name: "Controller" }, template)),
  ];
  known.set(configuration, alarms);
  return alarms;
}

function ofSensor(channel: ChannelConfig, loops: readonly LoopConfig[]): readonly AlarmDefinition[] {
  const { id, name, quantity, role, unit } = channel;
  const subject = { id, name, channelId: id };
  const templates = alarmsOfSensor(channel, loops).map((template) => offered(subject, template));
  const isReservoir = quantity === "level" && role === "reservoir" && unit === "%";
  return isReservoir ? [offered(subject, RESERVOIR_LOW), ...templates] : templates;
}

/** One that is switched by hand alone has no fault of which a person would not know. */
function ofOutput({ id, name, role, output }: ChannelConfig): readonly AlarmDefinition[] {
  const parsed = OutputRole.safeParse(role);
  if (output === null || !parsed.success || parsed.data === "generic") return [];
  const subject = { id, name, channelId: id };
  const isMetered = output.equipment.powerChannelId !== null && PUMPS.includes(role);
  const fault = offered(subject, outputAlarm(parsed.data));
  return isMetered ? [fault, offered(subject, pumpPowerAlarm())] : [fault];
}

function ofLoop(loop: LoopConfig): readonly AlarmDefinition[] {
  return loopAlarms(loop).map((template) => offered({ id: loop.id, name: loop.name, loopId: loop.id }, template));
}

/** The alarms in force: those that are kept, or of a configuration of before there were any those that are offered. */
export function alarmsIn(configuration: Configuration): readonly AlarmDefinition[] {
  return configuration.alarms ?? offeredAlarms(configuration);
}

/**
 * After a change of the tank: what is newly offered comes in, what a keeper left as it was offered follows, what
 * watches nothing any more goes. What a keeper changed stays as he left it, and what he removed stays away.
 */
export function withOfferedAlarms(before: Configuration, after: Configuration): Configuration {
  if (before.alarms === null || after.alarms === null || !isOtherTank(before, after)) return after;
  const was = byId(offeredAlarms(before));
  const is = byId(offeredAlarms(after));
  const kept = after.alarms.flatMap((alarm) => {
    const [old, now] = [was.get(alarm.id), is.get(alarm.id)];
    if (!isWatching(alarm, after)) return [];
    if (old === undefined || !isSame(alarm, old)) return [alarm];
    return now === undefined ? [] : [now];
  });
  const added = [...is.values()].filter(({ id }) => !was.has(id) && !kept.some((alarm) => alarm.id === id));
  return { ...after, alarms: [...kept, ...added] };
}

function isOtherTank(before: Configuration, after: Configuration): boolean {
  return before.channels !== after.channels || before.loops !== after.loops;
}

function byId(alarms: readonly AlarmDefinition[]): ReadonlyMap<string, AlarmDefinition> {
  return new Map(alarms.map((alarm) => [alarm.id, alarm]));
}

function isSame(one: AlarmDefinition, other: AlarmDefinition): boolean {
  return (Object.keys(one) as (keyof AlarmDefinition)[]).every((field) => one[field] === other[field]);
}

/** Everything it names is there. */
export function isWatching(alarm: AlarmDefinition, { channels, loops }: Configuration): boolean {
  const { channelId, otherChannelId, loopId } = alarm;
  const hasChannel = (id: string | null) => id === null || channels.some((channel) => channel.id === id);
  return (
    hasChannel(channelId) &&
    hasChannel(otherChannelId) &&
    (loopId === null || loops.some(({ id }) => id === loopId))
  );
}

/** Alarms a keeper made himself that watch one of these; those that were offered with them go with them. */
export function ownAlarmsWatching(
  ids: readonly string[],
  configuration: Configuration,
): readonly AlarmDefinition[] {
  if (configuration.alarms === null) return [];
  const offeredIds = new Set(offeredAlarms(configuration).map(({ id }) => id));
  return configuration.alarms.filter(
    ({ id, channelId, otherChannelId, loopId }) =>
      !offeredIds.has(id) &&
      [channelId, otherChannelId, loopId].some((named) => named !== null && ids.includes(named)),
  );
}
