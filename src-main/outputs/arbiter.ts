import type { ChannelConfig } from "#contract/channels.ts";
import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { EmergencyStopState, Output, OutputFault, OverrideRequest } from "#contract/outputs.ts";
import type { Use } from "#domain/outputs/use-meter.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { every, within } from "../platform/timing.ts";
import { Aftermath } from "./aftermath.ts";
import { trusted } from "./away.ts";
import { EmergencyStop } from "./emergency-stop.ts";
import { InterlockSet } from "./interlock-set.ts";
import type { ManagedOutput } from "./managed-output.ts";
import { refuseGeneric, refuseSensor } from "./output-channel.ts";
import { OutputRegister } from "./output-register.ts";
import { OutputTeller } from "./output-teller.ts";
import { outputsHealthFrom } from "./outputs-health.ts";
import { clearOverride, resetLatches, setOverride } from "./overriding.ts";
import type {
  Actor,
  Actuator,
  Interlock,
  OutputEventSink,
  OutputStateStore,
  OutputStates,
  OutputsService,
  OutputUse,
  PersistedOutputs,
  Protector,
  Wish,
} from "./ports.ts";
import { inRankOrder, Stagger } from "./stagger.ts";
import { StateKeeper } from "./state-keeper.ts";

/** One control cycle, ms. */
const CYCLE_MS = 1_000;
/** The longest an emergency stop, a power-up or a release is waited for, ms; what hangs goes on by itself. */
const ANSWER_LIMIT_MS = 1_000;
/** The longest the program's end waits for devices to confirm their safe state, ms; then as long again for the store. */
const STOP_LIMIT_MS = 2_000;

interface ArbiterDeps {
  readonly store: OutputStateStore;
  readonly events: OutputEventSink;
  readonly clock: Clock;
  readonly log: Logger;
  /** False: nobody set the wall's clock since the machine started, so downtime does not count. Left out: it is set. */
  readonly isClockSynchronized?: () => boolean;
}

/**
 * The only caller of actuators. Every wish for an output ends here, and the highest authority wins: emergency stop,
 * interlock, hand, mode, schedule or loop. Whatever happens, the commands go out first; the record, the log and the
 * listeners come after them, and nothing here waits for any of those.
 */
export class Arbiter implements OutputsService, Protector, OutputUse, OutputStates, Stoppable {
  readonly #deps: ArbiterDeps;
  readonly #aftermath: Aftermath;
  readonly #keeper: StateKeeper;
  readonly #teller: OutputTeller;
  readonly #interlocks: InterlockSet;
  readonly #outputs: OutputRegister;
  /** Who may go on when; composition says when everybody who was here at the start is registered. */
  readonly stagger: Stagger;
  readonly #emergencyStop: EmergencyStop;
  #isStopping = false;
  #cancelCycle: Cancel = () => undefined;

