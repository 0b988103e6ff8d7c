import type { Configuration } from "#contract/configuration.ts";
import { DeviceId, LoopId } from "#contract/ids.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { channelConfig } from "./channel-config.ts";
import { channelIdOf } from "./reading.ts";

const DEVICE_ID = DeviceId.parse("01890000-0000-7000-8000-0000000000d1");
const LOOP_ID = LoopId.parse("01890000-0000-7000-8000-0000000000a1");

/** One device with a probe and a heater and the loop between them, but for what is said otherwise. */
export function configOf(changes: Partial<Configuration> = {}): Configuration {
  return {
    revision: 1,
    hardware: "simulated",
    devices: [
      { id: DEVICE_ID, type: "simulated-tank", name: "Tank", params: { seed: 1, faults: {} }, isEnabled: true },
    ],
    channels: [
      channelConfig({ id: channelIdOf(1), deviceId: DEVICE_ID }),
      channelConfig({
        id: channelIdOf(2),
        deviceId: DEVICE_ID,
        key: "heater",
        kind: "switch",
        quantity: "generic",
        role: "heater",
        output: defaultOutputSettings("heater"),
      }),
    ],
    loops: [
      {
        id: LOOP_ID,
        type: "thermostat",
        name: "Heating",
        isEnabled: true,
        sensorChannelId: channelIdOf(1),
        secondSensorChannelId: null,
        heaterChannelId: channelIdOf(2),
        chillerChannelId: null,
        setpointC: 25.5,
        hysteresisC: 0.15,
        night: null,
        monthlyOffsetsC: null,
        holdsLastDuty: false,
        roomSensorChannelId: null,
      },
    ],
    modes: [],
    alarms: null,
    notifications: NO_NOTIFICATIONS,
    isAcquisitionRunning: true,
    tank: {
      tankName: "Reef tank",
      timeZone: "UTC",
      place: null,
      systemVolumeL: null,
      sumpFreeL: null,
      backDrainL: null,
    },
    ...changes,
  };
}
