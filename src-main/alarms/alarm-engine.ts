import type { AlarmDefinition, AlarmState, AlarmTransition } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import type { AlarmId, ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import {
  type AlarmCommand,
  type AlarmMemory,
  type AlarmStep,
  alarmStateOf,
  command,
  elapse,
  type Moment,
  nextDueAtMs,
  observe,
  QUIET,
} from "#domain/alarms/alarm-machine.ts";
import type { Cancel, Clock, Stoppable } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import type { AlarmService, StandingAlarm } from "./ports.ts";

interface Alarm {
  readonly definition: AlarmDefinition;
  memory: AlarmMemory;
  cancelTimer: Cancel | null;
  timerAtMs: number | null;
}

type TransitionListener = (transition: AlarmTransition, definition: AlarmDefinition) => void;

export interface AlarmEngineDeps {
  readonly readings: Readings;
  readonly clock: Clock;
}

/** Runs the alarm state machines over the readings bus. It informs people; it never drives an output. */
export class AlarmEngine implements AlarmService, Stoppable {
  readonly #deps: AlarmEngineDeps;
  readonly #alarms = new Map<AlarmId, Alarm>();
  readonly #byChannel = new Map<ChannelId, Alarm[]>();
  readonly #listeners = new Set<TransitionListener>();
  /** What a mode keeps quiet now, and which alarms are quiet for it. */
  #quiet: { readonly kinds: ReadonlySet<string>; readonly by: string } = { kinds: new Set(), by: "" };
  readonly #quieted = new Set<AlarmId>();
  #unsubscribe: Cancel | null = null;

  constructor(deps: AlarmEngineDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#unsubscribe = this.#deps.readings.subscribe("alarm engine", (reading) => this.#hear(reading));
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    for (const alarm of this.#alarms.values()) alarm.cancelTimer?.();
  }

  configure(definitions: readonly AlarmDefinition[]): void {
    const previous = new Map(this.#alarms);
    this.#alarms.clear();
    this.#byChannel.clear();
    for (const definition of definitions) {
      const known = previous.get(definition.id);
      const isSame = known !== undefined && JSON.stringify(known.definition) === JSON.stringify(definition);
      const alarm: Alarm = isSame ? known : { definition, memory: QUIET, cancelTimer: null, timerAtMs: null };
      if (isSame) previous.delete(definition.id);
      else this.#quieted.delete(definition.id);
      this.#alarms.set(definition.id, alarm);
      if (definition.channelId === null) continue;
      const ofChannel = this.#byChannel.get(definition.channelId);
      if (ofChannel === undefined) this.#byChannel.set(definition.channelId, [alarm]);
      else ofChannel.push(alarm);
    }
    for (const gone of previous.values()) gone.cancelTimer?.();
    this.#applyQuiet();
  }

  keepQuiet(kinds: readonly string[], by: string): void {
    this.#quiet = { kinds: new Set(kinds), by };
    this.#applyQuiet();
  }

  standing(): readonly StandingAlarm[] {
    return [...this.#alarms.values()]
      .map(({ definition, memory }) => ({ definition, state: alarmStateOf(memory) }))
      .filter(({ state }) => state !== "normal");
  }

  command(alarmId: AlarmId, order: AlarmCommand): AlarmState {
    const alarm = this.#alarms.get(alarmId);
    if (alarm === undefined)
      throw new ReefFault("not-found", "There is no alarm with this id.", { context: { alarmId } });
    this.#take(alarm, command(alarm.definition, alarm.memory, { command: order, now: this.#now() }));
    return alarmStateOf(alarm.memory);
  }

  onTransition(listener: TransitionListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What somebody else suppressed stays so. */
  #applyQuiet(): void {
    const { kinds, by } = this.#quiet;
    for (const [id, alarm] of this.#alarms) {
      const isOn = kinds.has(alarm.definition.kind);
      if (isOn === this.#quieted.has(id) || (isOn && alarm.memory.isSuppressed)) continue;
      if (isOn) this.#quieted.add(id);
      else this.#quieted.delete(id);
      const order = { kind: "suppress", isOn, by } as const;
      this.#take(alarm, command(alarm.definition, alarm.memory, { command: order, now: this.#now() }));
    }
  }

  #hear(reading: Reading): void {
    const alarms = this.#byChannel.get(reading.channelId);
    if (alarms === undefined) return;
    const now = this.#now();
    for (const alarm of alarms)
      this.#take(alarm, observe(alarm.definition, alarm.memory, { input: reading, now }));
  }

  #take(alarm: Alarm, step: AlarmStep): void {
    alarm.memory = step.memory;
    this.#setTimer(alarm);
    for (const transition of step.transitions) {
      for (const listener of this.#listeners) listener(transition, alarm.definition);
    }
  }

  #setTimer(alarm: Alarm): void {
    const dueAtMs = nextDueAtMs(alarm.definition, alarm.memory);
    if (dueAtMs === alarm.timerAtMs) return;
    alarm.cancelTimer?.();
    alarm.timerAtMs = dueAtMs;
    alarm.cancelTimer =
      dueAtMs === null
        ? null
        : this.#deps.clock.at(dueAtMs, () => {
            alarm.timerAtMs = null;
            this.#take(alarm, elapse(alarm.definition, alarm.memory, this.#now()));
          });
  }

  #now(): Moment {
    return { monotonicMs: this.#deps.clock.monotonicMs(), wallMs: this.#deps.clock.nowMs() };
  }
}
