import type { Output } from "#contract/outputs.ts";

interface OutputsHealth {
  readonly isOk: boolean;
  readonly detail: string;
}

/** How the outputs are, in one sentence. @param error why their state is not kept; null: it is */
export function outputsHealthFrom(outputs: readonly Output[], error: string | null): OutputsHealth {
  const isUnsure = (output: Output) => output.confirmation === "failed" || output.faults.length > 0;
  const names = outputs.filter(isUnsure).map((output) => output.name);
  if (names.length > 0) return { isOk: false, detail: `Not as told, or latched off: ${names.join(", ")}.` };
  if (error !== null) return { isOk: false, detail: `Outputs are driven, but their state is not kept: ${error}.` };
  return { isOk: true, detail: `${outputs.length} outputs as told.` };
}
