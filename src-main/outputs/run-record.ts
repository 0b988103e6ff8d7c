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

/** The durable record that a capped output (a top-off, a doser, one with a longest time on) needs before each on. */
export class RunRecord {
  readonly #deps: RunRecordDeps;
  #state: "closed" | "writing" | "open" | "refused" = "closed";
  #run: OutputRun | null = null;
  readonly #settled: (() => void)[] = [];
  #waiting: Cancel = () => undefined;

  constructor(deps: RunRecordDeps) {
    this.#deps = deps;
  }

  get run(): OutputRun | null {
    return this.#run;
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

  /**
   * Nothing but the record stands before an on: it is written, for at most 1 s.
   * @param plannedS null: no limit is known @param plannedMl null: its flow is not known
   */
  begin(plannedS: number | null, plannedMl: number | null): void {
    if (this.#state !== "closed") return;
    const { channelId, clock } = this.#deps;
    const startAtMs = clock.nowMs();
    const run = {
      channelId,
      startAtMs,
      plannedS,
      plannedMl,
      deadlineAtMs: plannedS === null ? null : startAtMs + plannedS * 1_000,
    };
    this.#run = run;
    this.#state = "writing";
    this.#waiting = after(clock, STORE_LIMIT_MS, () => this.#refuse());
    void this.#deps.keepDurably().then(() => {
      if (this.#run !== run || this.#state !== "writing") return;
      this.#waiting();
      this.#end("open");
      this.#deps.onChange();
    });
  }

  /** It is off, or no longer wanted on. A refusal stands for its time. */
  close(): void {
    if (this.#state !== "writing" && this.#state !== "open") return;
    this.#waiting();
    this.#end("closed");
    this.#run = null;
    this.#deps.keep();
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
