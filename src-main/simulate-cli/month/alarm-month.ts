import type { AlarmPriority, AlarmStatistics, Announcement } from "#contract/alarms.ts";
import type { Configuration } from "#contract/configuration.ts";
import { ReefFault } from "#contract/errors.ts";
import { type CountedEvent, statisticsOf } from "#domain/alarms/statistics.ts";
import type { AlarmEngine } from "../../alarms/alarm-engine.ts";
import { every } from "../../platform/timing.ts";
import { OurCore } from "../contestants/our-core.ts";
import { House } from "../machine/house.ts";
import { ALL_FITTED, paramsFor, survivalTank } from "../machine/survival-tank.ts";
import { AFTERMATH_MS, INCIDENTS, type Incident } from "./incidents.ts";
import { type Course, MonthKeeper } from "./month-keeper.ts";

const DAY_MS = 86_400_000;
const LOOK_MS = 60_000;
/** Who refills once a week has a reservoir that lasts a week, with some days to spare: 10 L a day evaporate. */
const RESERVOIR_L = 100;
const START_MS = Date.UTC(2026, 0, 15);

export interface MonthOptions {
  readonly days: number;
  readonly seed: number;
  /** Left out: a winter's month without a clock change in it. */
  readonly startMs?: number;
  /** Left out: the three of the note. */
  readonly incidents?: readonly Incident[];
  /** Told after each day that was played. */
  readonly onDay?: (day: number, messages: readonly Message[]) => void;
}

/** One thing people were told. */
export interface Message {
  /** Since the month began. */
  readonly atS: number;
  readonly kind: Announcement["kind"];
  readonly priority: AlarmPriority;
  readonly names: readonly string[];
  /** The incident it tells of; null: none, and nobody needed it. */
  readonly incident: string | null;
}

export interface AlarmMonth {
  readonly days: number;
  readonly seed: number;
  readonly messages: readonly Message[];
  readonly statistics: AlarmStatistics;
  readonly incidents: readonly { readonly name: string; readonly toldAfterS: number | null }[];
}

/** Plays a month of a healthy tank with incidents in it, and counts what its keeper is told. */
export async function playAlarmMonth({
  days,
  seed,
  startMs = START_MS,
  incidents = INCIDENTS,
  onDay,
}: MonthOptions): Promise<AlarmMonth> {
  const house = new House({ params: { ...paramsFor(ALL_FITTED, seed), reservoirL: RESERVOIR_L }, startMs });
  const configuration = asked(survivalTank(ALL_FITTED, house, house.clock.nowMs()));
  const core = new OurCore(house, configuration);
  await core.start();
  const alarms = core.tank?.alarms;
  if (alarms === undefined) throw new ReefFault("internal", "The core did not start.");
  const courses = incidents.map(
    (incident): Course => ({ incident, struckAtMs: null, acknowledgedAtMs: null, repairedAtMs: null }),
  );
  const heard = listen(alarms, { house, courses, configuration });
  const keeper = new MonthKeeper({ house, core, alarms, courses, seed });
  every(house.clock, LOOK_MS, () => void keeper.look());
  for (let day = 1; day < days + 1; day++) {
    await house.clock.advance(Math.min(1, days - day + 1) * DAY_MS);
    onDay?.(day, heard.messages);
  }
  core.kill();
  const toMs = startMs + days * DAY_MS;
  const standing = alarms.standing().flatMap(({ definition: { id, name } }) => {
    const { memory, raisedAtMs } = alarms.conditionOf(id);
    return memory.isActive && raisedAtMs !== null ? [{ alarmId: id, name, sinceMs: raisedAtMs }] : [];
  });
  return {
    days,
    seed,
    messages: heard.messages,
    statistics: statisticsOf(heard.events, standing, {
      fromMs: startMs,
      toMs,
      days: Array.from({ length: Math.ceil(days) }, (_, day) => dayOf(startMs + day * DAY_MS)),
    }),
    incidents: courses.map(({ incident: { name }, struckAtMs }) => {
      const first = heard.messages.find(({ incident }) => incident === name);
      return {
        name,
        toldAfterS: first === undefined || struckAtMs === null ? null : first.atS - struckAtMs / 1_000,
      };
    }),
  };
}

/** A month in minutes: nothing is asked more often than this, but for what a loop or a guard hurries. */
const ASKED_EVERY_S = 10;

function asked(configuration: Configuration): Configuration {
  const channels = configuration.channels.map((channel) => ({
    ...channel,
    pollIntervalS: Math.max(channel.pollIntervalS, ASKED_EVERY_S),
  }));
  return { ...configuration, channels };
}

interface Around {
  readonly house: House;
  readonly courses: readonly Course[];
  readonly configuration: Configuration;
}

interface Heard {
  readonly events: CountedEvent[];
  readonly messages: Message[];
}

function listen(alarms: AlarmEngine, around: Around): Heard {
  const heard: Heard = { events: [], messages: [] };
  alarms.onTransition(({ alarmId, atMs, transition }, { name, priority }) => {
    heard.events.push({ alarmId, atMs, transition, name, priority, day: dayOf(atMs) });
  });
  /** By alarm, what its raise told of: so do its repetitions and its end, whenever they come. */
  const known = new Map<string, string | null>();
  alarms.announcements.onAnnouncement((said) => {
    const ids = said.alarms.map(({ alarmId }) => alarmId);
    const first = ids.flatMap((id) => known.get(id) ?? [])[0];
    const message = messageOf(said, around);
    const incident = said.kind === "raised" ? message.incident : (first ?? message.incident);
    for (const id of ids) if (said.kind === "raised") known.set(id, incident);
    heard.messages.push({ ...message, incident });
  });
  return heard;
}

function messageOf({ kind, priority, alarms }: Announcement, { house, courses, configuration }: Around): Message {
  const atMs = house.clock.monotonicMs();
  const subjects = alarms.map(({ alarmId, channelId, name }) => {
    const channel = configuration.channels.find(({ id }) => id === channelId);
    const loop = configuration.loops.find((one) => name.startsWith(`${one.name} `));
    return channel?.key ?? loop?.name ?? alarmId;
  });
  const isOf = ({ incident, struckAtMs, repairedAtMs }: Course) =>
    struckAtMs !== null &&
    (repairedAtMs === null || atMs <= repairedAtMs + AFTERMATH_MS) &&
    subjects.some((subject) => incident.about.includes(subject));
  return {
    atS: atMs / 1_000,
    kind,
    priority,
    names: alarms.map(({ name }) => name),
    incident: courses.find(isOf)?.incident.name ?? null,
  };
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
