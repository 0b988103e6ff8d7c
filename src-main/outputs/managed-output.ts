import type { ChannelConfig, OutputSettings } from "#contract/channels.ts";
import type { EmergencyStopState, Output, OutputFault } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import { arbitrate, highestAuthority, type Verdict, type Why } from "#domain/outputs/arbitrate.ts";
import type { Away, TrustedClock } from "./away.ts";
import { driveListenerOf } from "./drive-listener.ts";
import type { DrivenOutput } from "./driven-output.ts";
import { FaultList } from "./fault-list.ts";
import { leaseFor } from "./guards/lease.ts";
import { OnGate } from "./guards/on-gate.ts";
import { earliest, type Plan, RunGuard, type RunVerdict } from "./guards/run-guard.ts";
import type { Judgement } from "./interlock-set.ts";
import { keptFrom, takeUp } from "./kept-output.ts";
import { KnownState } from "./known-state.ts";
import { isCapped, rangeOf, roleOf, settingsOf } from "./output-channel.ts";
import { OutputDrive } from "./output-drive.ts";
import { OutputSnapshot } from "./output-snapshot.ts";
import type { OutputTeller } from "./output-teller.ts";
import { MANY_STARTS, OutputUsage, overworked } from "./output-usage.ts";
import type { Actuator, PersistedOutput } from "./ports.ts";
import { RunRecord } from "./run-record.ts";
import { Say } from "./say.ts";
import { UNKNOWN } from "./spent-run.ts";
import type { Stagger } from "./stagger.ts";
import { SwitchingTimes } from "./switching-times.ts";
import { restoredOverride, type TimedOverride } from "./timed-override.ts";
import type { Facts } from "./told-facts.ts";
import { WakeTimer } from "./wake-timer.ts";

/** What an output asks of those around it. */
export interface OutputSurroundings {
  readonly clock: TrustedClock;
  readonly teller: OutputTeller;
  readonly stagger: Stagger;
  emergencyStop(): EmergencyStopState;
  /** What its interlocks say, now. */
  judge(): Judgement;
  /** Resolves when this, or what came after it, is durable. */
  keepDurably(output: PersistedOutput): Promise<void>;
  /** Runs commands now, and what they have to tell afterwards. */
  afterwards(commands: () => void): void;
}

const STARTING: Why = { code: "power-up", text: "Left as its device has it since power-up.", untilMs: null };

/** One output: everyone who has a say in it, what that comes to, and the drive that carries it out. */
export class ManagedOutput implements DrivenOutput {
  readonly drive: OutputDrive;
  readonly say: Say;
  readonly faults = new FaultList();
  readonly record: RunRecord;
  readonly times: SwitchingTimes;
  readonly usage: OutputUsage;
  readonly known: KnownState;
  readonly #around: OutputSurroundings;
  readonly #run: RunGuard;
  readonly #gate: OnGate;
  readonly #wake: WakeTimer;
  readonly #snapshot = new OutputSnapshot();
  #channel: ChannelConfig;
  #settings: OutputSettings;
  #judgement: Judgement = { broken: [], conditions: [], limits: [] };
  #spent: readonly Why[] = [];
  #plan: Plan = { forS: null, isDoser: false };
  #verdict: Verdict = { levelPct: null, owner: "none", why: STARTING, by: null, blockedBy: [], isUrgent: false };
  #isClosed = false;
  #since: string;

  constructor(channel: ChannelConfig, actuator: Actuator, around: OutputSurroundings) {
    const { clock, teller } = around;
    this.#around = around;
    this.#channel = channel;
    this.#settings = settingsOf(channel);
    this.say = new Say(clock);
    this.times = new SwitchingTimes(clock);
    this.usage = new OutputUsage(clock);
    this.known = new KnownState(clock, this.times);
    this.#wake = new WakeTimer(clock, () => around.afterwards(() => this.evaluate()));
    this.#since = instantFrom(clock.nowMs());
    this.drive = new OutputDrive({ clock, listener: driveListenerOf(this, around) }, actuator, rangeOf(channel));
    this.record = new RunRecord({
      channelId: channel.id,
      clock,
      keep: () => teller.keep(this),
      keepDurably: () => around.keepDurably(this.persisted()),
      onChange: () => around.afterwards(() => this.evaluate()),
    });
    this.#gate = new OnGate({ stagger: around.stagger, record: this.record, later: (work) => teller.later(work) });
    this.#run = new RunGuard({ clock, times: this.times, usage: this.usage, record: this.record });
  }

