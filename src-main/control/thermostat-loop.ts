import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopState, ThermostatConfig } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import { activeSetpointC } from "#domain/control/active-setpoint.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import { DutyMeter } from "#domain/control/duty-meter.ts";
import { type HeatModel, heatModelFrom, offCurveCPerH } from "#domain/control/heat-model.ts";
import { nextStep } from "#domain/control/next-step.ts";
import {
  decideThermostat,
  type ThermostatDecision,
  type ThermostatProbes,
  type ThermostatSettings,
  thresholdsFrom,
} from "#domain/control/thermostat.ts";
import { commandFrom, type ThermostatCommand } from "#domain/control/thermostat-command.ts";
import { thermostatWarnings } from "#domain/control/thermostat-warnings.ts";
import { type CrossCheckState, crossCheck } from "#domain/quality/cross-check.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { awaitsFirstReading, LoopStory } from "./loop-story.ts";
import { OutputClaim } from "./output-claim.ts";
import { ThermostatLearning } from "./thermostat-learning.ts";
import { thermostatTold } from "./thermostat-story.ts";
import { ZonedTime } from "./zoned-time.ts";

const MINUTE_MS = 60_000;

/** One thermostat: hears its sensors, decides, says what it wants of its outputs, and learns what they do to the water. */
export class ThermostatLoop implements ControlLoop<ThermostatConfig> {
  readonly type = "thermostat";
  readonly #deps: LoopDeps;
  readonly #claim: OutputClaim;
  readonly #story: LoopStory;
  readonly #learning: ThermostatLearning;
  readonly #time: ZonedTime;
  readonly #duty: DutyMeter;
  #config: ThermostatConfig;
  #decision: ThermostatDecision | null = null;
  #pair: CrossCheckState = { apartSinceMs: null };
  /** Since when no probe is good, monotonic ms; null: one is, or none ever was since the program started. */
  #blindSinceMs: number | null = null;
  #hasSeenWater = false;

  constructor(config: ThermostatConfig, deps: LoopDeps) {
    this.#deps = deps;
    this.#config = config;
    this.#claim = new OutputClaim(config.id, deps);
    this.#story = new LoopStory({ ...deps, isAwaiting: () => awaitsFirstReading(deps, this.inputChannelIds) });
    this.#learning = new ThermostatLearning({ ...deps, loopId: config.id });
    this.#time = new ZonedTime(deps.timeZone);
    this.#duty = new DutyMeter(deps.clock.monotonicMs());
    this.#learning.open();
  }

  get id(): LoopId {
    return this.#config.id;
  }

  get inputChannelIds(): readonly ChannelId[] {
    const { sensorChannelId, secondSensorChannelId } = this.#config;
    return secondSensorChannelId === null ? [sensorChannelId] : [sensorChannelId, secondSensorChannelId];
  }

