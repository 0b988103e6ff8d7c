import type { ChannelConfig } from "#contract/channels.ts";
import type { Configuration } from "#contract/configuration.ts";
import type { DeviceConfig } from "#contract/devices.ts";
import { ChannelId, ControllerId, DeviceId, LoopId } from "#contract/ids.ts";
import type { LoopConfig, ThermostatConfig } from "#contract/loops.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";

const uuid = (kind: number, n: number) => `0190a000-000${kind}-7000-8000-${String(n).padStart(12, "0")}`;

export const controllerId = ControllerId.parse(uuid(0, 1));

export function device(n: number, more: Partial<DeviceConfig> = {}): DeviceConfig {
  return {
    id: DeviceId.parse(uuid(1, n)),
    type: "simulated-tank",
    name: `Device ${n}`,
    params: {},
    isEnabled: true,
    ...more,
  };
}

/** A temperature probe of device 1. */
export function channel(n: number, more: Partial<ChannelConfig> = {}): ChannelConfig {
  return {
    id: ChannelId.parse(uuid(2, n)),
    deviceId: device(1).id,
    key: `probe-${n}`,
    name: `Probe ${n}`,
    kind: "sensor",
    quantity: "temperature",
    unit: "°C",
    role: "display",
    pollIntervalS: 1,
    limits: null,
    calibration: null,
    output: null,
    ...more,
  };
}

/** A thermostat on channel 1 that drives channel 2. */
export function loop(n: number, more: Partial<ThermostatConfig> = {}): ThermostatConfig {
  return {
    id: LoopId.parse(uuid(3, n)),
    type: "thermostat",
    name: `Loop ${n}`,
    isEnabled: true,
    sensorChannelId: channel(1).id,
    secondSensorChannelId: null,
    heaterChannelId: channel(2).id,
    chillerChannelId: null,
    setpointC: 25.5,
    hysteresisC: 0.15,
    night: null,
    monthlyOffsetsC: null,
    holdsLastDuty: false,
    roomSensorChannelId: null,
    ...more,
  };
}

export function configurationOf(
  devices: readonly DeviceConfig[],
  channels: readonly ChannelConfig[],
  loops: readonly LoopConfig[] = [],
): Configuration {
  const tank = {
    tankName: "Reef tank",
    timeZone: "UTC",
    place: null,
    systemVolumeL: null,
    sumpFreeL: null,
    backDrainL: null,
  };
  return {
    revision: 1,
    devices,
    channels,
    loops,
    modes: [],
    alarms: null,
    notifications: NO_NOTIFICATIONS,
    isAcquisitionRunning: true,
    hardware: "simulated",
    tank,
  };
}
