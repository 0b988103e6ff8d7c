import type { DoserConfig } from "#contract/loops.ts";
import { spacingOf } from "./dose-plan.ts";

/** What is not said is allowed to be so much more than what is scheduled (docs/safety.md). */
const MARGIN = 1.5;
/** More added alkalinity than this in a day harms corals, dKH. */
export const MAX_DKH_PER_DAY = 2;
/** Two parts that precipitate when they meet are kept so far apart, s. */
export const OPPOSING_APART_S = 1_800;
const HOUR_MIN = 60;

/** What a doser may give at most, mL; whoever asks. */
export interface DoseCaps {
  readonly perDoseMl: number;
  readonly perHourMl: number;
  readonly perDayMl: number;
}

type Dosing = Pick<
  DoserConfig,
  | "mlPerDay"
  | "dosesPerDay"
  | "dosesFrom"
  | "dosesTo"
  | "maxMlPerDose"
  | "maxMlPerHour"
  | "maxMlPerDay"
  | "alkalinityDkhPerMl"
>;

/** What the schedule itself comes to in one dose, in any hour and in any 24 h, mL: both ends of a span may hold a dose. */
export function scheduledMl(dosing: Dosing): DoseCaps {
  const perDoseMl = dosing.mlPerDay / dosing.dosesPerDay;
  const dosesPerHour = Math.min(dosing.dosesPerDay, Math.floor(HOUR_MIN / spacingOf(dosing)) + 1);
  return { perDoseMl, perHourMl: perDoseMl * dosesPerHour, perDayMl: dosing.mlPerDay + perDoseMl };
}

/** The caps as they are set, or one and a half times what is scheduled; a day's never above what corals bear. */
export function doseCaps(dosing: Dosing): DoseCaps {
  const scheduled = scheduledMl(dosing);
  const perDayMl = dosing.maxMlPerDay ?? Math.max(dosing.mlPerDay * MARGIN, scheduled.perDayMl);
  return {
    perDoseMl: dosing.maxMlPerDose ?? scheduled.perDoseMl * MARGIN,
    perHourMl: dosing.maxMlPerHour ?? scheduled.perHourMl * MARGIN,
    perDayMl: Math.min(perDayMl, bearableMl(dosing)),
  };
}

/** What may be added in a day for the alkalinity it brings, mL; no limit where it brings none. */
export function bearableMl({ alkalinityDkhPerMl }: Pick<Dosing, "alkalinityDkhPerMl">): number {
  return alkalinityDkhPerMl === null ? Number.POSITIVE_INFINITY : MAX_DKH_PER_DAY / alkalinityDkhPerMl;
}
