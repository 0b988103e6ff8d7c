import { approached, phOf, stepChemistry } from "./chemistry.ts";
import { stepHeat } from "./heat.ts";
import { streamOf, uniformAt } from "./seeded-noise.ts";
import type { TankGeometry, TankSettings } from "./tank-settings.ts";
import { type ProbeState, salinityOf, type TankDrives, type TankState } from "./tank-state.ts";
import { stepWater } from "./water.ts";
import { airCo2At, evaporationPctPerDayAt, roomTemperatureC } from "./weather.ts";

const DAY_S = 86_400;
/** The loss figure holds at this evaporation, % a day. */
const COVERED_EVAPORATION_PCT_PER_DAY = 2;

/** Everything a step needs beside state and drives. */
export interface TankSurroundings {
  readonly settings: TankSettings;
  readonly geometry: TankGeometry;
  /** The instant of the tank's setting up, epoch s. */
  readonly startWallS: number;
  /** Sensing elements that hang in the air instead of the water. */
  readonly dryProbes: ReadonlySet<string>;
}

/** The room's temperature around the tank, °C. */
export function roomC(state: TankState, { settings, startWallS }: TankSurroundings): number {
  return roomTemperatureC(settings.weather, settings.seed, startWallS + state.elapsedS) + state.heat.roomShiftC;
}

/** One step of the whole tank. @param dtS longer than 0; one second or less keeps it exact to a few mK */
export function stepTank(
  state: TankState,
  drives: TankDrives,
  { around, dtS }: { readonly around: TankSurroundings; readonly dtS: number },
): TankState {
  const { settings, geometry } = around;
  const wallS = around.startWallS + state.elapsedS;
  const evaporationPct = evaporationPctPerDayAt(settings.weather, settings.seed, wallS);
  const lPerSOf = (pctPerDay: number) => ((pctPerDay / 100) * settings.volumeL) / DAY_S;
  const airC = roomC(state, around);

  const { water, flows } = stepWater(state.water, drives, {
    geometry,
    evaporationLPerS: lPerSOf(evaporationPct),
    dtS,
  });
  const heat = stepHeat(state.heat, drives, {
    water: state.water,
    flows,
    volumeL: settings.volumeL,
    roomC: airC,
    excessEvaporationLPerS: lPerSOf(evaporationPct - COVERED_EVAPORATION_PCT_PER_DAY),
    dtS,
  });
  const chemistry = stepChemistry(state.chemistry, drives, {
    totalL: water.displayL + water.sumpL,
    airCo2: airCo2At(settings.seed, wallS),
    dtS,
  });
  const next = { elapsedS: state.elapsedS + dtS, water, heat, chemistry };
  return { ...next, probes: stepProbes({ ...next, probes: state.probes }, airC, { around, dtS }) };
}

/** What a pH, ORP or salinity probe reads in air once it has run dry: nothing to go by. */
const IN_AIR = { ph: 6.9, orpMv: 180, salinityPpt: 0 };
const LAG_STREAMS = {
  "display-temperature": streamOf("lag/display"),
  "sump-temperature": streamOf("lag/sump"),
  "room-temperature": streamOf("lag/room"),
  ph: streamOf("lag/ph"),
  orp: streamOf("lag/orp"),
  salinity: streamOf("lag/salinity"),
};

function stepProbes(
  state: TankState,
  airC: number,
  { around, dtS }: { readonly around: TankSurroundings; readonly dtS: number },
): ProbeState {
  const { seed } = around.settings;
  const follow = (key: keyof typeof LAG_STREAMS, from: number, { wet, dry }: { wet: number; dry: number }) => {
    const lagS = 20 + 40 * uniformAt({ seed, stream: LAG_STREAMS[key] }, 0);
    return approached(from, around.dryProbes.has(key) ? dry : wet, dtS / lagS);
  };
  const { heat, chemistry, water, probes } = state;
  return {
    displayC: follow("display-temperature", probes.displayC, { wet: heat.displayC, dry: airC }),
    sumpC: follow("sump-temperature", probes.sumpC, { wet: heat.sumpC, dry: airC }),
    roomC: follow("room-temperature", probes.roomC, { wet: airC, dry: airC }),
    ph: follow("ph", probes.ph, { wet: phOf(chemistry), dry: IN_AIR.ph }),
    orpMv: follow("orp", probes.orpMv, { wet: chemistry.orpMv, dry: IN_AIR.orpMv }),
    salinityPpt: follow("salinity", probes.salinityPpt, { wet: salinityOf(water), dry: IN_AIR.salinityPpt }),
  };
}
