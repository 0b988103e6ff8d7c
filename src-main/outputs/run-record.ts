import type { ChannelId } from "#contract/ids.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { OutputRun } from "./ports.ts";
import { STORE_LIMIT_MS } from "./state-keeper.ts";

/** After a refusal the record is tried again this much later, ms. */
const RETRY_AFTER_MS = 10_000;

const PENDING: Why = {
  code: "record-pending",
  text: "Off until the record of this run is on disk, so that a crash cannot lose it.",
  untilMs: null,
};
const UNAVAILABLE: Why = {
  code: "record-unavailable",
  text: "Off: the record of this run could not be written, so a crash during it would go unseen; check the local store.",
  untilMs: null,
};

interface RunRecordDeps {
  readonly channelId: ChannelId;
  readonly clock: Clock;
  /** Hands over the output's state as it is now, with or without this run. */
  readonly keep: () => void;
  /** Hands it over at once, and resolves when it is durable. */
  readonly keepDurably: () => Promise<void>;
  /** Called when the answer to `gate` changed. */
  readonly onChange: () => void;
}

/** How long a run is meant to last, and may last at most; s from its beginning. */
export interface RunSpan {
  /** null: nobody says. */
  readonly plannedS: number | null;
  /** null: nothing but its claimant ends it. */
  readonly longestS: number | null;
  /** null: its flow is not known. */
  readonly flowMlPerS: number | null;
}

/** The durable record that a capped output (a top-off, a doser, one with a longest time on) needs before each on. */
export class RunRecord {
  readonly #deps: RunRecordDeps;
  #state: "closed" | "writing" | "open" | "refused" = "closed";
  #run: OutputRun | null = null;
  /** What of it is on disk. */
  #durable: RunSpan | null = null;
  readonly #settled: (() => void)[] = [];
  #waiting: Cancel = () => undefined;

  constructor(deps: RunRecordDeps) {
    this.#deps = deps;
  }

  get run(): OutputRun | null {
    return this.#run;
  }

  /** The longest this run may last by what is on disk, s; null: there is no run, or nothing but its claimant ends it. */
  get longestS(): number | null {
    return this.#state === "open" ? (this.#durable?.longestS ?? null) : null;
  }

  /** Resolves when no record is being written (any more). */
  settled(): Promise<void> {
    if (this.#state !== "writing") return Promise.resolve();
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  /** Why it may not go on yet; null: its record is durable. */
  gate(): Why | null {
    if (this.#state === "open") return null;
    return this.#state === "refused" ? UNAVAILABLE : PENDING;
  }

  /** Nothing but the record stands before an on: it is written, for at most 1 s. */
  begin(span: RunSpan): void {
    if (this.#state !== "closed") return;
    const { clock } = this.#deps;
    this.#state = "writing";
    this.#waiting = after(clock, STORE_LIMIT_MS, () => this.#refuse());
    this.#write(clock.nowMs(), span, () => {
      this.#waiting();
      this.#end("open");
    });
  }

  /** What runs is meant to last for another time: until that is on disk, what was written before limits it. */
  extend(span: RunSpan): void {
    const run = this.#run;
    if (this.#state !== "open" || run === null || isSame(run, span)) return;
    this.#write(run.startAtMs, span, () => undefined);
  }

  /** It is off, or no longer wanted on. A refusal stands for its time. */
  close(): void {
    if (this.#state !== "writing" && this.#state !== "open") return;
    this.#waiting();
    this.#end("closed");
    this.#run = null;
    this.#durable = null;
    this.#deps.keep();
  }

  #write(startAtMs: number, span: RunSpan, onDurable: () => void): void {
    const { channelId, keepDurably, onChange } = this.#deps;
    const { plannedS, longestS, flowMlPerS } = span;
    const plannedMl = plannedS === null || flowMlPerS === null ? null : plannedS * flowMlPerS;
    const deadlineAtMs = longestS === null ? null : startAtMs + longestS * 1_000;
    const run: OutputRun = { channelId, startAtMs, plannedS, plannedMl, deadlineAtMs };
    this.#run = run;
    void keepDurably().then(() => {
      if (this.#run !== run || this.#state === "refused") return;
      this.#durable = span;
      onDurable();
      onChange();
    });
  }

  #end(state: "open" | "refused" | "closed"): void {
    this.#state = state;
    for (const resolve of this.#settled.splice(0)) resolve();
  }

  #refuse(): void {
    this.#end("refused");
    this.#run = null;
    this.#deps.keep();
    this.#waiting = after(this.#deps.clock, RETRY_AFTER_MS, () => {
      this.#state = "closed";
      this.#deps.onChange();
    });
    this.#deps.onChange();
  }
}

/** Less than this is the same span, s: what a hand has left is counted anew every time. */
const SAME_S = 0.5;

function isSame({ plannedS, startAtMs, deadlineAtMs }: OutputRun, span: RunSpan): boolean {
  const longestS = deadlineAtMs === null ? null : (deadlineAtMs - startAtMs) / 1_000;
  return isSameTime(plannedS, span.plannedS) && isSameTime(longestS, span.longestS);
}

function isSameTime(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < SAME_S;
}
