import type { LoopState } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import type { ThermostatCommand } from "#domain/control/thermostat-command.ts";

/** How long something still lasts is told beside its output; here it would be another sentence every second. */
const COUNTDOWN = / for another [^.()]*?(?= so | first|\.|$)/;

interface Seen {
  /** What it wants on; null: nothing, or it is not there. */
  readonly wanted: Output | null;
  readonly isBehind: boolean;
}

/** What a thermostat does, in a sentence; where the arbiter holds off what it wants on, what the arbiter says. */
export function thermostatTold(
  { state, text, heaterPct }: ThermostatCommand,
  { wanted, isBehind }: Seen,
): { readonly state: LoopState["state"]; readonly text: string } {
  if (wanted !== null && wanted.requested === 0) {
    const { text: why } = wanted.blockedBy[0] ?? wanted.reason;
    const isLatched = wanted.faults.some((fault) => fault.latched);
    const water = heaterPct > 0 ? "cold" : "warm";
    const held = `Too ${water}, but ${wanted.name} is held off. ${why.replace(COUNTDOWN, "")}`;
    return { state: isLatched ? "blocked" : "waiting", text: held };
  }
  return { state, text: isBehind ? `${text} It cannot keep up, and stays on.` : text };
}
