import type { DeliveryStore, KeptDelivery } from "../notifications/ports.ts";
import type { Ask } from "./ports.ts";

/** Messages on their way out, in the encrypted file: each call is one statement, and so one transaction. */
export class StoredDeliveries implements DeliveryStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async loadDeliveries(): Promise<readonly KeptDelivery[]> {
    const rows = await this.#ask("sql", { statement: "loadDeliveries", params: [] });
    return rows.map((row) => ({ id: String(row["id"]), body: JSON.parse(String(row["body"])) }));
  }

  async addDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    await this.#ask("sql", { statement: "addDeliveries", params: [JSON.stringify(deliveries)] });
  }

  async putDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    await this.#ask("sql", { statement: "putDeliveries", params: [JSON.stringify(deliveries)] });
  }

  async removeDeliveries(ids: readonly string[]): Promise<void> {
    await this.#ask("sql", { statement: "removeDeliveries", params: [JSON.stringify(ids)] });
  }
}
