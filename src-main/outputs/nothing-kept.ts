import type { OutputStateStore } from "./ports.ts";

/** For outputs of which nothing outlives the process: a preview, a replay. */
export const NOTHING_KEPT: OutputStateStore = {
  load: async () => ({ emergencyStop: { isActive: false, since: null, by: null }, outputs: [] }),
  saveEmergencyStop: async () => undefined,
  saveOutput: async () => undefined,
};
