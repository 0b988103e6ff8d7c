import type { ActiveFault, FaultName } from "./faults.ts";
import type { OutputKey } from "./tank-keys.ts";
import type { TankGeometry, TankSettings } from "./tank-settings.ts";
import type { TankDrives } from "./tank-state.ts";
import { daylightFraction } from "./weather.ts";

/** What a plug, or a lamp's driver, is switched to. */
export interface Plug {
  readonly levelPct: number;
  /** When it last changed, s of the tank's own time; null: never since the tank was set up. */
  readonly changedAtS: number | null;
  /** When it drops its load by itself unless it is told again, s of the tank's own time; null: it does not. */
  readonly dropsAtS: number | null;
}
export type Plugs = Readonly<Record<OutputKey, Plug>>;

const OFF: Plug = { levelPct: 0, changedAtS: null, dropsAtS: null };
export const ALL_OFF: Plugs = {
  heater: OFF,
  "return-pump": OFF,
  circulation: OFF,
  skimmer: OFF,
  "top-off": OFF,
  light: OFF,
  chiller: OFF,
  // Upstream of the heater's own plug, and on until somebody cuts it.
  "heater-outlet": { levelPct: 100, changedAtS: null, dropsAtS: null },
  "doser-alkalinity": OFF,
};

export const DOSER_ML_PER_S = 0.5;
/** A stepper pump with its driver, at working speed. */
const DOSER_W = 12;
/** A degraded heater gives this share of its power, and draws no more. */
const DEGRADED_FRACTION = 0.2;
const SLOW_DOSER_FRACTION = 0.5;
/** A short doser stops by itself after this long, s. */
const SHORT_DOSE_S = 3;
/** A doser that runs on goes on for so long after it was switched off, s. */
const RUN_ON_S = 30;
const SIPHON_FRACTION = 0.5;
const LEAK_L_PER_S = 0.5 / 60;
const HEAT_WAVE_C = 9;
const COLD_SNAP_C = -10;
/** Lamps saturate the corals at half their power. */
const SATURATING_FRACTION = 0.5;

export interface Moment {
  readonly plugs: Plugs;
  /** False during a power cut. */
  readonly hasMains: boolean;
  readonly faults: readonly ActiveFault[];
  readonly atS: number;
}

/** When the next plug drops its load by itself, s of the tank's own time; infinite: none does. */
export function nextDropS(plugs: Plugs): number {
  return Math.min(...Object.values(plugs).map(({ dropsAtS }) => dropsAtS ?? Number.POSITIVE_INFINITY));
}

/** The plugs once those are off whose time is up. */
export function afterDrops(plugs: Plugs, atS: number): Plugs {
  const drop = (plug: Plug): Plug =>
    (plug.dropsAtS ?? Number.POSITIVE_INFINITY) <= atS ? { levelPct: 0, changedAtS: atS, dropsAtS: null } : plug;
  return Object.fromEntries(Object.entries(plugs).map(([key, plug]) => [key, drop(plug)])) as Plugs;
}

/** What the heater draws and heats with, W, whatever its plug says. */
export function heaterPowerW({ plugs, faults, hasMains }: Moment, settings: TankSettings): number {
  if (!hasMains || plugs["heater-outlet"].levelPct === 0) return 0;
  const has = (name: FaultName) => faults.some((fault) => fault.name === name);
  if (has("heater-relay-stuck-off")) return 0;
  const isOn = plugs.heater.levelPct > 0 || has("heater-relay-stuck-on");
  return isOn ? settings.heaterW * (has("heater-degraded") ? DEGRADED_FRACTION : 1) : 0;
}

/** What the equipment does to the water at this moment. */
export function drivesAt(
  moment: Moment,
  { settings, geometry, startWallS }: { settings: TankSettings; geometry: TankGeometry; startWallS: number },
): TankDrives {
  const { plugs, faults, atS, hasMains } = moment;
  const has = (name: FaultName) => faults.some((fault) => fault.name === name);
  const isOn = (key: OutputKey) => hasMains && plugs[key].levelPct > 0;
  const shiftOf = (name: FaultName, shiftC: number) => (has(name) ? shiftC : 0);
  return {
    heaterW: heaterPowerW(moment, settings),
    chillerW: isOn("chiller") && !has("cooler-dead") ? (settings.chillerW ?? 0) : 0,
    isReturnOn: isOn("return-pump") && !has("return-stopped"),
    isCirculationOn: isOn("circulation"),
    isSkimmerOn: isOn("skimmer"),
    lightFraction: hasMains ? photosynthesisFraction(plugs.light, startWallS + atS) : 0,
    topOffLPerS: topOffLPerS(moment, geometry),
    doseMlPerS: doseMlPerS(moment),
    leakLPerS: has("leak") ? LEAK_L_PER_S : 0,
    hasReturnSiphon: siphonAt(faults, "return-pump"),
    roomShiftC: shiftOf("heat-wave", HEAT_WAVE_C) + shiftOf("cold-snap", COLD_SNAP_C),
  };
}

/** Where a lamp's own timer has it, whole %: at most as bright as corals can use. */
export function timedLampPct(wallS: number): number {
  return Math.round(daylightFraction(wallS) * SATURATING_FRACTION * 100);
}

/** A lamp nobody has commanded yet follows its own timer. */
function photosynthesisFraction(light: Plug, wallS: number): number {
  if (light.changedAtS === null) return daylightFraction(wallS);
  return Math.min(light.levelPct / 100 / SATURATING_FRACTION, 1);
}

function siphonAt(faults: readonly ActiveFault[], key: OutputKey): boolean {
  return faults.some((fault) => fault.name === "siphon" && fault.key === key);
}

/** The hose siphons once the pump has filled it, and goes on by itself until the reservoir is empty. */
function topOffLPerS({ plugs, faults, hasMains }: Moment, geometry: TankGeometry): number {
  const pump = plugs["top-off"];
  const isDry = faults.some((fault) => fault.name === "pump-dry");
  if (hasMains && pump.levelPct > 0) return isDry ? 0 : geometry.topOffLPerS;
  const isPrimed = pump.changedAtS !== null;
  return isPrimed && siphonAt(faults, "top-off") ? SIPHON_FRACTION * geometry.topOffLPerS : 0;
}

/** What the dosing pump draws, W. */
export function doserPowerW(moment: Moment): number {
  return doseMlPerS(moment) > 0 ? DOSER_W : 0;
}

function doseMlPerS({ plugs, faults, atS, hasMains }: Moment): number {
  const { levelPct, changedAtS } = plugs["doser-alkalinity"];
  const has = (name: FaultName) => faults.some((fault) => fault.name === name);
  if (changedAtS === null || !hasMains) return 0;
  const sinceS = atS - changedAtS;
  const runs =
    levelPct > 0
      ? !(has("dose-pump-short") && sinceS >= SHORT_DOSE_S)
      : has("dose-pump-running-on") && sinceS < RUN_ON_S;
  return runs ? DOSER_ML_PER_S * (has("dose-pump-slow") ? SLOW_DOSER_FRACTION : 1) : 0;
}
