import type { ChannelConfig } from "#contract/channels.ts";
import type { Verdict, Why } from "#domain/outputs/arbitrate.ts";
import { isCapped } from "../output-channel.ts";
import type { RunRecord, RunSpan } from "../run-record.ts";
import type { Stagger } from "../stagger.ts";

const STAGGERED = "staggered";

interface OnGateDeps {
  readonly stagger: Stagger;
  readonly record: RunRecord;
  /** Runs what it is given when the commands of this moment are out. */
  readonly later: (work: () => void) => void;
}

/** What an on has to wait for besides its guards: its turn among the loads, and the record of its run. */
export class OnGate {
  readonly #deps: OnGateDeps;

  constructor(deps: OnGateDeps) {
    this.#deps = deps;
  }

  /** @param isFirst it was never driven since the start */
  waits(channel: ChannelConfig, isFirst: boolean): { readonly stagger: Why | null; readonly record: Why | null } {
    const { stagger, record } = this.#deps;
    return { stagger: stagger.wait(channel, isFirst), record: isCapped(channel) ? record.gate() : null };
  }

  /** What was never driven since the start is not switched off for having to wait for its turn. */
  leftUntilItsTurn(verdict: Verdict, isFirst: boolean): Verdict {
    return isFirst && verdict.blockedBy[0]?.code === STAGGERED ? { ...verdict, levelPct: null } : verdict;
  }

  /** What was decided: asks for its turn, and for its record; gives back what is not needed any more. */
  follow(verdict: Verdict, channel: ChannelConfig, span: () => RunSpan): void {
    this.#followTurn(verdict, channel);
    const { record, later } = this.#deps;
    const gate = record.gate();
    if (gate !== null && verdict.blockedBy[0]?.code === gate.code) later(() => record.begin(span()));
    else if (verdict.levelPct === 0) record.close();
    else if (gate === null) later(() => record.extend(span()));
  }

  #followTurn({ blockedBy: [first] }: Verdict, channel: ChannelConfig): void {
    const { stagger, record } = this.#deps;
    if (first?.code === STAGGERED) stagger.queue(channel);
    else if (first?.code !== record.gate()?.code) stagger.leave(channel.id);
  }
}
