import type { Problem } from "../api/problem.ts";

/** In how long to try again where nobody said, s. */
const A_WHILE_S = 60;

/**
 * Why something did not work, in the user's language.
 * @param known the sentence of that language for the problem's code; null: there is none, and the core's own is shown
 */
export function failureWords({ message, retryAfterS }: Problem, known: string | null): string {
  if (known === null) return message;
  return known.replaceAll("{{message}}", message).replaceAll("{{seconds}}", String(retryAfterS ?? A_WHILE_S));
}
