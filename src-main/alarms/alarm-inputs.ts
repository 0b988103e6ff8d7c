import type { AlarmDefinition } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { FORECAST_WINDOW_S, isForecast, timeToLimitS } from "#domain/alarms/forecast.ts";
import type { HeardReading } from "#domain/alarms/judges.ts";
import { SlopeMeter } from "#domain/alarms/slope-meter.ts";
import type { Cancel } from "../platform/ports.ts";
import type { LiveAlarm } from "./live-alarm.ts";
import type { ActiveSetpoints, AlarmSource } from "./ports.ts";

/** Which alarms hear what, and the trend of what they hear. */
export class AlarmInputs {
  readonly #setpoints: ActiveSetpoints | null;
  readonly #byChannel = new Map<ChannelId, LiveAlarm[]>();
  readonly #bySubject = new Map<string, LiveAlarm[]>();
  readonly #trends = new Map<ChannelId, SlopeMeter>();
  readonly #sources: AlarmSource[] = [];

  constructor(setpoints: ActiveSetpoints | null) {
    this.#setpoints = setpoints;
  }

  /** @param onNews told with every alarm whose source says something new of it */
  add(source: AlarmSource, onNews: (alarm: LiveAlarm, source: AlarmSource) => void): Cancel {
    this.#sources.push(source);
    return source.onChange((subject) => {
      for (const alarm of this.#bySubject.get(subject) ?? [])
        if (source.kinds.includes(alarm.definition.kind)) onNews(alarm, source);
    });
  }

  configure(alarms: Iterable<LiveAlarm>): void {
    this.#byChannel.clear();
    this.#bySubject.clear();
    const forecast = new Set<ChannelId>();
    for (const alarm of alarms) {
      const { definition } = alarm;
      this.#enter(alarm);
      if (definition.channelId !== null && isForecast(definition)) forecast.add(definition.channelId);
    }
    for (const id of this.#trends.keys()) if (!forecast.has(id)) this.#trends.delete(id);
    for (const id of forecast) if (!this.#trends.has(id)) this.#trends.set(id, new SlopeMeter(FORECAST_WINDOW_S));
  }

  #enter(alarm: LiveAlarm): void {
    const { definition, judge } = alarm;
    if (judge === null) {
      for (const subject of subjectsOf(definition)) push(this.#bySubject, subject, alarm);
      return;
    }
    for (const id of [definition.channelId, definition.otherChannelId])
      if (id !== null) push(this.#byChannel, id, alarm);
  }

  /** The source that speaks of it; undefined: readings do, or nobody. */
  sourceOf({ kind }: AlarmDefinition): AlarmSource | undefined {
    return this.#sources.find((source) => source.kinds.includes(kind));
  }

  alarmsOf(channelId: ChannelId): readonly LiveAlarm[] | undefined {
    return this.#byChannel.get(channelId);
  }

  /** A reading as judges hear it, and what is held there. @param atMs monotonic */
  heard({ channelId, value, quality, reason }: Reading, atMs: number): HeardReading {
    if (quality === "good" && value !== null) this.#trends.get(channelId)?.add(atMs, value);
    return { channelId, value, quality, reason, atMs, setpoint: null };
  }

  /** The same to one alarm: with the set-point of the moment where it judges by one. */
  heardBy({ definition: { kind, loopId } }: LiveAlarm, reading: HeardReading): HeardReading {
    if (this.#setpoints === null) return reading;
    if (kind === "rate-of-change") return { ...reading, setpoint: this.#setpoints.ofSensor(reading.channelId) };
    if (kind === "deviation" && loopId !== null) return { ...reading, setpoint: this.#setpoints.ofLoop(loopId) };
    return reading;
  }

  /** When its limit is reached at the present trend, s from now; null: it is not nearing it. */
  timeToLimitS({ definition, memory }: LiveAlarm, nowMs: number): number | null {
    if (definition.channelId === null || memory.isActive) return null;
    const slope = this.#trends.get(definition.channelId)?.slope(nowMs) ?? null;
    return timeToLimitS(definition, slope);
  }
}

function subjectsOf({ kind, channelId, loopId, check }: AlarmDefinition): readonly string[] {
  if (kind === "controller") return check === null ? [] : [check];
  return [loopId ?? channelId].filter((subject) => subject !== null);
}

function push<K>(map: Map<K, LiveAlarm[]>, key: K, alarm: LiveAlarm): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [alarm]);
  else known.push(alarm);
}
