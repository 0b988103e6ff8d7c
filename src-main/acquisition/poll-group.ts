import { messageOf, ReefFault } from "#contract/errors.ts";
import type { DeviceId } from "#contract/ids.ts";
import type { PollerState } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import type { Sample } from "../hardware/ports.ts";
import type { Clock } from "../platform/ports.ts";
import { slotsToLeaveOut } from "./back-off.ts";
import type { ChannelIntake } from "./channel-intake.ts";
import type { DriverCalls } from "./driver-calls.ts";
import type { Intakes } from "./intakes.ts";
import { type DueSlot, SlotGrid } from "./slot-grid.ts";

export interface PollGroupParts {
  readonly deviceId: DeviceId;
  readonly intervalS: number;
  readonly clock: Clock;
  readonly intakes: Intakes;
  readonly calls: () => DriverCalls;
  readonly onAnswered: () => void;
  readonly onFailed: (error: unknown) => void;
}

const SILENCE: ReadonlyMap<string, Sample> = new Map();

/** What it runs on between start and stop; a late answer to an earlier run goes nowhere. */
interface Run {
  readonly grid: SlotGrid;
  readonly ending: AbortController;
}

/** The channels of one device that share an interval: sampled together, one slot at a time. */
export class PollGroup {
  readonly #parts: PollGroupParts;
  readonly #intervalMs: number;
  #members: readonly ChannelIntake[] = [];
  #keys: readonly string[] = [];
  #run: Run | null = null;
  #isSampling: boolean = false;
  #leftOut = 0;
  #slots = 0;
  #missedSlots = 0;
  #failures = 0;
  #consecutiveFailures = 0;
  #lastLatenessMs = 0;
  #maxLatenessMs = 0;
  #lastReadingAtMs: number | null = null;
  #lastError: string | null = null;

  constructor(parts: PollGroupParts) {
    this.#parts = parts;
    this.#intervalMs = parts.intervalS * 1_000;
  }

  /** Its channels from the next sample on. */
  setMembers(members: readonly ChannelIntake[]): void {
    this.#members = members;
    this.#keys = members.map((intake) => intake.key);
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  /** Samples in `delayMs`, then on the grid that begins there. */
  start(delayMs: number): void {
    const { clock } = this.#parts;
    const originMs = clock.monotonicMs() + delayMs;
    const ending = new AbortController();
    const onSlot = (due: DueSlot) => this.#onSlot(run, due);
    const run: Run = { ending, grid: new SlotGrid({ clock, originMs, periodMs: this.#intervalMs, onSlot }) };
    this.#run = run;
    this.#leftOut = 0;
    run.grid.start();
  }

  /** Abandons what is in flight. */
  stop(): void {
    const run = this.#run;
    this.#run = null;
    this.#isSampling = false;
    run?.grid.stop();
    run?.ending.abort();
  }

  state(): PollerState {
    const isBackingOff = this.#consecutiveFailures > 0;
    return {
      deviceId: this.#parts.deviceId,
      channelIds: this.#members.map((intake) => intake.channelId),
      intervalS: this.#parts.intervalS,
      state: this.#run === null ? "stopped" : isBackingOff ? "backing-off" : "running",
      slots: this.#slots,
      missedSlots: this.#missedSlots,
      failures: this.#failures,
      consecutiveFailures: this.#consecutiveFailures,
      lastLatenessMs: this.#lastLatenessMs,
      maxLatenessMs: this.#maxLatenessMs,
      lastReadingAt: this.#lastReadingAtMs === null ? null : instantFrom(this.#lastReadingAtMs),
      lastError: this.#lastError,
    };
  }

  #onSlot(run: Run, { latenessMs, skipped }: DueSlot): void {
    this.#slots += skipped + 1;
    this.#missedSlots += skipped;
    this.#lastLatenessMs = latenessMs;
    if (latenessMs > this.#maxLatenessMs) this.#maxLatenessMs = latenessMs;
    if (this.#isSampling) this.#missedSlots += 1;
    else if (this.#leftOut > 0) this.#leftOut -= 1;
    else if (this.#parts.calls().isHung())
      this.#fail(new ReefFault("bus-timeout", "The device still hangs in an earlier call"));
    else void this.#sample(run);
  }

  async #sample(run: Run): Promise<void> {
    this.#isSampling = true;
    // Who joins while the driver works was not asked, and must not count as silent.
    const asked = this.#members;
    try {
      const answers = await this.#parts.calls().sample(this.#keys, run.ending.signal);
      if (this.#run === run) this.#deliver(asked, answers);
    } catch (error) {
      if (this.#run === run) this.#fail(error);
    } finally {
      if (this.#run === run) this.#isSampling = false;
    }
  }

  #deliver(asked: readonly ChannelIntake[], answers: ReadonlyMap<string, Sample>): void {
    this.#lastReadingAtMs = this.#publish(asked, answers);
    this.#consecutiveFailures = 0;
    this.#lastError = null;
    this.#parts.onAnswered();
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    this.#consecutiveFailures += 1;
    this.#lastError = messageOf(error);
    this.#leftOut = slotsToLeaveOut(this.#consecutiveFailures, this.#intervalMs);
    this.#publish(this.#members, SILENCE);
    this.#parts.onFailed(error);
  }

  /** @returns when, epoch ms */
  #publish(members: readonly ChannelIntake[], answers: ReadonlyMap<string, Sample>): number {
    const { clock, intakes } = this.#parts;
    const at = { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
    for (const intake of members) if (intake.isWatched) intakes.take(intake, answers.get(intake.key), at);
    return at.wallMs;
  }
}
