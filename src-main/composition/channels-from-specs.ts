import type { ChannelConfig } from "#contract/channels.ts";
import { ChannelId, type DeviceId } from "#contract/ids.ts";
import { OutputRole } from "#contract/quantities.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import type { ChannelSpec } from "../hardware/ports.ts";
import { newId } from "../platform/ids.ts";
import type { Configuration } from "../settings/ports.ts";

/**
 * A new channel as its device declares it. An output a driver does not know the use of starts as `generic`: off when
 * safe, unchanged at power-up, manual only.
 */
export function channelFromSpec(deviceId: DeviceId, spec: ChannelSpec, nowMs: number): ChannelConfig {
  const role = OutputRole.safeParse(spec.role);
  return {
    id: ChannelId.parse(newId(nowMs)),
    deviceId,
    key: spec.key,
    name: spec.name,
    kind: spec.kind,
    quantity: spec.quantity,
    unit: spec.unit,
    role: spec.role,
    pollIntervalS: spec.pollIntervalS,
    limits: null,
    calibration: null,
    output: spec.kind === "sensor" ? null : defaultOutputSettings(role.success ? role.data : "generic"),
  };
}

/** The configuration with the channels added that a device offers and that are not known yet; as it is where the device was removed meanwhile. */
export function withOffered(
  current: Configuration,
  { deviceId, specs }: { readonly deviceId: DeviceId; readonly specs: readonly ChannelSpec[] },
  nowMs: number,
): Configuration {
  if (!current.devices.some((device) => device.id === deviceId)) return current;
  const keys = new Set(current.channels.filter((c) => c.deviceId === deviceId).map((c) => c.key));
  const added = specs.filter((s) => !keys.has(s.key)).map((s) => channelFromSpec(deviceId, s, nowMs));
  return added.length === 0 ? current : { ...current, channels: [...current.channels, ...added] };
}
