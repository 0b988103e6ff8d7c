import type { Announcement } from "#contract/alarms.ts";
import type { AlarmEventId } from "#contract/ids.ts";
import type { AnnouncementSource } from "#main/notifications/ports.ts";
import type { Cancel } from "#main/platform/ports.ts";

/** What the alarms have to tell, as they keep it. */
export class FakeAnnouncements implements AnnouncementSource {
  readonly #pending = new Map<AlarmEventId, Announcement>();
  readonly #listeners = new Set<() => void>();

  announce(announcement: Announcement): void {
    this.#pending.set(announcement.id, announcement);
    for (const listener of this.#listeners) listener();
  }

  async pending(): Promise<readonly Announcement[]> {
    return [...this.#pending.values()];
  }

  onAnnouncement(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async done(id: AlarmEventId): Promise<void> {
    this.#pending.delete(id);
  }
}
