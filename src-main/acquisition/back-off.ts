/** The longest a failing device is left alone, ms. */
const LONGEST_BACK_OFF_MS = 60_000;

/**
 * How many slots to leave out after a failure, so that the wait doubles with each and never exceeds 60 s: none after
 * the first, then 1, 3, 7 … A poller slower than that leaves out none.
 * @param failures in a row, from 1 @param intervalMs the poller's interval
 */
export function slotsToLeaveOut(failures: number, intervalMs: number): number {
  const longest = Math.max(1, Math.floor(LONGEST_BACK_OFF_MS / intervalMs));
  return Math.min(2 ** Math.min(failures - 1, 30), longest) - 1;
}
