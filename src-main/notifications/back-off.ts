const FIRST_MS = 5_000;
const LONGEST_MS = 600_000;
/** Up to so much more or less, so that many controllers do not ask a server that comes back at the same moment. */
const JITTER_FRACTION = 0.2;

/**
 * How long to wait after so many failures in a row, ms: 5 s, doubling to 10 min.
 * @param failures at least 1 @param random 0 to below 1
 */
export function backOffMs(failures: number, random: number): number {
  const plainMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(plainMs * (1 + JITTER_FRACTION * (2 * random - 1)));
}
