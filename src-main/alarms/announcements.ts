import type { Announcement } from "#contract/alarms.ts";
import type { AlarmEventId } from "#contract/ids.ts";
import type { Cancel } from "../platform/ports.ts";
import type { AnnouncementQueue } from "./ports.ts";
import type { StepLedger } from "./step-ledger.ts";

/** While nobody takes them the oldest give way: who was away for weeks wants to know of today. */
const MOST_WAITING = 1_000;

/** Announcements that nobody has taken yet, in order, over restarts. */
export class Announcements implements AnnouncementQueue {
  readonly #ledger: StepLedger;
  readonly #isKept: boolean;
  readonly #waiting = new Map<AlarmEventId, Announcement>();
  readonly #listeners = new Set<(announcement: Announcement) => void>();

  /** @param isKept false: who does not listen misses them */
  constructor(ledger: StepLedger, isKept: boolean) {
    this.#ledger = ledger;
    this.#isKept = isKept;
  }

  takeUp(kept: readonly Announcement[]): void {
    for (const announcement of kept) this.#waiting.set(announcement.id, announcement);
  }

  async pending(): Promise<readonly Announcement[]> {
    return [...this.#waiting.values()];
  }

  onAnnouncement(listener: (announcement: Announcement) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  done(id: AlarmEventId): Promise<void> {
    if (!this.#waiting.delete(id)) return Promise.resolve();
    return new Promise((resolve) => this.#ledger.take({ done: [id] }, resolve));
  }

  /** It is durable: whoever listens is told. */
  tell(announcement: Announcement): void {
    if (this.#isKept) this.#keep(announcement);
    for (const listener of this.#listeners) listener(announcement);
  }

  #keep(announcement: Announcement): void {
    this.#waiting.set(announcement.id, announcement);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size <= MOST_WAITING || oldest === undefined) return;
    this.#waiting.delete(oldest);
    this.#ledger.take({ done: [oldest] });
  }
}
