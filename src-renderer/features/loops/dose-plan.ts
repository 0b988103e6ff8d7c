import type { DraftOf } from "./loop-draft.ts";

type Plan = Pick<DraftOf<"doser">, "mlPerDay" | "dosesPerDay" | "dosesFrom" | "dosesTo">;

const DAY_MIN = 1_440;
/** What a doser may add where nobody set a cap. */
const CAP_FACTOR = 1.5;

/** What a day of doses comes to; null while something is left out. */
export function dosePlan(plan: Plan): { readonly everyMin: number; readonly doseMl: number } | null {
  const { mlPerDay, dosesPerDay } = plan;
  const spanMin = windowMin(plan.dosesFrom, plan.dosesTo);
  const isWhole = Number.isInteger(dosesPerDay) && dosesPerDay > 0;
  if (!isWhole || !(mlPerDay > 0) || spanMin === null) return null;
  return { everyMin: spanMin / dosesPerDay, doseMl: mlPerDay / dosesPerDay };
}

/** The cap of a day, mL, that holds where none is set. */
export function defaultDayCapMl(mlPerDay: number): number | null {
  return mlPerDay > 0 ? mlPerDay * CAP_FACTOR : null;
}

/** Between two times of day, min; two equal ones are the whole day. */
function windowMin(from: string, to: string): number | null {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === null || end === null) return null;
  return (end - start + DAY_MIN) % DAY_MIN || DAY_MIN;
}

function minutesOf(time: string): number | null {
  const { hour, minute } = /^(?<hour>\d\d):(?<minute>\d\d)$/.exec(time)?.groups ?? {};
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}
