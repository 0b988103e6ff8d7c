import type { OutputKey } from "../hardware/simulated/tank-keys.ts";
import type { House } from "./machine/house.ts";
import { ALL_FITTED, type Fittings } from "./machine/survival-tank.ts";

const HOUR_S = 3_600;

/** When a fault strikes, and what tank it strikes. */
export interface Moment {
  readonly name: string;
  /** The hour of the day it begins at, UTC. */
  readonly startHour: number;
  /** How long the tank runs healthily before, s; 0: it strikes before anything is started. */
  readonly settleS: number;
  readonly params: Record<string, unknown>;
  readonly fittings: Fittings;
  /** What it waits for beyond that; null: nothing. */
  readonly awaits: ((house: House) => boolean) | null;
}

const isOn = (key: OutputKey) => (house: House) => house.levelOf(key) > 0;
const USUAL: Moment = {
  name: "day",
  startHour: 11,
  settleS: 2 * HOUR_S,
  params: {},
  fittings: ALL_FITTED,
  awaits: null,
};
const COLD_ROOM = { roomMinC: 17, roomMaxC: 20 };

export const DAY = USUAL;
export const NIGHT: Moment = { ...USUAL, name: "night", startHour: 22 };
/** A room that only a heater keeps a reef in. */
export const MID_HEATING: Moment = {
  ...NIGHT,
  name: "mid-heating",
  params: COLD_ROOM,
  awaits: isOn("heater"),
};
/** A room as warm as the water. */
export const SUMMER: Moment = {
  ...USUAL,
  name: "summer",
  startHour: 8,
  params: { roomMinC: 26, roomMaxC: 29 },
};
/** Nothing tells of a welded relay but the water, after some hours in which it was learned how it cools. */
export const UNMETERED: Moment = {
  ...NIGHT,
  name: "unmetered",
  settleS: 6 * HOUR_S,
  fittings: { ...ALL_FITTED, isHeaterMetered: false },
  awaits: isOn("heater"),
};
export const MID_FILL: Moment = { ...USUAL, name: "mid-fill", awaits: isOn("top-off") };
export const MID_DOSE: Moment = { ...USUAL, name: "mid-dose", awaits: isOn("doser-alkalinity") };
export const POWER_UP: Moment = { ...USUAL, name: "power-up", settleS: 0 };
