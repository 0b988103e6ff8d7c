import { messageOf } from "#contract/errors.ts";
import type { Confirmation } from "#contract/outputs.ts";
import { isSameLevel, type LevelRange } from "#domain/outputs/levels.ts";
import type { Clock } from "../platform/ports.ts";
import { type LimitedCall, limitedCall } from "../platform/timing.ts";
import { believable, type Call, type DriveListener } from "./drive-ports.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import type { Actuator } from "./ports.ts";
import { Waiting } from "./waiting.ts";

/** The longest one call to a device may take, ms. */
export const CALL_LIMIT_MS = 2_000;
/** A command that is not read back by then has failed, ms. */
export const CONFIRM_WITHIN_MS = 3_000;
/** Waits before the first tries again, ms; after them every cycle. */
const RETRY_AFTER_MS = [1_000, 2_000, 4_000];
/** A device that cannot say what it does is told again so often, ms. */
const BLIND_REPEAT_MS = 10_000;

interface DriveDeps {
  readonly clock: Clock;
  readonly listener: DriveListener;
}

/**
 * Drives one device to the level it was told and sees to it that it is there: level-triggered, told again until it is
 * confirmed, and watched afterwards. One call at a time, except that an urgent one overtakes whatever hangs.
 */
export class OutputDrive {
  readonly #deps: DriveDeps;
  readonly #lease: LeaseKeeper;
  #actuator: Actuator;
  #range: LevelRange;
  #wantedPct: number | null = null;
  #actualPct: number | null = null;
  #confirmation: Confirmation = "unknown";
  #isReachable = true;
  #isRebound = false;
  #commandedAtMs = 0;
  #retryAtMs = 0;
  #writtenAtMs = 0;
  #tries = 0;
  #lastError: string | null = null;
  #writeError: string | null = null;
  #said = "";
  #writing: Call | null = null;
  #reading: LimitedCall<number | null> | null = null;
  readonly #answered = new Waiting();
  readonly #done = new Waiting();

  constructor(deps: DriveDeps, actuator: Actuator, range: LevelRange) {
    this.#deps = deps;
    this.#lease = new LeaseKeeper(deps.clock);
    this.#actuator = actuator;
    this.#range = range;
  }

  /** What it was told, %; null: it is left as it is. */
  get wantedPct(): number | null {
    return this.#wantedPct;
  }

  /** What the device says, %; null: unknown. */
  get actualPct(): number | null {
    return this.#isReachable ? this.#actualPct : null;
  }

  get confirmation(): Confirmation {
    return this.#isReachable ? this.#confirmation : "unknown";
  }

  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** Why the last call failed; null: it did not. */
  get lastError(): string | null {
    return this.#lastError;
  }

  /** Why the device did not take what it was told last; null: it did, or has not answered yet. */
  get writeError(): string | null {
    return this.#writeError;
  }

  /** True where a device that cannot say what it does took what it was told. */
  get wasTaken(): boolean {
    const isSilent = this.#writing === null && this.#writeError === null;
    return this.#isReachable && this.#confirmation === "unknown" && isSilent;
  }

  /** Another way to the device, or another range: the next command is told whatever was told before. */
  rebind(actuator: Actuator, range: LevelRange): void {
    this.#actuator = actuator;
    this.#range = range;
    this.#isRebound = true;
  }