  /** Lets go of the outputs that the next configuration no longer drives, and of all where it is `null`. */
  letGo(next: ThermostatConfig | null): void {
    const kept = next?.isEnabled === true ? [next.heaterChannelId, next.chillerChannelId] : [];
    for (const channelId of [this.#config.heaterChannelId, this.#config.chillerChannelId]) {
      if (channelId !== null && !kept.includes(channelId)) this.#claim.release(channelId);
    }
    if (next === null) this.#learning.close();
  }

  /** Goes on with other settings from where it is: what runs keeps running until the new settings say otherwise. */
  reconfigure(config: ThermostatConfig): void {
    this.#config = config;
  }

  /** How this heater warms the water; null: it is not this loop's, or nothing is known of it. */
  heatModelOf(heaterChannelId: ChannelId): HeatModel | null {
    return heaterChannelId === this.#config.heaterChannelId ? this.#learning.model() : null;
  }

  /** Share of this hour of the day its heater is on, 0 to 1, median of 7 days; null: not its heater, or not known. */
  usualDutyOf(heaterChannelId: ChannelId): number | null {
    return heaterChannelId === this.#config.heaterChannelId ? this.#learning.usualDuty() : null;
  }

  /** Decides by what the sensors say now. @returns whether what it does, or why, is another than before */
  decide(): boolean {
    const beforeC = this.#decision?.processVariableC;
    const atMs = this.#deps.clock.monotonicMs();
    if (!this.#config.isEnabled) {
      this.#decision = null;
      this.#claim.hear(null);
      this.#duty.note(false, atMs);
      const text = "Switched off: it drives nothing.";
      return this.#story.tell(this.#config, { state: "disabled", text, warnings: [] });
    }
    const probes = this.#probes();
    const decision = decideThermostat(this.#settings(), probes, this.#decision?.demand ?? "idle");
    this.#decision = decision;
    this.#noteSight(decision, atMs);
    const command = commandFrom(decision, {
      hold: this.#hold(atMs),
      capFraction: this.#capFraction(),
      atMs,
    });
    this.#claim.hear(this.#drive(command));
    this.#duty.note(command.heaterPct > 0, atMs);
    this.#learn(decision);
    const { refusal } = this.#claim;
    const told = refusal === null ? this.#told(command) : { state: "blocked" as const, text: refusal };
    const hasChanged = this.#story.tell(this.#config, {
      ...told,
      warnings: this.#warnings(decision, command, probes),
    });
    return hasChanged || decision.processVariableC !== beforeC;
  }

  state(): LoopState {
    const { heaterChannelId, isEnabled } = this.#config;
    return {
      type: "thermostat",
      state: this.#story.state,
      text: this.#story.text,
      since: this.#story.since,
      next: this.#next(),
      warnings: [...this.#story.warnings],
      processVariableC: this.#decision?.processVariableC ?? null,
      activeSetpointC: isEnabled ? this.#settings().setpointC : null,
      heaterDutyPct: heaterChannelId === null ? null : this.#duty.dutyPct(this.#deps.clock.monotonicMs()),
      heaterStartsLastDay: heaterChannelId === null ? null : this.#learning.startsLastDay(),
    };
  }

  #told(command: ThermostatCommand) {
    const { heaterChannelId, chillerChannelId } = this.#config;
    const cooling = command.chillerPct > 0 ? chillerChannelId : null;
    const wantedId = command.heaterPct > 0 ? heaterChannelId : cooling;
    const isBehind = command.state === "heating" && this.#learning.behindForMs() !== null;
    return thermostatTold(command, { wanted: wantedId && this.#claim.outputOf(wantedId), isBehind });
  }

  /** @returns why an output cannot be had; null: they can */
  #drive({ heaterPct, chillerPct, code, text, isUrgent }: ThermostatCommand): string | null {
    const { heaterChannelId, chillerChannelId } = this.#config;
    const ask = (channelId: ChannelId | null, levelPct: number) =>
      channelId === null ? null : this.#claim.ask(channelId, { levelPct, code, text, isUrgent });
    const refusals = [ask(heaterChannelId, heaterPct), ask(chillerChannelId, chillerPct)];
    return refusals.find((refusal) => refusal !== null) ?? null;
  }

  #settings(): ThermostatSettings {
    const { hysteresisC, heaterChannelId, chillerChannelId } = this.#config;
    const setpointC = activeSetpointC(this.#config, this.#time.at(this.#deps.clock.nowMs()));
    return { setpointC, hysteresisC, hasHeater: heaterChannelId !== null, hasChiller: chillerChannelId !== null };
  }

  #probes(): ThermostatProbes {
    const { sensorChannelId, secondSensorChannelId } = this.#config;
    return {
      first: this.#inputOf(sensorChannelId),
      second: secondSensorChannelId === null ? null : this.#inputOf(secondSensorChannelId),
    };
  }

