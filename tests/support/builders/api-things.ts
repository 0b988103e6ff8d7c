import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import { Guards } from "#contract/guards.ts";
import type { Output } from "#contract/outputs.ts";
import type { Health } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import { channelConfig } from "./channel-config.ts";

const SINCE = instantFrom(Date.UTC(2026, 0, 1));

/** A channel as the API shows it: a display tank's water temperature, but for what is said otherwise. */
export function channel(changes: Partial<Channel> = {}): Channel {
  const { output: _, ...config } = channelConfig();
  return {
    ...config,
    simulated: true,
    safeState: null,
    powerUpState: null,
    emergencyState: null,
    guards: null,
    permissives: null,
    equipment: null,
    switchedByHand: null,
    ...changes,
  };
}

export function device(changes: Partial<Device> & Pick<Device, "id">): Device {
  return {
    type: "simulated-tank",
    name: "Demo tank",
    params: {},
    isEnabled: true,
    simulated: true,
    status: { state: "online", since: SINCE, lastError: null },
    channels: [],
    ...changes,
  };
}

export function output(changes: Partial<Output> & Pick<Output, "channelId">): Output {
  return {
    name: "Heater",
    role: "heater",
    requested: 0,
    actual: 0,
    confirmation: "confirmed",
    owner: "none",
    reason: { code: "idle", text: "Nothing asks for it", until: null },
    blockedBy: [],
    since: SINCE,
    faults: [],
    guards: Guards.parse({ minOnS: 60, minOffS: 180, maxOnS: null }),
    safeState: 0,
    cycles: { startsLastHour: 0, startsLastDay: 0, startsTotal: 0, relayLifeLeftPct: null },
    budgets: [],
    conditions: [],
    absent: [],
    ...changes,
  };
}

export function health(status: Health["status"] = "ok"): Health {
  const ok = { status: "ok", detail: "fine", since: SINCE } as const;
  const checks = {
    database: { ...ok, status },
    acquisition: ok,
    outputs: ok,
    clock: ok,
    disk: ok,
    localStore: ok,
  };
  return { status, checks, version: "1.2.3" };
}
