import type { ChannelConfig, DeclaredState, OutputSettings } from "#contract/channels.ts";
import type { EmergencyStopState, Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import {
  type ArbitrationInputs,
  arbitrate,
  type Claim,
  type Verdict,
  type Why,
} from "#domain/outputs/arbitrate.ts";
import { restStateFrom } from "#domain/outputs/rest-state.ts";
import { type GuardVerdict, guardVerdictFrom } from "#domain/outputs/switching-guards.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { Claims } from "./claims.ts";
import { driveListenerOf } from "./drive-listener.ts";
import type { DrivenOutput } from "./driven-output.ts";
import { FaultList } from "./fault-list.ts";
import { isCapped, rangeOf, roleOf, settingsOf } from "./output-channel.ts";
import { OutputDrive } from "./output-drive.ts";
import { outputFrom } from "./output-snapshot.ts";
import type { OutputTeller } from "./output-teller.ts";
import type { Actuator, PersistedOutput } from "./ports.ts";
import { RunRecord } from "./run-record.ts";
import { SwitchingTimes } from "./switching-times.ts";
import { claimOf, endsAtMs, restoredOverride, type TimedOverride } from "./timed-override.ts";

/** What an output asks of those around it. */
export interface OutputSurroundings {
  readonly clock: Clock;
  readonly teller: OutputTeller;
  emergencyStop(): EmergencyStopState;
  /** Why its interlocks keep it off, now. */
  brokenInterlocks(): readonly Why[];
  /** Resolves when this, or what came after it, is durable. */
  keepDurably(output: PersistedOutput): Promise<void>;
  /** Runs commands now, and what they have to tell afterwards. */
  afterwards(commands: () => void): void;
}

const OPEN_RUN = {
  code: "max-on",
  text: "Off: the program ended while it was on, so its run counts as spent; check the tank, then reset it.",
};
const UNKNOWN = {
  code: "state-unknown",
  text: "Off: what it did before the restart cannot be read; check the tank, then reset it.",
};
const STARTING: Why = { code: "power-up", text: "Left as its device has it since power-up.", untilMs: null };

/** One output: everyone who has a say in it, what that comes to, and the drive that carries it out. */
export class ManagedOutput implements DrivenOutput {
  readonly drive: OutputDrive;
  readonly claims = new Claims();
  readonly faults = new FaultList();
  readonly record: RunRecord;
  readonly times: SwitchingTimes;
  override: TimedOverride | null = null;
  readonly #around: OutputSurroundings;
  #channel: ChannelConfig;
  #settings: OutputSettings;
  #verdict: Verdict = { levelPct: null, owner: "none", why: STARTING, by: null, blockedBy: [], isUrgent: false };
  #isStarting = true;
  #isClosed = false;
  #leaving: Why | null = null;
  #wasOwned = false;
  #lastFreePct: number | null = null;
  #since: string;
  #wakeAtMs: number | null = null;
  #cancelWake: Cancel = () => undefined;

  constructor(channel: ChannelConfig, actuator: Actuator, around: OutputSurroundings) {
    this.#around = around;
    this.#channel = channel;
    this.#settings = settingsOf(channel);
    this.times = new SwitchingTimes(around.clock);
    this.#since = instantFrom(around.clock.nowMs());
    const { clock, teller } = around;
    this.drive = new OutputDrive({ clock, listener: driveListenerOf(this, around) }, actuator, rangeOf(channel));
    this.record = new RunRecord({
      channelId: channel.id,
      clock,
      keep: () => teller.keep(this),
      keepDurably: () => around.keepDurably(this.persisted()),
      onChange: () => around.afterwards(() => this.evaluate()),
    });
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

  /** Takes up what was kept of it; a run that was open when the program ended counts as spent. */
  restore(kept: PersistedOutput): void {
    this.times.restore(kept);
    this.faults.restore(kept.faults);
    this.override = restoredOverride(kept, this.#around.clock);
    this.#wasOwned = kept.override !== null;
  }

  /** What was kept of it cannot be read: it is not trusted to be rested, and a capped one not to be unspent. */
  restoreUnknown(): void {
    this.times.assumeJustOff();
    if (isCapped(this.#channel)) this.#latch(UNKNOWN);
  }

  /** What was kept of it came late: what it did meanwhile stands, what was latched holds. */
  restoreLate(kept: PersistedOutput): void {
    this.faults.restore(kept.faults);
    if (this.override === null && !this.#wasOwned) this.override = restoredOverride(kept, this.#around.clock);
    this.#around.teller.keep(this);
  }

  reconfigure(channel: ChannelConfig, actuator: Actuator): void {
    this.#channel = channel;
    this.#settings = settingsOf(channel);
    if (roleOf(channel) === "generic") this.claims.drop();
    this.drive.rebind(actuator, rangeOf(channel));
  }

  /** Everything that keeps it off whoever asks: latched faults first, then broken interlocks. */
  blocks(): readonly Why[] {
    return [...this.faults.blocks(), ...this.#around.brokenInterlocks()];
  }

  /** Power-up is over: from now on everyone has his say. */
  run(): void {
    this.#isStarting = false;
  }

  /** Its safe state from now on, whatever anyone wants; an emergency stop and a broken interlock still hold. */
  leave(why: Why): void {
    this.#leaving = why;
    this.evaluate();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelWake();
    this.drive.close();
  }

  /** Decides anew and carries it out at once. @param isRefusal what was granted before was never carried out */
  evaluate(isRefusal = false): void {
    if (this.#isClosed) return;
    this.#endOverride();
    const currentPct = this.drive.wantedPct ?? this.drive.actualPct;
    if (currentPct !== null && this.times.note(currentPct > 0)) this.#around.teller.keep(this);
    const guards = this.#guards();
    if (guards.maxOn !== null) this.#latch(guards.maxOn);
    const verdict = arbitrate(this.#inputs(currentPct, isRefusal ? { ...guards, minOn: null } : guards));
    this.#apply(verdict);
    this.#sleepUntilNextChange();
  }

  output(): Output {
    return outputFrom({
      channel: this.#channel,
      drive: this.drive,
      verdict: this.#verdict,
      faults: this.faults.list(),
      since: this.#since,
    });
  }

  persisted(): PersistedOutput {
    const { clock } = this.#around;
    const held = this.override;
    const override = held && { levelPct: held.levelPct, by: held.by, untilMs: Math.round(endsAtMs(held, clock)) };
    // Found again after a crash, an open run is a latch already, whatever else a store keeps of it.
    const openRun = this.record.run;
    const spent = openRun === null ? [] : [{ ...OPEN_RUN, since: instantFrom(openRun.startAtMs), latched: true }];
    return {
      channelId: this.#channel.id,
      faults: [...this.faults.latched(), ...spent],
      lastOnAtMs: this.times.lastOnAtMs,
      lastOffAtMs: this.times.lastOffAtMs,
      override,
      openRun,
      savedAtMs: clock.nowMs(),
    };
  }

  #inputs(currentPct: number | null, guards: GuardVerdict): ArbitrationInputs {
    const isStarting = this.#isStarting;
    const isLeaving = this.#leaving !== null;
    const { override } = this;
    const isHeard = override !== null && !isLeaving && (!isStarting || override.levelPct === 0);
    const isDecidable = !isStarting && !isLeaving;
    return {
      range: rangeOf(this.#channel),
      currentPct,
      emergency: this.#emergency(),
      blocks: this.blocks(),
      override: isHeard ? claimOf(override, this.#around.clock) : null,
      mode: isDecidable ? this.claims.mode : null,
      automatic: isDecidable ? this.claims.automatic : null,
      rest: this.#rest(),
      minOn: isLeaving ? null : guards.minOn,
      minOff: isLeaving ? null : guards.minOff,
      record: isCapped(this.#channel) ? this.record.gate() : null,
    };
  }

  #emergency(): Claim | null {
    const { isActive, by } = this.#around.emergencyStop();
    if (!isActive) return null;
    const text = `Emergency stop by ${by ?? "somebody"}: held until an operator releases it.`;
    const why = { code: "emergency-stop", text, untilMs: null };
    return { levelPct: this.#settings.emergencyState, why, by, isUrgent: true };
  }

  #rest(): { readonly state: DeclaredState; readonly why: Why } {
    if (this.#leaving !== null) return { state: this.#settings.safeState, why: this.#leaving };
    return restStateFrom(this.#settings, {
      isGeneric: roleOf(this.#channel) === "generic",
      wasOwned: this.#wasOwned,
      lastFreePct: this.#lastFreePct,
    });
  }

  #apply(verdict: Verdict): void {
    const before = this.#verdict;
    this.drive.command(verdict.levelPct, verdict.isUrgent);
    const isSwitched = verdict.levelPct !== null && this.times.note(verdict.levelPct > 0);
    this.#verdict = verdict;
    this.#remember(verdict);
    this.#followRecord(verdict);
    const isMoved = verdict.levelPct !== before.levelPct;
    if (isMoved || verdict.owner !== before.owner) this.#since = instantFrom(this.#around.clock.nowMs());
    if (isSwitched) this.#around.teller.keep(this);
    this.#around.teller.decided(this, before);
  }

  #remember({ owner, levelPct }: Verdict): void {
    if (owner === "none") {
      if (!this.#wasOwned) this.#lastFreePct = this.drive.actualPct;
      return;
    }
    if (owner !== "interlock") this.#wasOwned = true;
    if (owner === "mode" || owner === "schedule" || owner === "loop") this.#lastFreePct = levelPct;
  }

  #followRecord(verdict: Verdict): void {
    const gate = this.record.gate();
    const [first] = verdict.blockedBy;
    if (gate !== null && first?.code === gate.code) {
      this.#around.teller.later(() => {
        this.record.begin(this.#settings.guards.maxOnS);
      });
    } else if (verdict.levelPct === 0) this.record.close();
  }

  #guards(): GuardVerdict {
    return guardVerdictFrom(this.#settings.guards, this.times.running(), this.#around.clock.nowMs());
  }

  #latch({ code, text }: { readonly code: string; readonly text: string }): void {
    this.faults.raise({ code, text, latched: true }, this.#around.clock.nowMs());
    this.#around.teller.latched(this, { code, text });
  }

  #endOverride(): void {
    if (this.override === null || this.override.endsAtMonotonicMs > this.#around.clock.monotonicMs()) return;
    this.override = null;
    this.#around.teller.keep(this);
  }

  #sleepUntilNextChange(): void {
    const { clock } = this.#around;
    const inMs = [this.#guards().changesInMs, this.#overrideLeftMs()].filter((ms) => ms !== null);
    const atMs = inMs.length === 0 ? null : clock.monotonicMs() + Math.min(...inMs);
    if (atMs === this.#wakeAtMs) return;
    this.#cancelWake();
    this.#wakeAtMs = atMs;
    if (atMs === null) return;
    this.#cancelWake = clock.at(atMs, () => {
      this.#wakeAtMs = null;
      this.#around.afterwards(() => this.evaluate());
    });
  }

  #overrideLeftMs(): number | null {
    return this.override === null ? null : this.override.endsAtMonotonicMs - this.#around.clock.monotonicMs();
  }
}
