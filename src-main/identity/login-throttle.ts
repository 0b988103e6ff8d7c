import { ReefFault } from "#contract/errors.ts";
import type { Clock } from "../platform/ports.ts";

const WINDOW_MS = 60_000;
const MAX_FAILED_LOGINS = 20;
/** Addresses remembered at once: some 2 MB at worst; past it the one longest quiet is forgotten. */
const MAX_ADDRESSES = 5_000;

/** One try that has begun. Counted as failed until it succeeds, so that tries in parallel are counted too. */
export interface LoginAttempt {
  succeeded(): void;
}

interface Throttled {
  readonly maxFailures: number;
  /** In the words of the refusal, plural. */
  readonly what: string;
}
const LOGINS: Throttled = { maxFailures: MAX_FAILED_LOGINS, what: "failed sign-ins" };

/** At most so many failures a minute from one address, in a sliding window on the monotonic scale; 20 sign-ins by default. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #throttled: Throttled;
  readonly #failuresOf = new Map<string, number[]>();

  constructor(clock: Clock, throttled: Throttled = LOGINS) {
    this.#clock = clock;
    this.#throttled = throttled;
  }

  /** @param who an address, or whatever else is tried from @throws ReefFault too-many-requests, with `retryAfterS` */
  begin(who: string): LoginAttempt {
    const key = throttleKeyFrom(who);
    const nowMs = this.#clock.monotonicMs();
    const failures = (this.#failuresOf.get(key) ?? []).filter((atMs) => atMs > nowMs - WINDOW_MS);
    const oldestMs = failures[0];
    const { maxFailures, what } = this.#throttled;
    if (failures.length >= maxFailures && oldestMs !== undefined) {
      const retryAfterS = Math.max(1, Math.ceil((oldestMs + WINDOW_MS - nowMs) / 1_000));
      throw new ReefFault("too-many-requests", `Too many ${what}; try again in ${retryAfterS} s`, {
        context: { retryAfterS },
      });
    }
    failures.push(nowMs);
    this.#remember(key, failures);
    return { succeeded: () => this.#forgive(key, nowMs) };
  }

  #remember(key: string, failures: number[]): void {
    this.#failuresOf.delete(key);
    this.#failuresOf.set(key, failures);
    if (this.#failuresOf.size <= MAX_ADDRESSES) return;
    const [longestQuiet] = this.#failuresOf.keys();
    if (longestQuiet !== undefined) this.#failuresOf.delete(longestQuiet);
  }

  #forgive(key: string, atMs: number): void {
    const failures = this.#failuresOf.get(key);
    const index = failures?.indexOf(atMs) ?? -1;
    if (failures === undefined || index < 0) return;
    failures.splice(index, 1);
    if (failures.length === 0) this.#failuresOf.delete(key);
  }
}

/** One home has a whole IPv6 /64 to try from, so its addresses count as one. */
function throttleKeyFrom(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!plain.includes(":") || plain.startsWith("user:")) return plain;
  const [head = ""] = plain.split("::");
  const groups = head.split(":").filter((group) => group !== "");
  return `${[...groups, "0", "0", "0", "0"].slice(0, 4).join(":")}::/64`;
}
