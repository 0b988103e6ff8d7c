import type { ChannelConfig, OutputSettings } from "#contract/channels.ts";
import type { Configuration } from "#contract/configuration.ts";
import { type ChannelId, DeviceId, LoopId } from "#contract/ids.ts";
import { LoopConfig } from "#contract/loops.ts";
import { NO_NOTIFICATIONS } from "#contract/notifications.ts";
import { firstTankSettings } from "#contract/settings.ts";
import { channelFromSpec } from "../../composition/channels-from-specs.ts";
import { tankChannels } from "../../hardware/drivers/simulated-tank/channels.ts";
import type { SimulatedTankParams } from "../../hardware/drivers/simulated-tank/params.ts";
import { DOSE_DKH_L_PER_ML } from "../../hardware/simulated/chemistry.ts";
import { DOSER_ML_PER_S } from "../../hardware/simulated/equipment.ts";
import type { SimulatedTank } from "../../hardware/simulated/simulated-tank.ts";
import { geometryFrom } from "../../hardware/simulated/tank-settings.ts";
import { newId } from "../../platform/ids.ts";
import type { House } from "./house.ts";

/** How the tank under test is fitted; the default is all of it. */
export interface Fittings {
  /** The heater's plug measures its power. */
  readonly isHeaterMetered: boolean;
  readonly hasHeaterOutlet: boolean;
  readonly hasChiller: boolean;
}
export const ALL_FITTED: Fittings = { isHeaterMetered: true, hasHeaterOutlet: true, hasChiller: true };

export const SETPOINT_C = 25.5;
/** Twice the default, half of which is not used where a chiller is there too: heating ends at the set-point. */
export const HYSTERESIS_C = 0.25;
/** What it doses: a little less than the corals use, mL a day in so many doses. */
export const DOSE_ML_PER_DAY = 24;
export const DOSES_PER_DAY = 8;
/** It fills below the first and until the second, % of the sump: further apart than its waves reach. */
export const FILL_BELOW_PCT = 67;
export const FILL_UNTIL_PCT = 68;
/** A return line that moves less than this stands still, L/h; a healthy one moves 3,000. */
const FLOWS_ABOVE_L_PER_H = 500;
/** The zone of the tank's day, with both clock changes a year. */
const TIME_ZONE = "Europe/Berlin";

/** What hangs on an ordinary socket and is always on. */
const UNCONTROLLED: readonly string[] = ["circulation", "skimmer", "light"];

/** What moves slowly is asked slowly, as a keeper of many probes sets it, s. Everything else every second. */
const POLL_S: Readonly<Record<string, number>> = {
  "display-temperature": 5,
  "sump-temperature": 5,
  "room-temperature": 60,
  ph: 10,
  orp: 60,
  salinity: 60,
  "sump-high-float": 5,
  "sump-float": 5,
  "reservoir-level": 10,
  leak: 5,
  "return-flow": 5,
};

/** The simulated tank as it is fitted: 400 L and a 300 W heater in a room of 21 to 24 °C, but for what a moment says. */
export function paramsFor(fittings: Fittings, seed: number): Record<string, unknown> {
  return {
    seed,
    chillerW: fittings.hasChiller ? 300 : null,
    hasHeaterOutlet: fittings.hasHeaterOutlet,
    hasSumpFloats: true,
    hasDoserMeter: true,
    reservoirL: 60,
  };
}

/** The configuration a careful keeper would make of it: every sensor that is there guards something. */
export function survivalTank(fittings: Fittings, { params, tank }: House, nowMs: number): Configuration {
  const deviceId = DeviceId.parse(newId(nowMs));
  const matched = { "sump-temperature": { offset: offsetOfSumpProbe(tank) } };
  const controlled = tankChannels(params).filter(({ key }) => !UNCONTROLLED.includes(key));
  const bare = controlled.map((spec) => ({
    ...channelFromSpec(deviceId, { ...spec, pollIntervalS: POLL_S[spec.key] ?? 1 }, nowMs),
    calibration: Object.entries(matched).find(([key]) => key === spec.key)?.[1] ?? null,
  }));
  const idOf = (key: string) => channelNamed(bare, key).id;
  const { sumpCapacityL, sumpStartL, backDrainL } = geometryFrom(params);
  return {
    revision: 1,
    hardware: "simulated",
    devices: [
      {
        id: deviceId,
        type: "simulated-tank",
        name: "Tank under test",
        params: params as unknown as Record<string, never>,
        isEnabled: true,
      },
    ],
    channels: bare.map((channel) => fitted(channel, { fittings, idOf, params })),
    loops: loopsFor({ fittings, idOf, params }, nowMs),
    modes: [],
    alarms: null,
    notifications: NO_NOTIFICATIONS,
    isAcquisitionRunning: true,
    tank: {
      ...firstTankSettings(),
      timeZone: TIME_ZONE,
      systemVolumeL: params.volumeL,
      sumpFreeL: sumpCapacityL - sumpStartL,
      backDrainL,
    },
  };
}