  get channel(): ChannelConfig {
    return this.#channel;
  }

  get settings(): OutputSettings {
    return this.#settings;
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  get override(): TimedOverride | null {
    return this.say.override;
  }

  set override(override: TimedOverride | null) {
    this.say.override = override;
  }

  /** Takes up what was kept of it; a run that was open when the program ended counts as spent. */
  restore(kept: PersistedOutput, away: Away): void {
    takeUp(kept, this, away);
    this.override = restoredOverride(kept, away.downtimeMs, this.#around.clock);
    this.say.wasOwned = kept.override !== null;
  }

  /** What was kept of it cannot be read: it is not trusted to be rested, and a capped one not to be unspent. */
  restoreUnknown(): void {
    this.times.assumeJustOff();
    if (isCapped(this.#channel)) this.raise(UNKNOWN);
  }

  /** What was kept of it came late: what it did meanwhile stands, what was latched or spent holds. */
  restoreLate(kept: PersistedOutput, away: Away): void {
    this.faults.restore(kept.faults);
    this.usage.restore(kept, away);
    if (this.override === null && !this.say.wasOwned)
      this.override = restoredOverride(kept, away.downtimeMs, this.#around.clock);
    this.#around.teller.keep(this);
  }

  reconfigure(channel: ChannelConfig, actuator: Actuator): void {
    this.#channel = channel;
    this.#settings = settingsOf(channel);
    if (roleOf(channel) === "generic") this.say.claims.drop();
    this.drive.rebind(actuator, rangeOf(channel));
  }

  /** Everything that keeps it off whoever asks: latched faults first, then broken interlocks, then spent budgets. */
  blocks(): readonly Why[] {
    return [...this.faults.blocks(), ...this.#judgement.broken, ...this.#spent];
  }

  /** Power-up is over: from now on everyone has his say. */
  run(): void {
    this.say.isStarting = false;
  }

  /** Its safe state from now on, whatever anyone wants; an emergency stop and a broken interlock still hold. */
  leave(why: Why): void {
    this.say.leaving = why;
    this.evaluate();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake.set(null);
    this.#around.stagger.leave(this.#channel.id);
    this.drive.close();
  }

  /** Decides anew and carries it out at once. @param isRefusal what was granted before was never carried out */
  evaluate(isRefusal = false): void {
    if (this.#isClosed) return;
    if (this.say.endOverride()) this.#around.teller.keep(this);
    const currentPct = this.drive.wantedPct ?? this.drive.actualPct;
    if (currentPct !== null && this.times.note(currentPct > 0)) this.#around.teller.keep(this);
    this.known.note(this.drive);
    this.#judgement = this.#around.judge();
    const voices = this.say.voices(this.#subject());
    this.#plan = { forS: highestAuthority(voices).forS ?? null, isDoser: roleOf(this.#channel) === "doser" };
    const guards = this.#judgeRun();
    this.#spent = guards.spent;
    if (guards.maxOn !== null) this.raise({ code: guards.maxOn.code, text: guards.maxOn.text, latched: true });
    const waits = this.#waits(guards, isRefusal);
    const blocks = this.blocks();
    const { emergency, demand, override, mode, automatic, rest } = voices;
    const { minOn, minOff, stagger, record } = waits;
    // Written out: several spreads in one literal cost as much as all the rest of the decision.
    const range = rangeOf(this.#channel);
    const inputs = {
      range,
      currentPct,
      blocks,
      emergency,
      demand,
      override,
      mode,
      automatic,
      rest,
      minOn,
      minOff,
      stagger,
      record,
    };
    const verdict = this.#gate.leftUntilItsTurn(arbitrate(inputs), this.drive.wantedPct === null);
    const isSwitched = this.#apply(verdict);
    const { changesInMs } = isSwitched ? this.#judgeRun() : guards;
    this.#wake.set(earliest([changesInMs, this.say.overrideLeftMs()]));
  }

  /** A fault of it was found. @returns false where one with the same code stands already, which stays as it was */
  raise(fault: Omit<OutputFault, "since">): boolean {
    const isNew = this.faults.raise(fault, this.#around.clock.nowMs());
    if (isNew) this.#around.teller.faulted(this, fault);
    return isNew;
  }

  respects(foundPct: number): boolean {
    const isOff = foundPct === 0;
    const isAllowed = this.#settings.switchedByHand === "respect" && (isOff || !isCapped(this.#channel));
    if (!isAllowed || this.#verdict.owner === "interlock" || this.#verdict.owner === "emergency-stop")
      return false;
    if (!isOff && this.blocks().length > 0) return false;
    this.say.heedHand(foundPct, this.#subject());
    return true;
  }

  leaseS(): number | null {
    return leaseFor(this.#settings.guards, this.#plan, this.times.running());
  }

  output(): Output {
    const shown = {
      facts: this.facts(),
      since: this.#since,
      cycles: () => this.usage.cycles(this.#settings.equipment),
      budgets: () => this.#run.budgets(),
    };
    return this.#snapshot.of(shown, this.#around.clock.monotonicMs());
  }

  facts(): Facts {
    const { wantedPct, actualPct, confirmation } = this.drive;
    const [channel, verdict, faults] = [this.#channel, this.#verdict, this.faults.standing];
    const { conditions } = this.#judgement;
    return { channel, verdict, wantedPct, actualPct, confirmation, faults, conditions };
  }

  persisted(): PersistedOutput {
    return keptFrom(this, this.#around.clock);
  }

  #judgeRun(): RunVerdict {
    return this.#run.judge(this.#settings, this.#judgement.limits, this.#plan);
  }

  #subject() {
    const isGeneric = roleOf(this.#channel) === "generic";
    return { settings: this.#settings, isGeneric, emergencyStop: this.#around.emergencyStop() };
  }

  #waits({ minOn, minOff }: RunVerdict, isRefusal: boolean) {
    const isLeaving = this.say.leaving !== null;
    const waits = this.#gate.waits(this.#channel, this.drive.wantedPct === null);
    if (isLeaving) return { ...waits, minOn: null, minOff: null, stagger: null };
    return { ...waits, minOn: isRefusal ? null : minOn, minOff };
  }

  /** @returns true where it was switched on or off */
  #apply(verdict: Verdict): boolean {
    const before = this.#verdict;
    this.drive.command(verdict.levelPct, verdict.isUrgent);
    this.known.note(this.drive);
    const isSwitched = verdict.levelPct !== null && this.times.note(verdict.levelPct > 0);
    this.#verdict = verdict;
    this.#count(isSwitched);
    this.say.decided(verdict, this.drive.actualPct);
    const span = () => this.#run.span(this.#settings, this.#plan, this.say.overrideLeftMs());
    this.#gate.follow(verdict, this.#channel, span);
    const isMoved = verdict.levelPct !== before.levelPct;
    if (isMoved || verdict.owner !== before.owner) this.#since = instantFrom(this.#around.clock.nowMs());
    if (isSwitched) this.#around.teller.keep(this);
    this.#around.teller.decided(this, before);
    return isSwitched;
  }

  #count(isSwitched: boolean): void {
    const isOn = (this.drive.wantedPct ?? 0) > 0 || (this.drive.actualPct ?? 0) > 0;
    const { guards, equipment } = this.#settings;
    this.usage.note(isOn, equipment.flowMlPerS);
    if (this.faults.has(MANY_STARTS) && !this.usage.isOverworked(guards)) this.faults.clear(MANY_STARTS);
    if (!isSwitched || this.#verdict.levelPct === 0) return;
    this.usage.started();
    if (this.usage.isOverworked(guards)) this.raise(overworked(guards));
    this.#around.stagger.took(this.#channel.id);
  }
}
