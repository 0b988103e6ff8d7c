import { z } from "zod";
import type { ChannelSpec, DriverDefinition } from "#main/hardware/ports.ts";

/** The types of a sensor that is only ever pushed to, and of a relay that writes down when it was told. */
export const PUSHED_PROBE = "pushed-probe";
export const NOTING_RELAY = "noting-relay";

export const PUSHED: ChannelSpec = {
  key: "value",
  name: "Pushed",
  kind: "sensor",
  quantity: "generic",
  unit: "",
  role: "generic",
  pollIntervalS: 86_400,
};
const RELAY: ChannelSpec = {
  key: "relay",
  name: "Noting relay",
  kind: "switch",
  quantity: "generic",
  unit: "%",
  role: "fan",
  pollIntervalS: 1,
};

/** When each noting relay was told something else than before, by performance.now(). */
export const toldAtMs: number[] = [];

export const PUSH_DRIVERS: readonly DriverDefinition[] = [
  definition(PUSHED_PROBE, PUSHED, () => ({
    timeoutMs: 1_000,
    open: async () => [PUSHED],
    sample: async () => new Map(),
    close: async () => undefined,
  })),
  definition(NOTING_RELAY, RELAY, () => {
    let levelPct = 0;
    return {
      timeoutMs: 1_000,
      open: async () => [RELAY],
      sample: async () => new Map(),
      write: async (_key, wantedPct) => {
        if (wantedPct !== levelPct) toldAtMs.push(performance.now());
        levelPct = wantedPct;
      },
      readBack: async () => levelPct,
      close: async () => undefined,
    };
  }),
];

function definition(type: string, channel: ChannelSpec, create: DriverDefinition["create"]): DriverDefinition {
  return {
    type,
    title: type,
    category: "system",
    params: z.strictObject({}),
    channels: [channel],
    simulated: false,
    unsupportedReason: () => null,
    addressOf: () => null,
    create,
  };
}
