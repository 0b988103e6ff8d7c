import type { ApiClient } from "#tests/api-client.ts";
import { FILE_PROBE, FILE_RELAY } from "./file-drivers.ts";
import type { FileTank } from "./file-tank.ts";
import { addDevice, patchChannel } from "./set-up.ts";

/** Thermostats without minimum times, each with a probe of its own, polled at `periodMs`; the other probes are only recorded. */
export async function controlByFiles(api: ApiClient, tank: FileTank, periodMs: number): Promise<void> {
  for (const [index, { probe, relay }] of tank.controlled.entries()) {
    const [sensor] = await addDevice(api, FILE_PROBE, `Probe ${index}`, { path: probe });
    const [heater] = await addDevice(api, FILE_RELAY, `Heater ${index}`, { path: relay });
    if (sensor === undefined || heater === undefined) throw new Error("a file device has no channel");
    await patchChannel(api, sensor.id, { pollIntervalS: periodMs / 1_000 });
    await patchChannel(api, heater.id, { guards: { minOnS: 0, minOffS: 0, warnStartsPerHour: null } });
    const loop = {
      type: "thermostat",
      name: `Loop ${index}`,
      sensorChannelId: sensor.id,
      heaterChannelId: heater.id,
    };
    const { status, body } = await api.post("/loops", {
      ...loop,
      setpointC: tank.setpointC,
      hysteresisC: tank.hysteresisC,
    });
    if (status !== 201) throw new Error(`POST /loops answered ${status}: ${JSON.stringify(body)}`);
  }
  for (const [index, path] of tank.others.entries()) await addDevice(api, FILE_PROBE, `Other ${index}`, { path });
}