  constructor(deps: ArbiterDeps) {
    this.#deps = deps;
    this.#aftermath = new Aftermath(deps.log);
    this.#keeper = new StateKeeper(deps);
    this.#interlocks = new InterlockSet((channelId) => this.#reconsider(channelId));
    this.stagger = new Stagger(deps.clock, (channelId) =>
      this.#reconsider(channelId, (output) => output.drive.turn()),
    );
    this.#emergencyStop = new EmergencyStop(deps.clock);
    const parts = { ...deps, aftermath: this.#aftermath, keeper: this.#keeper };
    this.#teller = new OutputTeller(parts);
    this.#outputs = new OutputRegister({
      ...parts,
      clock: trusted(deps.clock, deps.isClockSynchronized),
      teller: this.#teller,
      interlocks: this.#interlocks,
      stagger: this.stagger,
      emergencyStop: () => this.#emergencyStop.state,
    });
  }

  /** Takes up what was kept (waits at most 1 s for the store) and begins the control cycle. Before any `register`. */
  async start(): Promise<void> {
    const kept = await this.#keeper.load((late) => this.#adoptLate(late));
    this.#outputs.remember(kept?.outputs ?? null);
    if (kept !== null) this.#emergencyStop.adopt(kept.emergencyStop);
    this.stagger.start();
    this.#cancelCycle = every(this.#deps.clock, CYCLE_MS, () => this.#cycle());
  }

  /** Every output to its safe state, confirmed where that takes at most 2 s; then what must be kept, as long again. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    const { clock } = this.#deps;
    await this.#outputs.leave(STOP_LIMIT_MS);
    this.#cancelCycle();
    this.#interlocks.clear();
    this.stagger.stop();
    await within(clock, STOP_LIMIT_MS, this.#keeper.flush());
  }

  list(): readonly Output[] {
    return this.#outputs.all().map((output) => output.output());
  }

  get(channelId: ChannelId): Output {
    return this.#find(channelId).output();
  }

  onChange(listener: (output: Output) => void): Cancel {
    return this.#teller.onChange(listener);
  }

  /** How the outputs are, in one sentence, for the program's health. */
  health(): { readonly isOk: boolean; readonly detail: string } {
    return outputsHealthFrom(this.list(), this.#keeper.error);
  }

  async register(channel: ChannelConfig, actuator: Actuator): Promise<void> {
    this.#refuseWhileStopping();
    refuseSensor(channel);
    await this.#outputs.add(channel, actuator);
  }

  async unregister(channelId: ChannelId): Promise<void> {
    await this.#outputs.remove(channelId);
  }

  setReachable(channelId: ChannelId, isReachable: boolean): void {
    this.stagger.settled(channelId);
    this.#reconsider(channelId, (output) => output.drive.setReachable(isReachable));
  }

  request(channelId: ChannelId, claimant: string, wish: Wish | null): void {
    const output = this.#find(channelId);
    if (wish !== null) refuseGeneric(output.channel);
    if (output.say.claims.take(claimant, wish)) this.#run(output);
  }

  async override(channelId: ChannelId, request: OverrideRequest, by: Actor): Promise<Output> {
    this.#refuseWhileStopping();
    const output = this.#find(channelId);
    this.#emergencyStop.refuseWhileActive();
    return setOverride(output, { request, by }, this.#hands());
  }

  async clearOverride(channelId: ChannelId, by: Actor): Promise<Output> {
    return clearOverride(this.#find(channelId), by, this.#hands());
  }

  async reset(channelId: ChannelId, by: Actor): Promise<Output> {
    const output = this.#find(channelId);
    resetLatches(
      output,
      { by, standing: (code) => this.#keeper.standing(code) ?? this.#interlocks.standing(channelId, code) },
      this.#hands(),
    );
    return output.output();
  }

  emergencyStop(): EmergencyStopState {
    return this.#emergencyStop.state;
  }

  onEmergencyStopChange(listener: (state: EmergencyStopState) => void): Cancel {
    return this.#emergencyStop.onChange(listener);
  }

  async engageEmergencyStop(by: Actor): Promise<EmergencyStopState> {
    this.#emergencyStop.engage(by);
    return this.#stopChanged(by, "emergency stop engaged");
  }

  async releaseEmergencyStop(by: Actor): Promise<EmergencyStopState> {
    this.#emergencyStop.release();
    return this.#stopChanged(by, "emergency stop released");
  }

  raiseFault(channelId: ChannelId, fault: Omit<OutputFault, "since">): void {
    // What it means to the outlet upstream is commanded before any of it is told.
    this.#aftermath.afterwards(() => {
      if (this.#outputs.find(channelId)?.raise(fault) !== true) return;
      for (const output of this.#outputs.all()) output.evaluate();
    });
  }

  clearFault(channelId: ChannelId, code: string): void {
    const output = this.#outputs.find(channelId);
    if (output?.faults.clear(code) === true) this.#run(output);
  }

  demand(channelId: ChannelId, code: string, wish: Wish | null): void {
    const output = this.#outputs.find(channelId);
    if (output?.say.demands.set(code, wish) === true) this.#run(output);
  }

  confirmedOnForMs(channelId: ChannelId): number | null {
    return this.#outputs.find(channelId)?.known.onForMs() ?? null;
  }

  confirmedOffForMs(channelId: ChannelId): number | null {
    return this.#outputs.find(channelId)?.known.offForMs() ?? null;
  }

  isOffByHand(channelId: ChannelId): boolean {
    return this.#outputs.find(channelId)?.isOffByHand() === true;
  }

  useOf(channelId: ChannelId, windowS: number): { readonly window: Use; readonly total: Use } {
    return this.#find(channelId).usage.useOf(windowS);
  }

  /** Adds a condition that must hold for its output to be on. */
  addInterlock(interlock: Interlock): Cancel {
    const remove = this.#interlocks.add(interlock);
    this.#reconsider(interlock.channelId);
    return () => {
      remove();
      this.#reconsider(interlock.channelId);
    };
  }

  async #stopChanged(by: Actor, message: string): Promise<EmergencyStopState> {
    const { clock, log } = this.#deps;
    const outputs = [...this.#outputs.all()];
    // An engaged stop commands all at once; a released one lets them on in their order.
    if (!this.#emergencyStop.state.isActive) outputs.sort((a, b) => inRankOrder(a.channel, b.channel));
    this.#aftermath.afterwards(() => {
      for (const output of outputs) output.evaluate();
      this.#teller.later(() => this.#keeper.saveEmergencyStop(this.#emergencyStop.state));
      this.#teller.later(() => log.warn({ by }, message));
      this.#emergencyStop.tell((tell) => this.#teller.later(tell));
    });
    const answers = outputs.map((output) => output.drive.answered());
    await within(clock, ANSWER_LIMIT_MS, Promise.all([...answers, this.#keeper.emergencyStopDurable()]));
    return this.#emergencyStop.state;
  }

  #cycle(): void {
    this.#aftermath.afterwards(() => {
      for (const output of this.#outputs.all()) {
        output.evaluate();
        output.drive.cycle();
      }
      this.#teller.later(() => this.#keeper.retry());
    });
  }

  /** The store answered after all: latches and an emergency stop of before hold from now on. */
  #adoptLate(late: PersistedOutputs): void {
    this.#aftermath.afterwards(() => {
      this.#emergencyStop.adopt(late.emergencyStop);
      this.#outputs.rememberLate(late.outputs);
      for (const output of this.#outputs.all()) output.evaluate();
      this.#emergencyStop.tell((tell) => this.#teller.later(tell));
    });
  }

  /** Changes an output, decides anew and carries it out; then tells. */
  #run(output: ManagedOutput, change: () => void = () => undefined): void {
    this.#aftermath.afterwards(() => {
      change();
      output.evaluate();
    });
  }

  #reconsider(channelId: ChannelId, change: (output: ManagedOutput) => void = () => undefined): void {
    const output = this.#outputs.find(channelId);
    if (output !== undefined) this.#run(output, () => change(output));
  }

  #hands() {
    const run = (output: ManagedOutput, isRefusal = false) =>
      this.#aftermath.afterwards(() => output.evaluate(isRefusal));
    return { clock: this.#deps.clock, teller: this.#teller, run };
  }

  #find(channelId: ChannelId): ManagedOutput {
    const output = this.#outputs.find(channelId);
    if (output === undefined) throw new ReefFault("not-found", "There is no output with this id.");
    return output;
  }

  #refuseWhileStopping(): void {
    if (this.#isStopping)
      throw new ReefFault("stopping", "The program is going down; outputs stay in their safe state.");
  }
}
