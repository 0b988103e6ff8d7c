import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { LoopDeps } from "./control-loop.ts";
import type { OutputClaim } from "./output-claim.ts";

/** The arbiter waits at most 1 s for a record before the pump may start; what has not begun by then will not. */
const BEGIN_LIMIT_MS = 3_000;

export interface DoseOrder {
  readonly pumpChannelId: ChannelId;
  readonly forS: number;
  readonly text: string;
}

/** null: it was given whole; else why it was not, or not to its end. */
export type DoseOutcome = string | null;

interface DoseRunDeps {
  readonly claim: OutputClaim;
  readonly outputs: LoopDeps["outputs"];
  readonly clock: Clock;
}

/** One dose: asks for the pump, counts its time from the moment it is driven, and ends it to the millisecond. */
export class DoseRun {
  readonly #deps: DoseRunDeps;
  #order: DoseOrder | null = null;
  #isDriven = false;
  #onEnd: (outcome: DoseOutcome) => void = () => undefined;
  #cancelTimer: Cancel = () => undefined;
  #cancelHearing: Cancel = () => undefined;

  constructor(deps: DoseRunDeps) {
    this.#deps = deps;
  }

  get isRunning(): boolean {
    return this.#order !== null;
  }

  /** @param onEnd told once, never before this returns */
  start(order: DoseOrder, onEnd: (outcome: DoseOutcome) => void): void {
    const { claim, outputs, clock } = this.#deps;
    this.#order = order;
    this.#onEnd = onEnd;
    this.#isDriven = false;
    this.#cancelTimer = after(clock, BEGIN_LIMIT_MS, () => this.#end(whyNot(claim.outputOf(order.pumpChannelId))));
    this.#cancelHearing = outputs.onChange?.((output) => this.#hear(output)) ?? (() => undefined);
    const refusal = claim.ask(order.pumpChannelId, {
      levelPct: 100,
      code: "dose",
      text: order.text,
      forS: order.forS,
    });
    const output = claim.outputOf(order.pumpChannelId);
    if (refusal !== null) this.#endSoon(refusal);
    else if (output !== null) this.#hear(output);
  }

  /** Ends it where it is, and tells nobody. */
  abort(): void {
    this.#onEnd = () => undefined;
    this.#end(null);
  }

  #hear({ channelId, requested, owner, reason }: Output): void {
    const order = this.#order;
    if (order === null || channelId !== order.pumpChannelId) return;
    const isOurs = requested > 0 && owner === "loop";
    if (isOurs && !this.#isDriven) {
      this.#isDriven = true;
      this.#cancelTimer();
      this.#cancelTimer = after(this.#deps.clock, order.forS * 1_000, () => this.#end(null));
    } else if (!isOurs && this.#isDriven) this.#endSoon(`it was cut short: ${reason.text}`);
  }

  /** After whoever is being told now. */
  #endSoon(outcome: DoseOutcome): void {
    this.#cancelTimer();
    this.#cancelTimer = after(this.#deps.clock, 0, () => this.#end(outcome));
  }

  #end(outcome: DoseOutcome): void {
    const order = this.#order;
    if (order === null) return;
    this.#cancelTimer();
    this.#cancelHearing();
    this.#order = null;
    this.#deps.claim.ask(order.pumpChannelId, { levelPct: 0, code: "dose-over", text: "Off: the dose is over." });
    this.#onEnd(outcome);
  }
}

function whyNot(output: Output | null): string {
  if (output === null) return "its pump is not there";
  return (output.blockedBy[0] ?? output.reason).text;
}