  setReachable(isReachable: boolean): void {
    if (isReachable === this.#isReachable) return;
    this.#isReachable = isReachable;
    if (isReachable) this.#assertAnew(true);
    else this.#actualPct = null;
  }

  /**
   * Tells the device its level, at once where nothing is under way or the command is urgent.
   * @param levelPct null: leave it as it is
   */
  command(levelPct: number | null, isUrgent: boolean): void {
    if (levelPct === this.#wantedPct && !this.#isRebound) return;
    this.#wantedPct = levelPct;
    this.#assertAnew(isUrgent || this.#isRebound);
    this.#isRebound = false;
  }

  /** Once a second: tells again what is not confirmed, asks what is. */
  cycle(): void {
    const [nowMs, wantedPct] = [this.#deps.clock.monotonicMs(), this.#wantedPct];
    const isLate = this.#confirmation === "pending" && nowMs - this.#commandedAtMs >= CONFIRM_WITHIN_MS;
    if (isLate && wantedPct !== null) this.#fail(wantedPct);
    if (this.#writing !== null) return;
    const isUntold = this.#confirmation !== "confirmed" && nowMs >= this.#retryAtMs;
    const isDue = isUntold || this.#lease.isDue();
    if (wantedPct !== null && isDue) this.#write(wantedPct);
    else if (this.#reading === null) this.#read();
  }

  /** Tells again, now, what is not confirmed: whoever asks for it is owed the device's own answer. */
  insist(): void {
    if (this.#wantedPct === null || this.#writing !== null || this.#confirmation === "confirmed") return;
    this.#write(this.#wantedPct);
  }

  /** Asks the device what it does, without telling it anything. */
  look(): void {
    this.#read();
  }

  /** Resolves when the device answered what it was told last, or failed to. */
  answered(): Promise<void> {
    return this.#answered.until(this.#isIdle());
  }

  /** Resolves when what it was told is confirmed, or told to a device that cannot say. */
  done(): Promise<void> {
    return this.#done.until(this.#isDone());
  }

  /** Gives up every call. */
  close(): void {
    this.#writing?.giveUp();
    this.#reading?.giveUp();
    this.#writing = null;
    this.#reading = null;
    this.#answered.over();
    this.#done.over();
  }

  #assertAnew(isUrgent: boolean): void {
    this.#commandedAtMs = this.#deps.clock.monotonicMs();
    this.#retryAtMs = this.#commandedAtMs;
    this.#tries = 0;
    this.#lastError = null;
    this.#writeError = null;
    this.#confirmation = this.#wantedPct === null ? "unknown" : "pending";
    if (this.#wantedPct === null) this.#read();
    else if (this.#writing === null || isUrgent) {
      this.#writing?.giveUp();
      this.#write(this.#wantedPct);
    }
  }

  #write(levelPct: number): void {
    this.#reading?.giveUp();
    this.#reading = null;
    const leaseS = this.#leaseFor(levelPct);
    this.#lease.told(leaseS);
    const write = (signal: AbortSignal) => this.#actuator.write(levelPct, signal, leaseS);
    const { result, giveUp } = this.#limited("its device", write);
    const call = { levelPct, giveUp };
    this.#writing = call;
    result.then(
      () => this.#written(call, null),
      (error: unknown) => this.#written(call, messageOf(error)),
    );
  }

  #written(call: Call, error: string | null): void {
    if (this.#writing !== call) return;
    this.#writing = null;
    this.#lastError = error;
    this.#writeError = error;
    this.#writtenAtMs = this.#deps.clock.monotonicMs();
    this.#retryAtMs = this.#writtenAtMs + (RETRY_AFTER_MS[this.#tries] ?? 0);
    this.#tries += 1;
    if (this.#wantedPct !== null && call.levelPct !== this.#wantedPct) this.#write(this.#wantedPct);
    else if (error === null) this.#read();
    else {
      this.#actualPct = null;
      this.#lease.missed();
      this.#silent(error);
      this.#settled();
    }
  }

  #leaseFor(levelPct: number): number | undefined {
    if (levelPct === 0 || this.#actuator.canLease?.() !== true) return undefined;
    return this.#deps.listener.leaseS() ?? undefined;
  }

  #read(): void {
    this.#reading?.giveUp();
    const reading = this.#limited("the read-back of its device", (signal) => this.#actuator.readBack(signal));
    this.#reading = reading;
    reading.result.then(
      (levelPct) => this.#heard(reading, { levelPct: believable(levelPct), error: null }),
      (error: unknown) => this.#heard(reading, { levelPct: null, error: messageOf(error) }),
    );
  }

  #heard(
    reading: LimitedCall<number | null>,
    answer: { readonly levelPct: number | null; readonly error: string | null },
  ): void {
    if (this.#reading !== reading) return;
    this.#reading = null;
    this.#actualPct = answer.levelPct;
    if (answer.error !== null) this.#silent(answer.error);
    else if (this.#wantedPct === null) this.#confirmation = answer.levelPct === null ? "unknown" : "confirmed";
    else if (answer.levelPct === null) this.#blind();
    else if (isSameLevel(this.#range, this.#wantedPct, answer.levelPct)) this.#confirm(this.#wantedPct);
    else this.#differs(this.#wantedPct, answer.levelPct);
    this.#settled();
  }

  /** The device did not say: what was confirmed is so no longer. */
  #silent(error: string): void {
    this.#lastError = error;
    if (this.#confirmation !== "confirmed") return;
    this.#confirmation = this.#wantedPct === null ? "unknown" : "pending";
    this.#commandedAtMs = this.#deps.clock.monotonicMs();
  }

  /** It cannot say what it does; what it did not take is still to be told. */
  #blind(): void {
    if (this.#writeError !== null) return;
    this.#retryAtMs = this.#writtenAtMs + BLIND_REPEAT_MS;
    if (this.#confirmation === "unknown") return;
    this.#confirmation = "unknown";
    this.#deps.listener.onTaken();
  }

  #confirm(wantedPct: number): void {
    this.#lastError = null;
    this.#tries = 0;
    if (this.#confirmation === "confirmed") return;
    this.#confirmation = "confirmed";
    this.#deps.listener.onConfirmed(wantedPct);
  }

  #differs(wantedPct: number, foundPct: number): void {
    if (this.#confirmation !== "confirmed") {
      this.#lastError = `the device says ${foundPct} %`;
      return;
    }
    if (this.#deps.listener.respects(foundPct)) {
      this.#wantedPct = foundPct;
      return;
    }
    this.#assertAnew(true);
    this.#deps.listener.onTakenBack(wantedPct, foundPct);
  }

  #fail(wantedPct: number): void {
    this.#confirmation = "failed";
    this.#deps.listener.onUnconfirmed(wantedPct, this.#lastError ?? "the device did not answer");
  }

  #settled(): void {
    if (this.#isIdle()) this.#answered.over();
    if (this.#isDone()) this.#done.over();
    const before = this.#said;
    this.#said = `${this.#actualPct} ${this.#confirmation}`;
    if (this.#said !== before) this.#deps.listener.onAnswer();
  }

  #isIdle(): boolean {
    return this.#writing === null && this.#reading === null;
  }

  #isDone(): boolean {
    const isBlind = this.#confirmation === "unknown" && this.#isIdle();
    return this.#wantedPct === null || this.#confirmation === "confirmed" || isBlind;
  }

  #limited<T>(what: string, work: (signal: AbortSignal) => Promise<T>): LimitedCall<T> {
    return limitedCall(this.#deps.clock, { limitMs: CALL_LIMIT_MS, what }, work);
  }
}
