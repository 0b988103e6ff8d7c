import { ReefFault } from "#contract/errors.ts";
import { Delivery, type DeliveryId } from "../notifications/delivery.ts";
import type { DeliveryStore } from "../notifications/ports.ts";
import type { Ask } from "./ports.ts";

/** Messages on their way out, in the encrypted file: each call is one statement, and so one transaction. */
export class StoredDeliveries implements DeliveryStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async loadDeliveries(): Promise<readonly Delivery[]> {
    const rows = await this.#ask("sql", { statement: "loadDeliveries", params: [] });
    return rows.map((row) => deliveryFrom(String(row["body"])));
  }

  async addDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    await this.#ask("sql", { statement: "addDeliveries", params: [JSON.stringify(deliveries)] });
  }

  async putDeliveries(deliveries: readonly Delivery[]): Promise<void> {
    await this.#ask("sql", { statement: "putDeliveries", params: [JSON.stringify(deliveries)] });
  }

  async removeDeliveries(ids: readonly DeliveryId[]): Promise<void> {
    await this.#ask("sql", { statement: "removeDeliveries", params: [JSON.stringify(ids)] });
  }
}

function deliveryFrom(body: string): Delivery {
  const parsed = Delivery.safeParse(JSON.parse(body));
  if (parsed.success) return parsed.data;
  throw new ReefFault(
    "store-corrupt",
    "In the local store, a message on its way does not fit this program; update the program.",
    { cause: parsed.error },
  );
}