/** A one-point match of the two probes, in water that is equally warm everywhere. */
function offsetOfSumpProbe(tank: SimulatedTank): number {
  const [display, sump] = [tank.read("display-temperature"), tank.read("sump-temperature")];
  return "value" in display && "value" in sump ? display.value - sump.value : 0;
}

type IdOf = (key: string) => ChannelId;

interface Around {
  readonly fittings: Fittings;
  readonly idOf: IdOf;
  readonly params: SimulatedTankParams;
}

/** An output with what hangs on it, and what must hold for it. */
function fitted(channel: ChannelConfig, around: Around): ChannelConfig {
  const { output } = channel;
  if (output === null) return channel;
  const equipment = { ...output.equipment, ...equipmentOf(channel.key, around) };
  const permissives = [...output.permissives, ...permissivesOf(channel.key, around)];
  return { ...channel, output: { ...output, equipment, permissives } };
}

function equipmentOf(key: string, { fittings, idOf, params }: Around): Partial<OutputSettings["equipment"]> {
  switch (key) {
    case "heater":
      return {
        ratedW: params.heaterW,
        powerChannelId: fittings.isHeaterMetered ? idOf("heater-power") : null,
        masterChannelId: fittings.hasHeaterOutlet ? idOf("heater-outlet") : null,
      };
    case "top-off":
      return { flowMlPerS: geometryFrom(params).topOffLPerS * 1_000 };
    case "doser-alkalinity":
      return { flowMlPerS: DOSER_ML_PER_S, powerChannelId: idOf("doser-power") };
    default:
      return {};
  }
}

/** Nothing heats, fills or doses a sump that stands still. */
function permissivesOf(key: string, { idOf }: Around): OutputSettings["permissives"] {
  if (!["heater", "top-off", "doser-alkalinity"].includes(key)) return [];
  return [{ kind: "sensor", channelId: idOf("return-flow"), min: FLOWS_ABOVE_L_PER_H, max: null }];
}

function loopsFor({ fittings: { hasChiller }, idOf, params: { volumeL } }: Around, nowMs: number): LoopConfig[] {
  const id = () => LoopId.parse(newId(nowMs));
  return [
    LoopConfig.parse({
      id: id(),
      type: "thermostat",
      name: "Temperature",
      sensorChannelId: idOf("display-temperature"),
      secondSensorChannelId: idOf("sump-temperature"),
      heaterChannelId: idOf("heater"),
      chillerChannelId: hasChiller ? idOf("chiller") : null,
      setpointC: SETPOINT_C,
      hysteresisC: HYSTERESIS_C,
      roomSensorChannelId: idOf("room-temperature"),
    }),
    LoopConfig.parse({
      id: id(),
      type: "top-off",
      name: "Top-off",
      pumpChannelId: idOf("top-off"),
      levelChannelId: idOf("sump-level"),
      fillBelow: FILL_BELOW_PCT,
      fillUntil: FILL_UNTIL_PCT,
      highLevelChannelId: idOf("sump-high-float"),
      reservoirChannelId: idOf("reservoir-level"),
      returnPumpChannelId: idOf("return-pump"),
      leakChannelIds: [idOf("leak")],
    }),
    LoopConfig.parse({
      id: id(),
      type: "doser",
      name: "Alkalinity",
      pumpChannelId: idOf("doser-alkalinity"),
      part: "alkalinity",
      alkalinityDkhPerMl: DOSE_DKH_L_PER_ML / volumeL,
      mlPerDay: DOSE_ML_PER_DAY,
      dosesPerDay: DOSES_PER_DAY,
      returnPumpChannelId: idOf("return-pump"),
      phChannelId: idOf("ph"),
      containerMl: 5_000,
    }),
    LoopConfig.parse({
      id: id(),
      type: "rule",
      name: "Return flow",
      conditions: [{ kind: "below", channelId: idOf("return-flow"), value: FLOWS_ABOVE_L_PER_H, forS: 60 }],
      actions: [{ kind: "alarm", priority: "critical", text: "The return stands still: look after its pump." }],
    }),
  ];
}

function channelNamed(channels: readonly ChannelConfig[], key: string): ChannelConfig {
  const channel = channels.find((c) => c.key === key);
  if (channel === undefined) throw new Error(`the simulated tank offers no ${key}`);
  return channel;
}
