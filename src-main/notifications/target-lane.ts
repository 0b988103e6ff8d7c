import { type FaultCode, messageOf, ReefFault } from "#contract/errors.ts";
import type { AlarmId } from "#contract/ids.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after, withTimeLimit } from "../platform/timing.ts";
import { backOffMs } from "./back-off.ts";
import { type Delivery, type DeliveryId, isNotice } from "./delivery.ts";
import type { DeliveryBook } from "./delivery-book.ts";
import type { Message } from "./message.ts";
import type { PlannedMessage } from "./planned-message.ts";
import { planQueue } from "./queue-plan.ts";
import type { Sender } from "./senders/sender.ts";

/** A message that takes longer hangs; the next try begins anew. */
export const SEND_LIMIT_MS = 30_000;
/** The wall may be set meanwhile: what waits for an hour of the day is looked at again this often. */
const LOOK_AGAIN_MS = 60_000;
const REFUSED_FOR_GOOD: ReadonlySet<FaultCode> = new Set(["not-found", "payload-too-large"]);

export interface LaneDeps {
  readonly book: DeliveryBook;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to below 1. */
  readonly random: () => number;
  readonly isUnacknowledged: (id: AlarmId) => boolean;
  readonly compose: (planned: PlannedMessage) => Message;
  /** Nobody was told these, and nobody will be. */
  readonly onGivenUp: (target: NotificationTargetConfig, lost: readonly Delivery[]) => void;
}

/** One target's way out: one message at a time, and none of another target's waits for it. */
export class TargetLane {
  readonly #deps: LaneDeps;
  readonly #target: NotificationTargetConfig;
  readonly #sender: Sender;
  readonly #stopping = new AbortController();
  #cancelTimer: Cancel = () => undefined;
  #running: Promise<void> | null = null;
  #isAsked = false;
  /** Since when it is known here, on the monotonic scale. */
  readonly #sinceMs = new Map<DeliveryId, number>();
  /** In a row. */
  #failures = 0;
  #retryAtMonotonicMs = 0;
  #lastFailedAtMs: number | null = null;
  #lastError: string | null = null;

  constructor(deps: LaneDeps, target: NotificationTargetConfig, sender: Sender) {
    this.#deps = deps;
    this.#target = target;
    this.#sender = sender;
  }

  get target(): NotificationTargetConfig {
    return this.#target;
  }

  get sender(): Sender {
    return this.#sender;
  }

