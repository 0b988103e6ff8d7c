import { type NoiseStream, streamOf, wanderAt } from "./seeded-noise.ts";
import type { WeatherSettings } from "./tank-settings.ts";

const DAY_S = 86_400;
/** The room is warmest at 16 h and coldest at 4 h. */
const WARMEST_S = 16 * 3_600;
/** Lights, or daylight, from 10 to 20 h. */
const DAYLIGHT_FROM_S = 10 * 3_600;
const DAYLIGHT_UNTIL_S = 20 * 3_600;
const DUSK_S = 1_800;
const ROOM = streamOf("weather/room");
const DRYNESS = streamOf("weather/dryness");
const AIR_CO2 = streamOf("weather/air-co2");

/** Second of the day at the tank, of an instant in epoch seconds (its day is UTC's). */
function secondOfDay(wallS: number): number {
  return ((wallS % DAY_S) + DAY_S) % DAY_S;
}

/** The room's temperature: a daily curve between its bounds and a seeded drift that stays within them, °C. */
export function roomTemperatureC(weather: WeatherSettings, seed: number, wallS: number): number {
  const middleC = (weather.roomMinC + weather.roomMaxC) / 2;
  const halfC = (weather.roomMaxC - weather.roomMinC) / 2;
  const daily = Math.cos((2 * Math.PI * (secondOfDay(wallS) - WARMEST_S)) / DAY_S);
  const drift = wanderAt({ seed, stream: ROOM }, wallS / (6 * 3_600));
  return middleC + halfC * (0.7 * daily + 0.3 * drift);
}

/** Evaporation, % of the volume a day: 2 with the cover on, above it as dry as the air is that day; at most 4. */
export function evaporationPctPerDayAt(weather: WeatherSettings, seed: number, wallS: number): number {
  const dryness = wanderAt({ seed, stream: DRYNESS }, wallS / (8 * 3_600));
  return Math.min(2 + (weather.evaporationPctPerDay - 2) * (1 + 0.5 * dryness), 4);
}

/** CO2 of the room's air, -1 fresh to 1 stuffy. */
export function airCo2At(seed: number, wallS: number): number {
  const stream: NoiseStream = { seed, stream: AIR_CO2 };
  return wanderAt(stream, wallS / (4 * 3_600));
}

/** A timer's photoperiod from 10 to 20 h with half an hour of dawn and dusk, 0 to 1. */
export function daylightFraction(wallS: number): number {
  const s = secondOfDay(wallS);
  return Math.min(Math.max(Math.min(s - DAYLIGHT_FROM_S, DAYLIGHT_UNTIL_S - s) / DUSK_S, 0), 1);
}
