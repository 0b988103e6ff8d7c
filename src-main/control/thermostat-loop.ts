import type { ChannelConfig } from "#contract/channels.ts";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import { DutyMeter } from "#domain/control/duty-meter.ts";
import { decideThermostat, type ThermostatDecision, type ThermostatDemand } from "#domain/control/thermostat.ts";
import type { OutputsService } from "../outputs/ports.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";

export interface LoopDeps {
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly outputs: Pick<OutputsService, "request">;
  readonly clock: Clock;
  readonly log: Logger;
  /** A channel as it is configured now; null: there is none. */
  readonly channelOf: (channelId: ChannelId) => ChannelConfig | null;
}

/** One thermostat: hears its sensors, decides, and says what it wants of its outputs. */
export class ThermostatLoop {
  readonly #deps: LoopDeps;
  readonly #duty: DutyMeter;
  #config: LoopConfig;
  #decision: ThermostatDecision | null = null;
  #refusal: string | null = null;
  #state: LoopState["state"] = "idle";
  #sinceAtMs: number;

  constructor(config: LoopConfig, deps: LoopDeps) {
    this.#deps = deps;
    this.#config = config;
    this.#duty = new DutyMeter(deps.clock.monotonicMs());
    this.#sinceAtMs = deps.clock.nowMs();
  }

  get id(): LoopId {
    return this.#config.id;
  }

  get sensorChannelIds(): readonly ChannelId[] {
    const { sensorChannelId, secondSensorChannelId } = this.#config;
    return secondSensorChannelId === null ? [sensorChannelId] : [sensorChannelId, secondSensorChannelId];
  }

  /** Lets go of the outputs that the next configuration no longer drives, and of all where it is `null`. */
  letGo(next: LoopConfig | null): void {
    const kept = next?.isEnabled === true ? [next.heaterChannelId, next.chillerChannelId] : [];
    for (const channelId of [this.#config.heaterChannelId, this.#config.chillerChannelId]) {
      if (channelId !== null && !kept.includes(channelId)) this.#release(channelId);
    }
  }

  /** Goes on with other settings from where it is: what runs keeps running until the new settings say otherwise. */
  reconfigure(config: LoopConfig): void {
    this.#config = config;
  }

  /** Decides by what the sensors say now. @returns whether what it does, or why, is another than before */
  decide(): boolean {
    const before = { decision: this.#decision, refusal: this.#refusal, state: this.#state };
    this.#decideAnew();
    return (
      this.#state !== before.state ||
      this.#refusal !== before.refusal ||
      this.#decision?.text !== before.decision?.text ||
      this.#decision?.processVariableC !== before.decision?.processVariableC
    );
  }

  #decideAnew(): void {
    if (!this.#config.isEnabled) {
      this.#decision = null;
      this.#refusal = null;
      this.#become("disabled");
      return;
    }
    const decision = decideThermostat(this.#settings(), this.#probes(), this.#demandBefore());
    this.#decision = decision;
    const refusals = [
      this.#ask(this.#config.heaterChannelId, decision, "heating"),
      this.#ask(this.#config.chillerChannelId, decision, "cooling"),
    ].filter((refusal) => refusal !== null);
    this.#hearRefusal(refusals[0] ?? null);
    this.#become(this.#refusal === null ? decision.demand : "blocked");
  }

  state(): LoopState {
    const { heaterChannelId } = this.#config;
    return {
      state: this.#state,
      text: this.#refusal ?? this.#decision?.text ?? "Switched off: it drives nothing.",
      processVariableC: this.#decision?.processVariableC ?? null,
      heaterDutyPct: heaterChannelId === null ? null : this.#duty.dutyPct(this.#deps.clock.monotonicMs()),
      since: instantFrom(this.#sinceAtMs),
    };
  }

  #settings() {
    const { setpointC, hysteresisC, heaterChannelId, chillerChannelId } = this.#config;
    return { setpointC, hysteresisC, hasHeater: heaterChannelId !== null, hasChiller: chillerChannelId !== null };
  }

  #probes() {
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

  #demandBefore(): ThermostatDemand {
    return this.#decision?.demand ?? "idle";
  }

  /** @returns why the output cannot be had; null: it can */
  #ask(channelId: ChannelId | null, decision: ThermostatDecision, when: ThermostatDemand): string | null {
    if (channelId === null) return null;
    const { code, text, demand } = decision;
    const wish = { levelPct: demand === when ? 100 : 0, code, text, isUrgent: demand === "blocked" };
    try {
      this.#deps.outputs.request(channelId, this.#claimant, wish);
      return null;
    } catch (error) {
      if (!(error instanceof ReefFault)) throw error;
      return `It cannot drive ${this.#deps.channelOf(channelId)?.name ?? "its output"}: ${messageOf(error)}`;
    }
  }

  #release(channelId: ChannelId): void {
    try {
      this.#deps.outputs.request(channelId, this.#claimant, null);
    } catch (error) {
      // An output that is gone has nothing left to let go of.
      if (!(error instanceof ReefFault)) throw error;
    }
  }

  #hearRefusal(refusal: string | null): void {
    if (refusal !== null && refusal !== this.#refusal) {
      this.#deps.log.warn({ loopId: this.#config.id, reason: refusal }, "a loop cannot have its output");
    }
    this.#refusal = refusal;
  }

  #become(state: LoopState["state"]): void {
    const { clock, log } = this.#deps;
    this.#duty.note(this.#decision?.demand === "heating", clock.monotonicMs());
    if (state === this.#state) return;
    this.#state = state;
    this.#sinceAtMs = clock.nowMs();
    const fields = { loopId: this.#config.id, name: this.#config.name, state, reason: this.state().text };
    if (state === "blocked") log.warn(fields, "loop blocked");
    else log.info(fields, "loop state changed");
  }

  get #claimant(): string {
    return `loop:${this.#config.id}`;
  }
}
