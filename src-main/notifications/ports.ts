import type { Alarm, Announcement } from "#contract/alarms.ts";
import type { AlarmEventId, AlarmId } from "#contract/ids.ts";
import type { DesktopNotice } from "#contract/notifications.ts";
import type { Cancel } from "../platform/ports.ts";

/** What there is to tell, durable until it is said to be done. */
export interface AnnouncementSource {
  /** Oldest first. */
  pending(): Promise<readonly Announcement[]>;
  /** There is one more. */
  onAnnouncement(listener: () => void): Cancel;
  /** It is in somebody else's keeping now; again does nothing. */
  done(id: AlarmEventId): Promise<void>;
}

/** The alarms, as those who tell of them see them. */
export interface AlarmDesk {
  list(): readonly Alarm[];
  /** This alarm or how it stands changed, or it is new or gone. */
  onChange(listener: (id: AlarmId) => void): Cancel;
  /** Somebody must still say that he knows, whether it has returned or not. */
  isUnacknowledged(id: AlarmId): boolean;
  /** @throws ReefFault not-found, conflict: there is nothing to acknowledge */
  acknowledge(id: AlarmId, by: string): Promise<void>;
}

/** One delivery as it is kept: whoever kept it knows how to read it. */
export interface KeptDelivery {
  readonly id: string;
  readonly body: unknown;
}

/** Deliveries on this machine's disk: every call is one transaction. @throws ReefFault store-* */
export interface DeliveryStore {
  loadDeliveries(): Promise<readonly KeptDelivery[]>;
  /** Those that are new; one that is there already stays as it is. */
  addDeliveries(deliveries: readonly KeptDelivery[]): Promise<void>;
  putDeliveries(deliveries: readonly KeptDelivery[]): Promise<void>;
  removeDeliveries(ids: readonly string[]): Promise<void>;
}

/** The program's secrets, as messages need them. */
export interface NotificationSecrets {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
}

/** What stands behind the link of a message. */
export interface AcknowledgeView {
  /** open: it can be used; acknowledged: it just was; used: earlier; unknown: none of ours, or long ago. */
  readonly state: "open" | "acknowledged" | "used" | "expired" | "unknown";
  readonly heading: string;
  /** One sentence or two. */
  readonly text: string;
  /** The names of what it is about. */
  readonly alarms: readonly string[];
}

/** Messages, as the doors use them. */
export interface NotificationService {
  onDesktopNotice(listener: (notice: DesktopNotice) => void): Cancel;
  /** Looks, and changes nothing. */
  acknowledgement(token: string): AcknowledgeView;
  /** Acknowledges by the link, once, in the name of its target. */
  acknowledge(token: string): Promise<AcknowledgeView>;
}
