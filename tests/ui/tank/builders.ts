import { Channel } from "#contract/channels.ts";
import { Device } from "#contract/devices.ts";
import { Output } from "#contract/outputs.ts";
import { UNIT_OF } from "#contract/quantities.ts";
import { LiveReading } from "#contract/readings.ts";
import type { Health, HealthCheckName } from "#contract/system.ts";
import { channel } from "#tests/builders/api-things.ts";

const SINCE = "2026-11-23T10:00:00.000Z";
const DEVICE_ID = "0197a000-0000-7000-8000-000000000001";

export function idOf(number: number): string {
  return `0197a000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

export function sensor(number: number, of: Partial<Channel> = {}): Channel {
  const quantity = of.quantity ?? "temperature";
  const key = `k${number}`;
  const unset = channel({ key, name: `Sensor ${number}`, quantity, unit: UNIT_OF[quantity], role: "generic" });
  return Channel.parse({ ...unset, id: idOf(number), deviceId: DEVICE_ID, ...of });
}

export function device(channels: readonly Channel[], of: Partial<Device> = {}): Device {
  return Device.parse({
    id: DEVICE_ID,
    type: "simulated-tank",
    name: "Demo tank",
    params: {},
    isEnabled: true,
    simulated: true,
    status: { state: "online", since: SINCE, lastError: null },
    channels,
    ...of,
  });
}

export function reading(channelId: string, of: Partial<LiveReading> = {}): LiveReading {
  return LiveReading.parse({ channelId, value: 25.5, unit: "°C", quality: "good", takenAt: SINCE, ...of });
}

export function output(channelId: string, of: Partial<Output> = {}): Output {
  return Output.parse({
    channelId,
    name: "Heater",
    role: "heater",
    requested: 0,
    actual: 0,
    confirmation: "confirmed",
    owner: "loop",
    reason: { code: "idle", text: "Idle.", until: null },
    blockedBy: [],
    since: SINCE,
    faults: [],
    guards: { minOnS: 0, minOffS: 0, maxOnS: null },
    safeState: 0,
    cycles: { startsLastHour: 0, startsLastDay: 0, startsTotal: 0, relayLifeLeftPct: null },
    budgets: [],
    conditions: [],
    absent: [],
    ...of,
  });
}

export function health(wrong: Partial<Record<HealthCheckName, "degraded" | "failing">> = {}): Health {
  const check = (name: HealthCheckName) => ({ status: wrong[name] ?? "ok", detail: "", since: SINCE }) as const;
  return {
    status: Object.values(wrong).length > 0 ? "degraded" : "ok",
    checks: {
      database: check("database"),
      acquisition: check("acquisition"),
      outputs: check("outputs"),
      clock: check("clock"),
      disk: check("disk"),
      localStore: check("localStore"),
    },
    version: "0.0.0",
  };
}
