import type { AlarmDefinition, AlarmEvent, AlarmState, AlarmTransition } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import type { AlarmId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import {
  type AlarmCommand,
  type AlarmStep,
  command,
  elapse,
  ended,
  nextDueAtMs,
  observe,
} from "#domain/alarms/alarm-machine.ts";
import { alarmStateOf, keptFrom, type Moment } from "#domain/alarms/alarm-memory.ts";
import type { Signal } from "#domain/alarms/signal.ts";
import { isKeptQuiet } from "#domain/alarms/suppression.ts";
import { SILENT_LOG } from "../platform/logger.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import { AlarmInputs } from "./alarm-inputs.ts";
import { AlarmRecord } from "./alarm-record.ts";
import { AlarmWatchers } from "./alarm-watchers.ts";
import { isSame, judgesTheSame, type LiveAlarm, liveAlarm } from "./live-alarm.ts";
import type {
  ActiveSetpoints,
  AlarmCondition,
  AlarmEventStore,
  AlarmService,
  AlarmSource,
  AlarmStore,
  AlarmSurroundings,
  AnnouncementQueue,
  StandingAlarm,
  StandingAlarms,
} from "./ports.ts";

type TransitionListener = (transition: AlarmTransition, definition: AlarmDefinition) => void;

export interface AlarmEngineDeps {
  readonly readings: Readings;
  readonly clock: Clock;
  /** Left out: silent. */
  readonly log?: Logger;
  /** Left out: nothing outlives the program, and everybody is told at once. */
  readonly store?: AlarmStore | null;
  /** Where transitions go in the end; left out: nowhere. */
  readonly events?: AlarmEventStore | null;
  readonly surroundings?: AlarmSurroundings;
  /** Left out: nothing holds one. */
  readonly setpoints?: ActiveSetpoints;
  /** When the program started, monotonic ms; left out: what stands at once has no cause in common. */
  readonly startedAtMs?: number;
  readonly isClockSynchronized?: () => boolean;
}

const NOWHERE: AlarmSurroundings = { channelOf: () => null, lostDeviceOf: () => null };

/** Runs the alarm state machines over readings and sources. It informs people; it never drives an output. */
export class AlarmEngine implements AlarmService, StandingAlarms, Stoppable {
  readonly announcements: AnnouncementQueue;
  readonly #deps: AlarmEngineDeps;
  readonly #surroundings: AlarmSurroundings;
  readonly #alarms = new Map<AlarmId, LiveAlarm>();
  readonly #inputs: AlarmInputs;
  readonly #record: AlarmRecord;
  readonly #listeners = new Set<TransitionListener>();
  readonly #watchers: AlarmWatchers;
  /** What a mode keeps quiet now, and which alarms are quiet for it. */
  #quiet = { kinds: new Set<string>(), by: "" };
  readonly #quieted = new Set<AlarmId>();
  readonly #cancels: Cancel[] = [];
  #isConfigured = false;

  constructor(deps: AlarmEngineDeps) {
    this.#deps = deps;
    this.#surroundings = deps.surroundings ?? NOWHERE;
    this.#inputs = new AlarmInputs(deps.setpoints ?? null);
    this.#watchers = new AlarmWatchers({ clock: deps.clock, nearing: () => this.#nearing() });
    this.#record = new AlarmRecord({
      ...deps,
      alarms: this.#alarms,
      store: deps.store ?? null,
      events: deps.events ?? null,
      log: deps.log ?? SILENT_LOG,
      surroundings: this.#surroundings,
      startedAtMs: deps.startedAtMs ?? null,
      onMemory: (alarm) => this.#setTimer(alarm),
      onTransition: (transition, definition) => {
        for (const listener of this.#listeners) listener(transition, definition);
      },
      onChange: (alarmId) => this.#watchers.tell(alarmId),
    });
    this.announcements = this.#record.announcements;
  }

  /** Takes up what the last run left; before the first `configure`. A store that cannot be read is said, and alarms begin anew. */
  open(): Promise<void> {
    return this.#record.open();
  }

  start(): void {
    this.#cancels.push(this.#deps.readings.subscribe("alarm engine", (reading) => this.#hear(reading)));
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#watchers.stop();
    for (const alarm of this.#alarms.values()) alarm.cancelTimer?.();
    await this.#record.stop();
  }

  /** What alarms of some kinds listen to besides readings. */
  listenTo(source: AlarmSource): void {
    this.#cancels.push(
      this.#inputs.add(source, (alarm) => this.#observe(alarm, source.signalOf(alarm.definition))),
    );
    for (const alarm of this.#alarms.values()) this.#ask(alarm);
  }

  configure(definitions: readonly AlarmDefinition[]): void {
    const previous = new Map(this.#alarms);
    this.#alarms.clear();
    for (const definition of definitions)
      this.#alarms.set(definition.id, this.#aliveAs(definition, previous.get(definition.id)));
    for (const [id, gone] of previous) if (!this.#alarms.has(id)) this.#forget(gone);
    this.#inputs.configure(this.#alarms.values());
    if (!this.#isConfigured) this.#record.takeUp();
    this.#isConfigured = true;
    this.#applyQuiet();
    for (const alarm of this.#alarms.values()) {
      this.#setTimer(alarm);
      this.#ask(alarm);
    }
    for (const id of new Set([...previous.keys(), ...this.#alarms.keys()])) this.#watchers.tell(id);
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

  conditionOf(alarmId: AlarmId): AlarmCondition {
    const alarm = this.#found(alarmId);
    const [{ memory }, now] = [alarm, this.#now()];
    const leftS = this.#inputs.timeToLimitS(alarm, now.monotonicMs);
    const state = alarmStateOf(memory);
    return {
      memory,
      state,
      sinceMs: memory.changedAtMs,
      raisedAtMs: memory.raisedAtMs,
      shelvedUntilMs: keptFrom(memory, now).shelvedUntilMs,
      limitAtMs: leftS === null ? null : now.wallMs + leftS * 1_000,
      groupId: state === "normal" ? null : memory.groupId,
    };
  }

  async command(alarmId: AlarmId, order: AlarmCommand): Promise<AlarmState> {
    const alarm = this.#found(alarmId);
    if (order.kind === "reset" && alarm.memory.isActive && alarm.memory.isLatched) {
      throw new ReefFault("conflict", "What raised this alarm still stands; mend that first, then reset it.");
    }
    this.#take(alarm, command(alarm.definition, alarm.memory, { command: order, now: this.#now() }));
    await this.#record.settled();
    return alarmStateOf(alarm.memory);
  }

  onTransition(listener: TransitionListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onChange(listener: (alarmId: AlarmId) => void): Cancel {
    return this.#watchers.add(listener);
  }

  /** Transitions that are not in Postgres yet, oldest first. */
  undrained(): readonly AlarmEvent[] {
    return this.#record.undrained();
  }

  databaseIsBack(): void {
    this.#record.databaseIsBack();
  }

  #found(alarmId: AlarmId): LiveAlarm {
    const alarm = this.#alarms.get(alarmId);
    if (alarm !== undefined) return alarm;
    throw new ReefFault("not-found", "There is no alarm with this id.", { context: { alarmId } });
  }

  #aliveAs(definition: AlarmDefinition, known: LiveAlarm | undefined): LiveAlarm {
    if (known === undefined) {
      const begun = this.#record.begun(definition);
      if (begun.memory.isSuppressed) this.#quieted.add(definition.id);
      return begun;
    }
    if (isSame(known.definition, definition)) return known;
    if (judgesTheSame(known.definition, definition)) {
      known.definition = definition;
      // Under its new limit it has to stand for its delay anew.
      known.memory = { ...known.memory, turningSinceMs: null, unknownSinceMs: null };
      return known;
    }
    this.#forget(known);
    return liveAlarm(definition);
  }

  #forget(gone: LiveAlarm): void {
    this.#quieted.delete(gone.definition.id);
    this.#take(gone, ended(gone.definition, gone.memory, this.#now()));
    this.#record.forget(gone);
    gone.cancelTimer?.();
  }

  /** What somebody else suppressed stays so. */
  #applyQuiet(): void {
    const { kinds, by } = this.#quiet;
    for (const [id, alarm] of this.#alarms) {
      const { channelId } = alarm.definition;
      const quantity = channelId === null ? null : (this.#surroundings.channelOf(channelId)?.quantity ?? null);
      const isOn = isKeptQuiet(alarm.definition, kinds, quantity);
      if (isOn === this.#quieted.has(id) || (isOn && alarm.memory.isSuppressed)) continue;
      if (isOn) this.#quieted.add(id);
      else this.#quieted.delete(id);
      const order = { kind: "suppress", isOn, by } as const;
      this.#take(alarm, command(alarm.definition, alarm.memory, { command: order, now: this.#now() }));
    }
  }

  #hear(reading: Reading): void {
    const alarms = this.#inputs.alarmsOf(reading.channelId);
    if (alarms === undefined) return;
    const now = this.#now();
    const heard = this.#inputs.heard(reading, now.monotonicMs);
    for (const alarm of alarms) {
      const signal = alarm.judge?.hear(this.#inputs.heardBy(alarm, heard), alarm.definition);
      if (signal !== undefined) this.#take(alarm, observe(alarm.definition, alarm.memory, { signal, now }));
    }
  }

  /** What its source says now, where it has one. */
  #ask(alarm: LiveAlarm): void {
    this.#observe(alarm, this.#inputs.sourceOf(alarm.definition)?.signalOf(alarm.definition) ?? null);
  }

  #observe(alarm: LiveAlarm, signal: Signal | null): void {
    if (signal === null) return;
    this.#take(alarm, observe(alarm.definition, alarm.memory, { signal, now: this.#now() }));
  }

  #take(alarm: LiveAlarm, step: AlarmStep): void {
    alarm.memory = step.memory;
    this.#setTimer(alarm);
    if (step.transitions.length > 0 || step.calls.length > 0) this.#record.step(alarm, step);
  }

  #setTimer(alarm: LiveAlarm): void {
    const dueAtMs = nextDueAtMs(alarm.definition, alarm.memory);
    if (dueAtMs === alarm.timerAtMs) return;
    alarm.cancelTimer?.();
    alarm.timerAtMs = dueAtMs;
    const ring = () => {
      alarm.timerAtMs = null;
      this.#take(alarm, elapse(alarm.definition, alarm.memory, this.#now()));
    };
    alarm.cancelTimer = dueAtMs === null ? null : this.#deps.clock.at(dueAtMs, ring);
  }

  #nearing(): Iterable<readonly [AlarmId, boolean]> {
    const nowMs = this.#deps.clock.monotonicMs();
    return [...this.#alarms].map(([id, alarm]) => [id, this.#inputs.timeToLimitS(alarm, nowMs) !== null]);
  }

  #now(): Moment {
    const { clock } = this.#deps;
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
  }
}
