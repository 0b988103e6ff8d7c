import type { Delivery, DeliveryId } from "#main/notifications/delivery.ts";
import type { DeliveryStore } from "#main/notifications/ports.ts";

/** What a disk keeps; `refusal` is thrown by every write. */
export class FakeDeliveryStore implements DeliveryStore {
  readonly kept = new Map<DeliveryId, Delivery>();
  refusal: Error | null = null;

  async loadDeliveries(): Promise<readonly Delivery[]> {
    return [...this.kept.values()];
  }

  async addDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const delivery of deliveries) if (!this.kept.has(delivery.id)) this.kept.set(delivery.id, delivery);
  }

  async putDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const delivery of deliveries) this.kept.set(delivery.id, delivery);
  }

  async removeDeliveries(ids: readonly DeliveryId[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const id of ids) this.kept.delete(id);
  }
}
