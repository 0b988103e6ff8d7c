import type { Alarm, AlarmChange, Announcement } from "#contract/alarms.ts";
import type { AlarmEventId, AlarmId } from "#contract/ids.ts";
import type { Cancel } from "../platform/ports.ts";
import type { Delivery, DeliveryId } from "./delivery.ts";

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
  onChange(listener: (change: AlarmChange) => void): Cancel;
  /** Somebody must still say that he knows, whether it has returned or not. */
  isUnacknowledged(id: AlarmId): boolean;
  /** @throws ReefFault not-found, conflict: there is nothing to acknowledge */
  acknowledge(id: AlarmId, by: string): Promise<void>;
}

/** Deliveries on this machine's disk: every call is one transaction. @throws ReefFault store-* */
export interface DeliveryStore {
  loadDeliveries(): Promise<readonly Delivery[]>;
  /** Those that are new; one that is there already stays as it is. */
  addDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  putDeliveries(deliveries: readonly Delivery[]): Promise<void>;
  removeDeliveries(ids: readonly DeliveryId[]): Promise<void>;
}

/** The secrets of targets, by target and field. */
export interface TargetSecrets {
  get(name: string): Promise<string | null>;
}
