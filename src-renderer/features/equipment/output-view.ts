import type { Output, OutputReason } from "#contract/outputs.ts";

/** What the segmented control shows: whose word counts. */
export type OutputMode = "off" | "auto" | "on";

/** What is known of an output now; `on` and `off` only where its device confirmed it and is still heard. */
export type OutputLamp = "on" | "off" | "pending" | "failed" | "unknown";

export function modeOf({ owner, requested }: Output): OutputMode {
  if (owner !== "manual") return "auto";
  return requested > 0 ? "on" : "off";
}

export function lampOf({ confirmation, actual }: Output, isOnline: boolean): OutputLamp {
  if (!isOnline || confirmation === "unknown") return "unknown";
  if (confirmation !== "confirmed") return confirmation;
  if (actual === null) return "unknown";
  return actual > 0 ? "on" : "off";
}

/** Whether what was asked for and what the device says want to be told apart. */
export function isUnsettled({ confirmation, actual, requested }: Output): boolean {
  return confirmation !== "confirmed" || actual !== requested;
}

/** What keeps a wish from being granted, without what the reason itself says already. */
export function furtherBlocks({ reason, blockedBy, faults }: Output): readonly OutputReason[] {
  const said = new Set([reason.text, ...faults.map(({ text }) => text)]);
  return blockedBy.filter(({ text }) => {
    if (said.has(text)) return false;
    said.add(text);
    return true;
  });
}
