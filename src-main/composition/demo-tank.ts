import type { ChannelConfig, Limits } from "#contract/channels.ts";
import type { Equipment } from "#contract/guards.ts";
import { DeviceId, LoopId } from "#contract/ids.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";
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

/** What the default simulated tank's equipment has on its nameplates. */
const DEMO_EQUIPMENT: Readonly<Record<string, Partial<Equipment>>> = {
  heater: { ratedW: 300 },
  "top-off": { flowMlPerS: 20 },
};
const DEMO_METERS: Readonly<Record<string, string>> = { heater: "heater-power" };

function nameplated(channel: ChannelConfig, all: readonly ChannelConfig[]): ChannelConfig["output"] {
  if (channel.output === null) return null;
  const meter = all.find(({ key }) => key === DEMO_METERS[channel.key])?.id ?? null;
  const equipment = { ...channel.output.equipment, ...DEMO_EQUIPMENT[channel.key], powerChannelId: meter };
  return { ...channel.output, equipment };
}

/** What a first start on simulated hardware finds: a tank that runs, with its heater under a thermostat. */
export function demoTank(simulatedTank: DriverDefinition, nowMs: number): Omit<Configuration, "revision"> {
  const deviceId = DeviceId.parse(newId(nowMs));
  const bare = simulatedTank.channels.map((spec) => ({
    ...channelFromSpec(deviceId, spec, nowMs),
    limits: DEMO_LIMITS[spec.key] ?? null,
  }));
  const channels = bare.map((channel) => ({ ...channel, output: nameplated(channel, bare) }));
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
        roomSensorChannelId: idOf("room-temperature"),
      },
      {
        id: LoopId.parse(newId(nowMs)),
        type: "top-off",
        name: "Top-off",
        isEnabled: true,
        pumpChannelId: idOf("top-off"),
        levelChannelId: idOf("sump-level"),
        fillBelow: 65,
        fillUntil: 66.5,
        highLevelChannelId: null,
        reservoirChannelId: idOf("reservoir-level"),
        returnPumpChannelId: idOf("return-pump"),
        leakChannelIds: [idOf("leak")],
        onDelayS: 10,
        offDelayS: 5,
      },
    ],
    modes: defaultModes(channels, nowMs),
    alarms: null,
    notifications: NO_NOTIFICATIONS,
    isAcquisitionRunning: true,
    hardware: "simulated",
    tank: { ...firstTankSettings(), systemVolumeL: 400, sumpFreeL: 40, backDrainL: 12 },
  };
}
