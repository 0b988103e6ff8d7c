import type { PollerState } from "#contract/system.ts";

/** How one device is read; it has a poller for each interval its channels ask for. */
export interface PollingFacts {
  /** Shortest first, s. */
  readonly intervalsS: readonly number[];
  /** Epoch, ms; null: never. */
  readonly lastReadingAtMs: number | null;
  readonly failures: number;
  readonly consecutiveFailures: number;
  readonly slots: number;
  readonly missedSlots: number;
  readonly maxLatenessMs: number;
  readonly isBackingOff: boolean;
}

/** @returns null where nothing of this device is polled */
export function pollingFactsOf(pollers: readonly PollerState[], deviceId: string): PollingFacts | null {
  const own = pollers.filter((poller) => poller.deviceId === deviceId);
  if (own.length === 0) return null;
  const sum = (countOf: (poller: PollerState) => number) =>
    own.reduce((total, poller) => total + countOf(poller), 0);
  const readAtMs = own.flatMap(({ lastReadingAt }) => (lastReadingAt === null ? [] : [Date.parse(lastReadingAt)]));
  return {
    intervalsS: [...new Set(own.map(({ intervalS }) => intervalS))].toSorted((a, b) => a - b),
    lastReadingAtMs: readAtMs.length === 0 ? null : Math.max(...readAtMs),
    failures: sum((poller) => poller.failures),
    consecutiveFailures: Math.max(...own.map((poller) => poller.consecutiveFailures)),
    slots: sum((poller) => poller.slots),
    missedSlots: sum((poller) => poller.missedSlots),
    maxLatenessMs: Math.max(...own.map((poller) => poller.maxLatenessMs)),
    isBackingOff: own.some(({ state }) => state === "backing-off"),
  };
}
