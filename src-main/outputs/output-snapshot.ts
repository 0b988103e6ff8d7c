import type { Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import { roleOf, settingsOf } from "./output-channel.ts";
import type { Facts } from "./told-facts.ts";

interface Shown {
  readonly facts: Facts;
  readonly since: string;
  /** Both as of now: they move with time alone. */
  readonly cycles: () => Output["cycles"];
  readonly budgets: () => Output["budgets"];
}

interface Last {
  readonly facts: Facts;
  readonly atMs: number;
  readonly output: Output;
}

/** An output as it is shown: put together once for all who ask in the same moment. */
export class OutputSnapshot {
  #last: Last | null = null;

  /** @param atMs monotonic */
  of(shown: Shown, atMs: number): Output {
    const { facts } = shown;
    if (this.#last?.atMs === atMs && isSameMoment(this.#last.facts, facts)) return this.#last.output;
    const output = outputFrom(shown);
    this.#last = { facts, atMs, output };
    return output;
  }
}

/** Every decision makes another list of conditions, even where it comes to the same. */
function isSameMoment(a: Facts, b: Facts): boolean {
  const isSameDecision = a.conditions === b.conditions && a.verdict === b.verdict && a.channel === b.channel;
  const isSameDrive = a.wantedPct === b.wantedPct && a.actualPct === b.actualPct;
  return isSameDecision && isSameDrive && a.confirmation === b.confirmation && a.faults === b.faults;
}

function outputFrom({ facts, since, cycles, budgets }: Shown): Output {
  const { channel, verdict } = facts;
  const { guards, safeState } = settingsOf(channel);
  return {
    channelId: channel.id,
    name: channel.name,
    role: roleOf(channel),
    requested: facts.wantedPct ?? facts.actualPct ?? 0,
    actual: facts.actualPct,
    confirmation: facts.confirmation,
    owner: verdict.owner,
    reason: reasonFrom(verdict.why),
    blockedBy: verdict.blockedBy.map(reasonFrom),
    since,
    faults: [...facts.faults],
    guards,
    safeState,
    cycles: cycles(),
    budgets: budgets(),
    conditions: [...facts.conditions],
  };
}

function reasonFrom(why: Why): Output["reason"] {
  return { code: why.code, text: why.text, until: why.untilMs === null ? null : instantFrom(why.untilMs) };
}
