import { performance } from "node:perf_hooks";
import { type AlarmDefinition, type AlarmTransitionKind, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import { AlarmId, type ChannelId } from "#contract/ids.ts";
import type { Output, OutputOwner } from "#contract/outputs.ts";
import type { Quality, QualityReason } from "#contract/readings.ts";
import { instantFrom } from "#contract/time.ts";
import { defaultAlarms, labelOf } from "#domain/alarms/default-alarms.ts";
import { AlarmEngine } from "../alarms/alarm-engine.ts";
import type { Recording } from "../hardware/replay/recording.ts";
import { newId } from "../platform/ids.ts";
import { VirtualClock } from "../platform/virtual-clock.ts";
import { centresOf, RecordedTank } from "./recorded-tank.ts";
import { assertRecorded, type ReplayConfig } from "./replay-config.ts";
import { defaultShadows, ShadowHeaters, shadowsFrom } from "./shadow-heaters.ts";

const DAY_MS = 86_400_000;

/** One line of the answer (JSON Lines). */
export type ReplayLine =
  | {
      readonly t: string;
      readonly kind: "alarm";
      readonly alarm: string;
      readonly channel: string;
      readonly transition: AlarmTransitionKind;
      readonly value: number | null;
    }
  | {
      /** What people would have been told together, as one alarm with its members. */
      readonly t: string;
      readonly kind: "alarm-group";
      readonly cause: string;
      readonly transition: "raised" | "returned";
      readonly members: readonly string[];
    }
  | {
      readonly t: string;
      readonly kind: "quality";
      readonly channel: string;
      readonly from: Quality;
      readonly to: Quality;
      readonly reason: QualityReason | null;
    }
  | {
      readonly t: string;
      readonly kind: "output";
      readonly output: string;
      readonly level: number;
      readonly owner: OutputOwner;
      readonly reason: string;
    }
  | {
      readonly kind: "summary";
      readonly samples: number;
      readonly span: { readonly from: string; readonly to: string };
      /** How often each alarm was raised. */
      readonly alarms: Readonly<Record<string, number>>;
      readonly outputs: Readonly<
        Record<string, { readonly startsPerDay: number; readonly recordedStartsPerDay: number }>
      >;
      readonly illRows: number;
      readonly wallS: number;
    };

export interface ReplayRun {
  readonly recording: Recording;
  readonly config: ReplayConfig | null;
  readonly isCentred: boolean;
  readonly write: (line: ReplayLine) => void;
}

/** Plays a recording through the core's own checks, alarms, thermostats and arbiter, and writes what they said. */
export async function runReplay({ recording, config, isCentred, write }: ReplayRun): Promise<void> {
  const startedMs = performance.now();
  if (config !== null) assertRecorded(config, recording);
  const from = recording.firstAtMs;
  const shifts: ReadonlyMap<string, number> =
    isCentred && config === null
      ? await centresOf(new RecordedTank(recording, new VirtualClock(from)))
      : new Map();
  const tank = new RecordedTank(recording, new VirtualClock(from));
  const raised: Record<string, number> = {};

  writeQualities(tank, write);
  const engine = startAlarms(tank, config === null ? defaultsFor(tank, shifts) : configured(tank, config));
  engine.onTransition(({ atMs, transition, value }, { name, channelId }) => {
    if (transition === "raised") raised[name] = (raised[name] ?? 0) + 1;
    write({
      t: instantFrom(atMs),
      kind: "alarm",
      alarm: name,
      channel: nameOf(tank, channelId),
      transition,
      value,
    });
  });
  engine.announcements.onAnnouncement(({ atMs, kind, cause, alarms }) => {
    if (kind === "repeated" || cause === null) return;
    const members = alarms.map(({ name }) => name);
    write({ t: instantFrom(atMs), kind: "alarm-group", cause, transition: kind, members });
  });
  const last = new Map<string, string>();
  const heaters = new ShadowHeaters({
    tank,
    shadows: config === null ? defaultShadows(tank.channels, shifts) : shadowsFrom(config),
    onOutput: (output, { requested, owner, reason }: Output) => {
      const key = `${requested} ${owner} ${reason.code}`;
      if (last.get(output) === key) return;
      last.set(output, key);
      write({
        t: instantFrom(tank.clock.nowMs()),
        kind: "output",
        output,
        level: requested,
        owner,
        reason: reason.text,
      });
    },
  });
  await heaters.start();
  await tank.play();
  await heaters.stop();
  await engine.stop();
  write({
    kind: "summary",
    samples: recording.sampleCount,
    span: { from: instantFrom(from), to: instantFrom(recording.lastAtMs) },
    alarms: raised,
    outputs: heaters.startsPerDay(Math.max(1 / 24, (recording.lastAtMs - from) / DAY_MS)),
    illRows: recording.problems.illRows,
    wallS: Math.round(performance.now() - startedMs) / 1_000,
  });
}

/** A line whenever a channel's quality changes, or the reason of one that is not good. */
function writeQualities(tank: RecordedTank, write: ReplayRun["write"]): void {
  const last = new Map<ChannelId, { quality: Quality; reason: QualityReason | null }>();
  tank.readings.subscribe("replay", ({ channelId, takenAtMs, quality, reason }) => {
    const before = last.get(channelId) ?? { quality: "good", reason: null };
    last.set(channelId, { quality, reason });
    if (before.quality === quality && before.reason === reason) return;
    const channel = nameOf(tank, channelId);
    write({ t: instantFrom(takenAtMs), kind: "quality", channel, from: before.quality, to: quality, reason });
  });
}

function startAlarms(tank: RecordedTank, definitions: readonly AlarmDefinition[]): AlarmEngine {
  const channels = new Map(tank.channels.map((channel) => [channel.id, channel]));
  const engine = new AlarmEngine({
    readings: tank.readings,
    clock: tank.clock,
    surroundings: { channelOf: (id) => channels.get(id) ?? null, lostDeviceOf: () => null },
  });
  engine.start();
  engine.configure(definitions);
  return engine;
}

function defaultsFor(tank: RecordedTank, shifts: ReadonlyMap<string, number>): AlarmDefinition[] {
  return tank.channels.flatMap((channel) =>
    defaultAlarms(channel.quantity, shifts.get(channel.name) ?? 0).map((template) => ({
      ...template,
      id: AlarmId.parse(newId(0)),
      channelId: channel.id,
      name: `${channel.name} ${labelOf(template)}`,
    })),
  );
}

function configured(tank: RecordedTank, { alarms }: ReplayConfig): AlarmDefinition[] {
  return alarms.flatMap(({ channel: name, ...alarm }) => {
    const channel = tank.channelNamed(name);
    if (channel === undefined) return [];
    return [
      {
        ...UNUSED_ALARM_FIELDS,
        ...alarm,
        id: AlarmId.parse(newId(0)),
        channelId: channel.id,
        name: `${name} ${alarm.kind}`,
      },
    ];
  });
}

function nameOf(tank: RecordedTank, channelId: ChannelId | null): string {
  return tank.channels.find((c) => c.id === channelId)?.name ?? channelId ?? "";
}
