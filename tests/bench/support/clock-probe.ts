import { z } from "zod";
import type { ChannelSpec, DriverDefinition } from "#main/hardware/ports.ts";
import { machineMs } from "./machine-clock.ts";

const SPEC: ChannelSpec = {
  key: "value",
  name: "Clock",
  kind: "sensor",
  quantity: "generic",
  unit: "",
  role: "generic",
  pollIntervalS: 0.1,
};
const TIMEOUT_MS = 500;

/** The type of a sensor whose value is the moment it was read, so that whoever hears of it knows how old it is. */
export const CLOCK_PROBE = "clock-probe";

export const CLOCK_DRIVER: DriverDefinition = {
  type: CLOCK_PROBE,
  title: CLOCK_PROBE,
  category: "system",
  params: z.strictObject({}),
  channels: [SPEC],
  simulated: false,
  unsupportedReason: () => null,
  addressOf: () => null,
  create: () => ({
    timeoutMs: TIMEOUT_MS,
    open: async () => [SPEC],
    sample: async () => new Map([[SPEC.key, { value: machineMs() }]]),
    close: async () => undefined,
  }),
};