  #inputOf(channelId: ChannelId): ControlInput {
    const { readings, clock, channelOf } = this.#deps;
    const channel = channelOf(channelId);
    if (channel === null) return { isUsable: false, problem: "is not there any more" };
    return controlInputFrom(readings.latest(channelId), channel.quantity, clock.monotonicMs());
  }

  #roomC(): number | null {
    const { roomSensorChannelId } = this.#config;
    const input = roomSensorChannelId === null ? null : this.#inputOf(roomSensorChannelId);
    return input?.isUsable === true ? input.value : null;
  }

  #noteSight({ code }: ThermostatDecision, atMs: number): void {
    const isBlind = code === "sensor-not-good";
    if (!isBlind) this.#hasSeenWater = true;
    this.#blindSinceMs = isBlind && this.#hasSeenWater ? (this.#blindSinceMs ?? atMs) : null;
  }

  #hold(atMs: number) {
    const { holdsLastDuty, heaterChannelId } = this.#config;
    if (!holdsLastDuty || heaterChannelId === null || this.#blindSinceMs === null) return null;
    const dutyFraction = this.#learning.usualDuty();
    return dutyFraction === null ? null : { dutyFraction, forMs: atMs - this.#blindSinceMs };
  }

  /** A heater that works more than it should is held to what is usual, and so is the harm a wrong probe can do. */
  #capFraction(): number | null {
    const day = this.#learning.day();
    return day?.isExcessive === true ? Math.max(this.#learning.usualDuty() ?? 0, day.usualFraction) : null;
  }

  #learn({ processVariableC, demand }: ThermostatDecision): void {
    const { heaterChannelId } = this.#config;
    if (heaterChannelId === null) return;
    const heater = this.#claim.outputOf(heaterChannelId);
    const local = this.#time.at(this.#deps.clock.nowMs());
    this.#learning.note({
      isOn: heater === null || heater.actual === null ? null : heater.actual > 0,
      isCooled: demand === "cooling",
      waterC: processVariableC,
      roomC: this.#roomC(),
      heatBelowC: thresholdsFrom(this.#settings()).heatBelowC,
      hour: Math.floor(local.minuteOfDay / 60),
      rated: this.#ratedModel(heaterChannelId),
    });
  }

  #ratedModel(heaterChannelId: ChannelId): HeatModel | null {
    const ratedW = this.#deps.channelOf(heaterChannelId)?.output?.equipment.ratedW ?? null;
    const volumeL = this.#deps.systemVolumeL();
    return ratedW === null || volumeL === null ? null : heatModelFrom(ratedW, volumeL);
  }

  #warnings(decision: ThermostatDecision, command: ThermostatCommand, { first, second }: ThermostatProbes) {
    const checked = crossCheck(this.#pair, {
      firstC: first.isUsable ? first.value : null,
      secondC: second?.isUsable === true ? second.value : null,
      matchC: 0,
      atMs: this.#deps.clock.monotonicMs(),
    });
    this.#pair = checked.state;
    return thermostatWarnings({
      decision,
      command,
      behindForMs: this.#learning.behindForMs(),
      day: this.#learning.day(),
      isDiscrepant: checked.isDiscrepant,
      isSingle: second !== null && checked.isSingle,
    });
  }

  #next(): LoopState["next"] {
    const decision = this.#decision;
    if (decision === null || decision.processVariableC === null || decision.demand === "blocked") return null;
    const { demand, processVariableC: waterC } = decision;
    const settings = this.#settings();
    const { text, inMs } = nextStep({
      settings: { ...this.#config, hasHeater: settings.hasHeater, hasChiller: settings.hasChiller },
      demand,
      limits: thresholdsFrom(settings),
      waterC,
      rateCPerH: this.#rateCPerH(demand, waterC),
      local: this.#time.at(this.#deps.clock.nowMs()),
    });
    if (inMs === null) return { text, at: null };
    const atMs = Math.round((this.#deps.clock.nowMs() + inMs) / MINUTE_MS) * MINUTE_MS;
    return { text, at: instantFrom(atMs) };
  }

  /** How the water moves as things are, °C/h. */
  #rateCPerH(demand: "heating" | "cooling" | "idle", waterC: number): number | null {
    const model = this.#learning.model();
    if (model === null || demand === "cooling") return null;
    const offCPerH = offCurveCPerH(model, { waterC, roomC: this.#roomC() });
    if (offCPerH === null) return null;
    return demand === "heating" ? offCPerH + model.heaterCPerH : offCPerH;
  }
}
