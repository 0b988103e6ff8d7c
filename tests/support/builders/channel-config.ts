import { ChannelConfig } from "#contract/channels.ts";
import { UNIT_OF } from "#contract/quantities.ts";
import { newId } from "#main/platform/ids.ts";

const DEFAULTS = {
  key: "water",
  name: "Water",
  kind: "sensor",
  quantity: "temperature",
  role: "display",
  pollIntervalS: 1,
  limits: null,
  calibration: null,
  output: null,
} as const;

/** A channel as it would be kept: a display tank's water temperature at 1 s, but for what is said otherwise. */
export function channelConfig(changes: Partial<ChannelConfig> = {}): ChannelConfig {
  const quantity = changes.quantity ?? DEFAULTS.quantity;
  return ChannelConfig.parse({
    ...DEFAULTS,
    id: newId(0),
    deviceId: newId(0),
    unit: UNIT_OF[quantity],
    ...changes,
  });
}
