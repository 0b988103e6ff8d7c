/** Without any good probe a heater goes on at a share learned before at most for so long, ms (docs/safety.md). */
export const HELD_DUTY_LIMIT_MS = 2 * 3_600_000;
/** However much it worked before. */
export const HELD_DUTY_MAX_FRACTION = 0.5;
/** A share of time is given in slots of this: few enough starts for any relay, short enough for the water, ms. */
const SLOT_MS = 30 * 60_000;

/** Whether a share of time, 0 to 1, has its heater on at this moment of the monotonic scale: at the beginning of each half hour. */
export function isOnAtDuty(dutyFraction: number, atMonotonicMs: number): boolean {
  return atMonotonicMs % SLOT_MS < dutyFraction * SLOT_MS;
}
