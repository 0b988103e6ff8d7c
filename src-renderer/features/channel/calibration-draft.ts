import { Calibration } from "#contract/channels.ts";
import type { Quantity } from "#contract/quantities.ts";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { calibrationRefusal } from "#domain/calibration/refusal.ts";
import { type DisplayUnit, fromShown } from "../../i18n/units.ts";

/** What the calibration form holds: raw values as the device says them, true ones in the keeper's unit; NaN: none yet. */
export interface CalibrationDraft {
  readonly method: "offset" | "one" | "two";
  readonly offsetShown: number;
  readonly points: readonly CalibrationDraftPoint[];
}

export interface CalibrationDraftPoint {
  readonly raw: number;
  readonly actualShown: number;
}

export const EMPTY_POINT: CalibrationDraftPoint = { raw: Number.NaN, actualShown: Number.NaN };
/** A calibration is a measurement: finer than this is noise, and 78 °F must not become 25.5555555. */
const DECIMALS = 4;

/** @returns null: something is still missing */
export function calibrationFrom(draft: CalibrationDraft, display: DisplayUnit): Calibration | null {
  const candidate =
    draft.method === "offset"
      ? // A difference has the unit's size but not its zero.
        { offset: rounded(draft.offsetShown / display.factor) }
      : {
          points: draft.points.slice(0, draft.method === "one" ? 1 : 2).map(({ raw, actualShown }) => ({
            raw: rounded(raw),
            actual: rounded(fromShown(actualShown, display)),
          })),
        };
  return Calibration.safeParse(candidate).data ?? null;
}

/** Why it cannot be saved: a key of `calibration.problem`, or the domain's own sentence; null: it can. */
export type CalibrationProblem = "offset" | "points" | "distinct" | { readonly sentence: string };

export function calibrationProblem(
  draft: CalibrationDraft,
  { display, quantity, present }: { display: DisplayUnit; quantity: Quantity; present: Calibration | null },
): CalibrationProblem | null {
  const calibration = calibrationFrom(draft, display);
  if (draft.method === "offset") return isAnotherOffset(calibration, present) ? null : "offset";
  if (calibration === null) return isComplete(draft) ? "distinct" : "points";
  const refusal = calibrationRefusal(quantity, calibration);
  return refusal === null ? null : { sentence: refusal };
}

function isAnotherOffset(calibration: Calibration | null, present: Calibration | null): boolean {
  const presentOffset = present !== null && "offset" in present ? present.offset : 0;
  return calibration !== null && "offset" in calibration && calibration.offset !== presentOffset;
}

function isComplete({ method, points }: CalibrationDraft): boolean {
  const used = points.slice(0, method === "one" ? 1 : 2);
  return used.every(({ raw, actualShown }) => Number.isFinite(raw) && Number.isFinite(actualShown));
}

/** What a raw value is shown with: finer than any converter in a reef, coarser than its noise. */
export const RAW_DECIMALS = 3;

const FAR = 1e6;
const HALVINGS = 80;

/**
 * What the device must have said for a calibrated value: the calibration the other way round.
 * @returns null where the calibration goes no one way, or the value lies beyond any sensor
 */
export function rawOf(value: number, calibration: Calibration | null): number | null {
  const calibrate = calibratorFor(calibration);
  const rises = calibrate(FAR) > calibrate(-FAR);
  let [low, high] = [-FAR, FAR];
  const isBelow = (raw: number): boolean => calibrate(raw) < value === rises;
  if (!isBelow(low) || isBelow(high)) return null;
  // Lines that meet: halving finds the place whatever their slopes are.
  for (let n = 0; n < HALVINGS; n += 1) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
