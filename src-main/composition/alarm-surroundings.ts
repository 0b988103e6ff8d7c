import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId, DeviceId, LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { ActiveSetpoints, AlarmSurroundings } from "../alarms/ports.ts";
import type { DriftInputs } from "../alarms/sources/drifts.ts";
import type { Clock } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import type { Configuration } from "../settings/ports.ts";

interface AroundDeps {
  readonly stateOf: (loopId: LoopId) => LoopState;
  readonly isOffline: (deviceId: DeviceId) => boolean;
  readonly readings: Pick<Readings, "latest">;
  readonly clock: Clock;
}

/** A set-point moves by the hour; asking a loop for it costs as much as a decision. */
const SETPOINT_AGE_MS = 5_000;
/** Below this a pump is off, W. */
const AT_WORK_W = 1;

/** What alarms ask of the tank around them. */
export class AlarmTank implements AlarmSurroundings, ActiveSetpoints, DriftInputs {
  readonly #deps: AroundDeps;
  #channels: ReadonlyMap<ChannelId, ChannelConfig> = new Map();
  #deviceNames: ReadonlyMap<DeviceId, string> = new Map();
  #loops: readonly LoopConfig[] = [];
  /** By sensor, the thermostat whose set-point its water follows. */
  #holders: ReadonlyMap<ChannelId, LoopId> = new Map();
  readonly #setpoints = new Map<LoopId, { readonly atMs: number; readonly setpoint: number | null }>();

  constructor(deps: AroundDeps) {
    this.#deps = deps;
  }

  configure({ channels, devices, loops }: Pick<Configuration, "channels" | "devices" | "loops">): void {
    this.#channels = new Map(channels.map((channel) => [channel.id, channel]));
    this.#deviceNames = new Map(devices.map(({ id, name }) => [id, name]));
    this.#loops = loops;
    this.#holders = holdersOf(channels, loops);
    this.#setpoints.clear();
  }

  channelOf(channelId: ChannelId): ChannelConfig | null {
    return this.#channels.get(channelId) ?? null;
  }

  lostDeviceOf(channelId: ChannelId): { readonly id: DeviceId; readonly name: string } | null {
    const id = this.#channels.get(channelId)?.deviceId;
    if (id === undefined || !this.#deps.isOffline(id)) return null;
    return { id, name: this.#deviceNames.get(id) ?? "A device" };
  }

  ofLoop(loopId: LoopId): number | null {
    const nowMs = this.#deps.clock.monotonicMs();
    const known = this.#setpoints.get(loopId);
    if (known !== undefined && nowMs - known.atMs < SETPOINT_AGE_MS) return known.setpoint;
    const state = this.#stateOf(loopId);
    const setpoint = state?.type === "thermostat" ? state.activeSetpointC : null;
    this.#setpoints.set(loopId, { atMs: nowMs, setpoint });
    return setpoint;
  }

  ofSensor(channelId: ChannelId): number | null {
    const holder = this.#holders.get(channelId);
    return holder === undefined ? null : this.ofLoop(holder);
  }

  heaterDutyPct(loopId: LoopId): number | null {
    const state = this.#stateOf(loopId);
    return state?.type === "thermostat" ? state.heaterDutyPct : null;
  }

  evaporation(loopId: LoopId): { readonly todayL: number; readonly usualL: number } | null {
    const state = this.#stateOf(loopId);
    if (state?.type !== "top-off" || state.pumpedLastDayL === null || state.evaporationLPerDay === null)
      return null;
    return { todayL: state.pumpedLastDayL, usualL: state.evaporationLPerDay };
  }

  powerW(outputChannelId: ChannelId): number | null {
    const meter = this.#channels.get(outputChannelId)?.output?.equipment.powerChannelId ?? null;
    const reading = meter === null ? null : (this.#deps.readings.latest(meter)?.reading ?? null);
    if (reading === null || reading.quality !== "good") return null;
    return reading.value !== null && reading.value > AT_WORK_W ? reading.value : null;
  }

  #stateOf(loopId: LoopId): LoopState | null {
    if (!this.#loops.some(({ id }) => id === loopId)) return null;
    try {
      return this.#deps.stateOf(loopId);
    } catch {
      // Safe mode runs it not.
      return null;
    }
  }
}

/** A thermostat's own probes; and every other one in the same water, where there is but one thermostat. */
function holdersOf(
  channels: readonly ChannelConfig[],
  loops: readonly LoopConfig[],
): ReadonlyMap<ChannelId, LoopId> {
  const thermostats = loops.filter((loop) => loop.type === "thermostat");
  const [first] = thermostats;
  const holders = new Map<ChannelId, LoopId>();
  for (const { id, kind, quantity, role } of channels) {
    if (kind !== "sensor" || quantity !== "temperature" || role === "room") continue;
    const own = thermostats.find((loop) => [loop.sensorChannelId, loop.secondSensorChannelId].includes(id));
    const holder = own ?? (thermostats.length === 1 ? first : undefined);
    if (holder !== undefined) holders.set(id, holder.id);
  }
  return holders;
}