  get trouble(): { readonly lastFailedAtMs: number | null; readonly lastError: string | null } {
    return { lastFailedAtMs: this.#lastFailedAtMs, lastError: this.#lastError };
  }

  /** Something is new, or may be due. */
  look(): void {
    if (this.#stopping.signal.aborted) return;
    this.#isAsked = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** What failed may work now: the wait is over. */
  hurry(): void {
    this.#retryAtMonotonicMs = 0;
    this.look();
  }

  /** Ends the attempt that is on its way; what it would have sent waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelTimer();
    await this.#running;
    await this.#sender.stop();
  }

  async #run(): Promise<void> {
    while (this.#isAsked && !this.#stopping.signal.aborted) {
      this.#isAsked = false;
      this.#cancelTimer();
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    const { book, clock, isUnacknowledged } = this.#deps;
    const deliveries = book.ofTarget(this.#target.id);
    const heldMs = (delivery: Delivery) => this.#heldMs(delivery);
    const plan = planQueue({ deliveries, nowMs: clock.nowMs(), heldMs, isUnacknowledged });
    if (plan.settled.length > 0) await this.#settle(plan.settled);
    const retryMs = Math.max(0, this.#retryAtMonotonicMs - clock.monotonicMs());
    const isAhead = retryMs > 0;
    if (plan.next !== null && (!isAhead || isFreshAndUrgent(plan.next))) {
      this.#isAsked = true;
      return this.#attempt(plan.next, isAhead);
    }
    this.#lookAgain(Math.min(plan.next === null ? Infinity : retryMs, plan.wakeInMs ?? Infinity));
  }

  #heldMs({ id }: Delivery): number {
    const nowMs = this.#deps.clock.monotonicMs();
    const sinceMs = this.#sinceMs.get(id) ?? nowMs;
    this.#sinceMs.set(id, sinceMs);
    return nowMs - sinceMs;
  }

  #lookAgain(inMs: number): void {
    if (inMs === Infinity || this.#stopping.signal.aborted) return;
    this.#cancelTimer = after(this.#deps.clock, Math.min(inMs, LOOK_AGAIN_MS), () => this.look());
  }

  /** @param isAhead while the others wait for the next try */
  async #attempt(planned: PlannedMessage, isAhead: boolean): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#stopping;
    const limit = { limitMs: SEND_LIMIT_MS, what: `«${this.#target.name}»`, signal };
    try {
      const message = this.#deps.compose(planned);
      await withTimeLimit(clock, limit, (ending) => this.#sender.send(message, ending));
    } catch (error) {
      if (!signal.aborted) await this.#failed(planned, { error, isAhead });
      return;
    }
    await this.#succeeded(planned);
  }

  async #succeeded({ carrier, besides, covers }: PlannedMessage): Promise<void> {
    const { clock, log } = this.#deps;
    if (this.#failures > 0) log.info({ targetId: this.#target.id }, "messages reach their target again");
    this.#failures = 0;
    this.#retryAtMonotonicMs = 0;
    this.#lastError = null;
    const settledAtMs = clock.nowMs();
    const told = [...besides, ...covers].map((d): Delivery => ({ ...d, state: "replaced", settledAtMs }));
    await this.#keep([
      { ...carrier, attempts: carrier.attempts + 1, lastError: null, state: "sent", settledAtMs },
      ...told,
    ]);
  }

  async #failed(
    { carrier }: PlannedMessage,
    { error, isAhead }: { readonly error: unknown; readonly isAhead: boolean },
  ): Promise<void> {
    const { clock, log, random } = this.#deps;
    // A try ahead of its time does not make the others wait longer.
    if (!isAhead) {
      this.#failures += 1;
      this.#retryAtMonotonicMs = clock.monotonicMs() + backOffMs(this.#failures, random());
    }
    this.#lastFailedAtMs = clock.nowMs();
    this.#lastError = messageOf(error);
    const fields = { targetId: this.#target.id, target: this.#target.name, reason: this.#lastError };
    if (this.#failures === 1 && !isAhead)
      log.warn(fields, "a message did not reach its target; it is tried again");
    const failed = { ...carrier, attempts: carrier.attempts + 1, lastError: this.#lastError };
    if (error instanceof ReefFault && REFUSED_FOR_GOOD.has(error.code)) {
      return this.#settle([{ ...failed, state: "refused", settledAtMs: clock.nowMs() }]);
    }
    await this.#keep([failed]);
  }

  async #settle(settled: readonly Delivery[]): Promise<void> {
    const lost = settled.filter(({ state }) => state === "expired" || state === "refused");
    await this.#keep(settled);
    if (lost.length === 0) return;
    this.#deps.log.error(
      { targetId: this.#target.id, target: this.#target.name, messages: lost.length, reason: this.#lastError },
      "messages were given up: their target could not be told",
    );
    const worthTelling = lost.filter(({ about }) => !isNotice(about));
    if (worthTelling.length > 0) this.#deps.onGivenUp(this.#target, worthTelling);
  }

  /** A disk that does not take it makes it a double after a restart, with the same id; never a silence. */
  async #keep(deliveries: readonly Delivery[]): Promise<void> {
    for (const { id, state } of deliveries) if (state !== "waiting") this.#sinceMs.delete(id);
    try {
      await this.#deps.book.put(deliveries);
    } catch (error) {
      this.#deps.log.error({ error }, "what became of a message could not be written down");
    }
  }
}

/** Nobody knows yet whether its target can be reached now, and it matters: it waits for no other's next try, once. */
function isFreshAndUrgent({ carrier, besides }: PlannedMessage): boolean {
  const { priority } = carrier.about;
  return (priority === "critical" || priority === "high") && [carrier, ...besides].every((d) => d.attempts === 0);
}
