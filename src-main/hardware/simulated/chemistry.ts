import {
  type ChemistryState,
  DARK_PH,
  MIDDLE_ORP_MV,
  MIDDLE_PH,
  START_ALKALINITY_DKH,
  type TankDrives,
} from "./tank-state.ts";

/** What a full photoperiod draws the pH up by. */
const LIGHT_PH = 0.27;
/** The CO2 of the water follows light and air with this lag, s. */
const CO2_TAU_S = 4 * 3_600;
/** Without skimmer, or without flow over the weir, CO2 piles up. */
const NO_SKIMMER_PH = -0.02;
const NO_RETURN_PH = -0.05;
const AIR_CO2_PH = -0.01;
/** One dKH of soda ash lifts the pH by so much at once; CO2 from the air levels it within hours. */
const DOSE_PH_PER_DKH = 0.08;
const DOSE_TAU_S = 2 * 3_600;
/** ORP falls as the pH rises, mV per pH. */
const ORP_MV_PER_PH = -120;
const NO_SKIMMER_ORP_MV = -30;
const ORP_TAU_S = 3_600;
/** Corals build fast in light and slowly in the dark: 0.5 to 1 dKH a day, and hardly below 5 dKH. */
const DARK_DKH_PER_DAY = 0.55;
const LIGHT_DKH_PER_DAY = 0.4;
const LEAST_DKH = 5;
/** Calcium laid down with one dKH of alkalinity (CaCO3), mg/L. */
const CALCIUM_MG_PER_L_PER_DKH = 7.15;
/** The alkalinity solution: 1 mL lifts 100 L by 0.1 dKH, dKH x L per mL. */
export const DOSE_DKH_L_PER_ML = 10;
const DAY_S = 86_400;

interface ChemistryStep {
  readonly totalL: number;
  /** -1 fresh to 1 stuffy. */
  readonly airCo2: number;
  readonly dtS: number;
}

/** pH of the water: CO2's share, a dose's share, and alkalinity (a decade of it is one pH). */
export function phOf(chemistry: ChemistryState): number {
  const buffering = Math.log10(Math.max(chemistry.alkalinityDkh, 0.5) / START_ALKALINITY_DKH);
  return DARK_PH + chemistry.co2Ph + chemistry.dosePh + buffering;
}

/** One step of pH, ORP, alkalinity and calcium. */
export function stepChemistry(chemistry: ChemistryState, drives: TankDrives, step: ChemistryStep): ChemistryState {
  const { totalL, airCo2, dtS } = step;
  const doseMl = drives.doseMlPerS * dtS;
  const addedDkh = (doseMl * DOSE_DKH_L_PER_ML) / Math.max(totalL, 1);
  const usedDkh = usedDkhPerDay(chemistry.alkalinityDkh, drives.lightFraction) * (dtS / DAY_S);
  const co2TargetPh =
    LIGHT_PH * drives.lightFraction +
    AIR_CO2_PH * airCo2 +
    (drives.isSkimmerOn ? 0 : NO_SKIMMER_PH) +
    (drives.isReturnOn ? 0 : NO_RETURN_PH);
  const orpTargetMv =
    MIDDLE_ORP_MV + ORP_MV_PER_PH * (phOf(chemistry) - MIDDLE_PH) + (drives.isSkimmerOn ? 0 : NO_SKIMMER_ORP_MV);
  return {
    co2Ph: approached(chemistry.co2Ph, co2TargetPh, dtS / CO2_TAU_S),
    dosePh: approached(chemistry.dosePh, 0, dtS / DOSE_TAU_S) + DOSE_PH_PER_DKH * addedDkh,
    orpMv: approached(chemistry.orpMv, orpTargetMv, dtS / ORP_TAU_S),
    alkalinityDkh: Math.max(0, chemistry.alkalinityDkh - usedDkh + addedDkh),
    calciumMgPerL: Math.max(0, chemistry.calciumMgPerL - usedDkh * CALCIUM_MG_PER_L_PER_DKH),
    addedAlkalinityDkh: chemistry.addedAlkalinityDkh + addedDkh,
    dosedMl: chemistry.dosedMl + doseMl,
  };
}

function usedDkhPerDay(alkalinityDkh: number, lightFraction: number): number {
  const appetite = Math.min(Math.max((alkalinityDkh - LEAST_DKH) / (START_ALKALINITY_DKH - LEAST_DKH), 0), 1.05);
  return appetite * (DARK_DKH_PER_DAY + LIGHT_DKH_PER_DAY * lightFraction);
}

/** Where a first-order lag stands after `taus` of its time constants. */
export function approached(from: number, to: number, taus: number): number {
  return to + (from - to) * Math.exp(-taus);
}
