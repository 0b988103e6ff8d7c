import type { Limits } from "#contract/channels.ts";
import { DeviceId, LoopId } from "#contract/ids.ts";
import { firstTankSettings } from "#contract/settings.ts";
import type { DriverDefinition } from "../hardware/ports.ts";
import { newId } from "../platform/ids.ts";
import type { Configuration } from "../settings/ports.ts";
import { channelFromSpec } from "./channels-from-specs.ts";
import { defaultModes } from "./default-modes.ts";

/** By channel key: the bands a reef is kept in, the same as the default low and high alarms of each quantity. */
const DEMO_LIMITS: Readonly<Record<string, Limits>> = {
  "display-temperature": { min: 24.4, max: 26.7 },
  "sump-temperature": { min: 24.4, max: 26.7 },
  ph: { min: 7.8, max: 8.5 },
  salinity: { min: 33.5, max: 36 },
  orp: { min: 300, max: 410 },
};

/** What a first start on simulated hardware finds: a tank that runs, with its heater under a thermostat. */
export function demoTank(simulatedTank: DriverDefinition, nowMs: number): Omit<Configuration, "revision"> {
  const deviceId = DeviceId.parse(newId(nowMs));
  const channels = simulatedTank.channels.map((spec) => ({
    ...channelFromSpec(deviceId, spec, nowMs),
    limits: DEMO_LIMITS[spec.key] ?? null,
  }));
  const idOf = (key: string) => {
    const channel = channels.find((c) => c.key === key);
    if (channel === undefined) throw new Error(`the simulated tank offers no ${key}`);
    return channel.id;
  };
  return {
    devices: [
      {
        id: deviceId,
        type: simulatedTank.type,
        name: "Demo tank",
        params: simulatedTank.params.parse({}) as Record<string, never>,
        isEnabled: true,
      },
    ],
    channels,
    loops: [
      {
        id: LoopId.parse(newId(nowMs)),
        type: "thermostat",
        name: "Temperature",
        isEnabled: true,
        sensorChannelId: idOf("display-temperature"),
        secondSensorChannelId: null,
        heaterChannelId: idOf("heater"),
        chillerChannelId: null,
        setpointC: 25.5,
        hysteresisC: 0.15,
        night: null,
        monthlyOffsetsC: null,
        holdsLastDuty: false,
        roomSensorChannelId: null,
      },
    ],
    modes: defaultModes(channels, nowMs),
    isAcquisitionRunning: true,
    hardware: "simulated",
    tank: firstTankSettings(),
  };
}
