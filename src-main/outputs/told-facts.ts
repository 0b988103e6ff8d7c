import type { ChannelConfig } from "#contract/channels.ts";
import type { Confirmation, OutputCondition, OutputFault } from "#contract/outputs.ts";
import type { Verdict } from "#domain/outputs/arbitrate.ts";

/** What of an output makes news, as it is at hand: compared many times a second, so nothing is put together for it. */
export interface Facts {
  readonly channel: ChannelConfig;
  readonly verdict: Verdict;
  readonly actualPct: number | null;
  readonly wantedPct: number | null;
  readonly confirmation: Confirmation;
  readonly faults: readonly OutputFault[];
  readonly conditions: readonly OutputCondition[];
}

/** True where nothing but the words may have changed. */
export function areSameFacts(a: Facts, b: Facts): boolean {
  const isSameOutput = a.channel === b.channel && a.actualPct === b.actualPct && a.wantedPct === b.wantedPct;
  const isSameState = a.confirmation === b.confirmation && isSame(a.faults, b.faults, (x, y) => x === y);
  if (!(isSameOutput && isSameState && isSameVerdict(a.verdict, b.verdict))) return false;
  return isSame(a.conditions, b.conditions, (x, y) => x.holds === y.holds);
}

function isSameVerdict(a: Verdict, b: Verdict): boolean {
  if (a.levelPct !== b.levelPct || a.owner !== b.owner || a.why.code !== b.why.code) return false;
  return isSame(a.blockedBy, b.blockedBy, (x, y) => x.code === y.code);
}

function isSame<T>(a: readonly T[], b: readonly T[], isEqual: (x: T, y: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((x, index) => {
      const y = b[index];
      return y !== undefined && isEqual(x, y);
    })
  );
}
