import type { DeliveryStore, KeptDelivery } from "#main/notifications/ports.ts";

/** What a disk keeps; `refusal` is thrown by every write. */
export class FakeDeliveryStore implements DeliveryStore {
  readonly kept = new Map<string, KeptDelivery>();
  refusal: Error | null = null;

  async loadDeliveries(): Promise<readonly KeptDelivery[]> {
    return [...this.kept.values()];
  }

  async addDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const delivery of deliveries) if (!this.kept.has(delivery.id)) this.kept.set(delivery.id, delivery);
  }

  async putDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const delivery of deliveries) this.kept.set(delivery.id, delivery);
  }

  async removeDeliveries(ids: readonly string[]): Promise<void> {
    if (this.refusal !== null) throw this.refusal;
    for (const id of ids) this.kept.delete(id);
  }
}
