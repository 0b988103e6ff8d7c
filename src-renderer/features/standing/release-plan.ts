import type { Output, OutputFault, OutputReason } from "#contract/outputs.ts";
import type { OutputRole } from "#contract/quantities.ts";

interface Released {
  readonly output: Output;
  /** What keeps it off after the release too; null: nothing that is known. */
  readonly staysBecause: OutputFault | OutputReason | null;
}

/** Water moves before anything heats, skims or doses. */
const ORDER: Readonly<Partial<Record<OutputRole, number>>> = { "return-pump": 0, circulation: 1 };
const LAST = 2;

/** The outputs in the order they come back after an emergency stop, and which of them do not. */
export function releasePlan(outputs: readonly Output[]): readonly Released[] {
  return outputs
    .toSorted((a, b) => (ORDER[a.role] ?? LAST) - (ORDER[b.role] ?? LAST))
    .map((output) => ({ output, staysBecause: staysBecause(output) }));
}

function staysBecause({ faults, blockedBy }: Output): OutputFault | OutputReason | null {
  const fault = faults.find(({ latched }) => latched);
  return fault ?? blockedBy.find(({ code, until }) => code !== "emergency-stop" && until === null) ?? null;
}
