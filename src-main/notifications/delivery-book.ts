import type { NotificationTargetId } from "#contract/ids.ts";
import { alarmIdsOf, Delivery, type DeliveryId, inOrder } from "./delivery.ts";
import type { DeliveryStore, KeptDelivery } from "./ports.ts";

const DAY_MS = 86_400_000;
/** So long a sent one is known: its link, and that it was sent. */
const KEPT_MS = 7 * DAY_MS;
/** What waits for a target that is not there is given so long: the configuration may be the one that is late. */
const ABANDONED_MS = 2 * DAY_MS;
/** So long a raise is known that never returned: whoever heard of it hears of its end. */
const RAISE_KEPT_MS = 90 * DAY_MS;

/** Every delivery that is known, in memory and on the disk. */
export class DeliveryBook {
  readonly #store: DeliveryStore;
  readonly #byId = new Map<DeliveryId, Delivery>();
  readonly #ofTarget = new Map<NotificationTargetId, Map<DeliveryId, Delivery>>();

  constructor(store: DeliveryStore) {
    this.#store = store;
  }

  /** @returns how many say nothing to this program, and are left alone @throws ReefFault store-* */
  async load(): Promise<number> {
    const kept = await this.#store.loadDeliveries();
    const readable = kept.flatMap(({ body }) => {
      const parsed = Delivery.safeParse(body);
      return parsed.success ? [parsed.data] : [];
    });
    for (const delivery of readable) this.#note(delivery);
    return kept.length - readable.length;
  }

  get(id: DeliveryId): Delivery | null {
    return this.#byId.get(id) ?? null;
  }

  ofTarget(targetId: NotificationTargetId): readonly Delivery[] {
    return [...(this.#ofTarget.get(targetId)?.values() ?? [])];
  }

  /** Those that are new, all of them or none. @throws ReefFault store-*: nothing was taken */
  async add(deliveries: readonly Delivery[]): Promise<void> {
    const fresh = deliveries.filter(({ id }) => !this.#byId.has(id));
    if (fresh.length === 0) return;
    await this.#store.addDeliveries(fresh.map(kept));
    for (const delivery of fresh) this.#note(delivery);
  }

  /** As they are now: known at once, durable when it resolves. @throws ReefFault store-*: the disk knows them as they were */
  async put(deliveries: readonly Delivery[]): Promise<void> {
    const known = deliveries.filter(({ id }) => this.#byId.has(id));
    if (known.length === 0) return;
    for (const delivery of known) this.#note(delivery);
    await this.#store.putDeliveries(known.map(kept));
  }

  /** Forgets what no longer matters, and what waits for targets that are gone. @throws ReefFault store-* */
  async prune(nowMs: number, targets: ReadonlySet<NotificationTargetId>): Promise<void> {
    const isAbandoned = (d: Delivery) => !targets.has(d.targetId) && nowMs - d.dueAtMs >= ABANDONED_MS;
    const gone = [...this.#byId.values()].filter((d) => isAbandoned(d) || this.#isOver(d, nowMs));
    if (gone.length === 0) return;
    await this.#store.removeDeliveries(gone.map(({ id }) => id));
    for (const { id, targetId } of gone) {
      this.#byId.delete(id);
      this.#ofTarget.get(targetId)?.delete(id);
    }
  }

  #isOver(delivery: Delivery, nowMs: number): boolean {
    if (delivery.settledAtMs === null) return false;
    const ageMs = nowMs - delivery.settledAtMs;
    if (ageMs < KEPT_MS) return false;
    return ageMs >= RAISE_KEPT_MS || delivery.about.kind !== "raised" || this.#hasReturned(delivery);
  }

  #hasReturned(raise: Delivery): boolean {
    const open = new Set(alarmIdsOf(raise));
    for (const d of this.ofTarget(raise.targetId)) {
      if (d.about.kind === "returned" && inOrder(raise, d) < 0) for (const id of alarmIdsOf(d)) open.delete(id);
    }
    return open.size === 0;
  }

  #note(delivery: Delivery): void {
    this.#byId.set(delivery.id, delivery);
    const ofTarget = this.#ofTarget.get(delivery.targetId) ?? new Map<DeliveryId, Delivery>();
    ofTarget.set(delivery.id, delivery);
    this.#ofTarget.set(delivery.targetId, ofTarget);
  }
}

function kept(body: Delivery): KeptDelivery {
  return { id: body.id, body };
}
