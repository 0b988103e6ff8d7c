import { type Quantity, UNIT_OF } from "#contract/quantities.ts";
import type { ChannelSpec } from "../../ports.ts";

export const HOST_KEYS = ["cpu-temperature", "memory-used", "disk-used", "load-1-min"] as const;
export type HostKey = (typeof HOST_KEYS)[number];

/** The machine changes slowly, and reading it costs it something. */
const POLL_INTERVAL_S = 10;

const sensor = (key: HostKey, name: string, [quantity, unit]: readonly [Quantity, string]): ChannelSpec => ({
  key,
  name,
  kind: "sensor",
  quantity,
  unit,
  role: "generic",
  pollIntervalS: POLL_INTERVAL_S,
});

export const HOST_CHANNELS: readonly ChannelSpec[] = [
  sensor("cpu-temperature", "CPU temperature", ["controller-temperature", UNIT_OF["controller-temperature"]]),
  sensor("memory-used", "Memory used", ["generic", "%"]),
  sensor("disk-used", "Disk used", ["generic", "%"]),
  sensor("load-1-min", "Load, 1 min", ["generic", "processes"]),
];

export function isHostKey(key: string): key is HostKey {
  return (HOST_KEYS as readonly string[]).includes(key);
}
