import type { Announcement } from "#contract/alarms.ts";
import { messageOf } from "#contract/errors.ts";
import type { NotificationTargetId } from "#contract/ids.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import { type Delivery, freshDelivery, type Notice } from "./delivery.ts";
import type { DeliveryBook } from "./delivery-book.ts";
import type { AnnouncementSource } from "./ports.ts";
import { deliveryFor } from "./routes.ts";
import type { Sender } from "./senders/sender.ts";
import { type LaneDeps, TargetLane } from "./target-lane.ts";

/** A store that did not take what there is to tell is asked again after this. */
const RETRY_MS = 10_000;
const PRUNE_MS = 3_600_000;

export interface OutboxDeps extends Omit<LaneDeps, "onGivenUp"> {
  readonly book: DeliveryBook;
  readonly source: AnnouncementSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly senderFor: (target: NotificationTargetConfig) => Sender;
  /** The tank's, IANA. */
  readonly zone: () => string;
}

export interface DeliveryState {
  readonly waiting: number;
  readonly lastSentAtMs: number | null;
  readonly lastFailedAtMs: number | null;
  readonly lastError: string | null;
}

/**
 * What there is to tell, on the disk until it was told. An announcement becomes its deliveries in one step and is done
 * only then; a delivery is known by its id for days: a crash at any point loses nothing, and doubles nothing but what was
 * on its way, which has the same id.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #lanes = new Map<NotificationTargetId, TargetLane>();
  /** Their lanes are ending. */
  readonly #closing = new Set<NotificationTargetId>();
  /** null: nobody said yet; until then nothing is taken, since it would be for nobody. */
  #targets: readonly NotificationTargetConfig[] | null = null;
  #work: Promise<void> = Promise.resolve();
  #cancels: Cancel[] = [];
  #cancelRetry: Cancel = () => undefined;
  #cancelPrune: Cancel = () => undefined;
  #isLoaded = false;
  #isStopped = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
  }

  /** Takes up what the last run left; nobody waits for it. */
  start(): void {
    this.#cancels.push(this.#deps.source.onAnnouncement(() => this.#take()));
    this.#take();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry();
    this.#cancelPrune();
    for (const cancel of this.#cancels.splice(0)) cancel();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
    await this.#work;
  }

  /** The whole set from now on. A target that is another one now is tried at once. */
  configure(targets: readonly NotificationTargetConfig[]): void {
    if (this.#isStopped) return;
    this.#targets = targets;
    const wanted = new Map(targets.filter((t) => t.isEnabled).map((t) => [t.id, t]));
    for (const [id, lane] of this.#lanes) {
      if (wanted.get(id) === lane.target) continue;
      this.#lanes.delete(id);
      this.#closing.add(id);
      this.#inTurn(() => this.#close(id, lane));
    }
    this.#openLanes();
    this.#take();
  }

  /** null: there is no such target that is enabled. */
  senderOf(targetId: NotificationTargetId): Sender | null {
    return this.#lanes.get(targetId)?.sender ?? null;
  }

  /** Its connection is back. */
  hurry(targetId: NotificationTargetId): void {
    this.#lanes.get(targetId)?.hurry();
  }

  /** Everybody may have something else to do: an alarm was acknowledged. */
  lookAgain(): void {
    if (this.#isLoaded) for (const lane of this.#lanes.values()) lane.look();
  }

  /** Says something of our own to one target; the same words again are said once. */
  tell(notice: Notice, targetId: NotificationTargetId): void {
    this.#inTurn(async () => {
      if (!this.#isLoaded) return;
      const of = { targetId, about: notice, route: "at-once", dueAtMs: notice.atMs } as const;
      await this.#deps.book.add([freshDelivery(of)]);
      this.lookAgain();
    });
  }

  stateOf(targetId: NotificationTargetId): DeliveryState {
    const deliveries = this.#deps.book.ofTarget(targetId);
    const sentAtMs = deliveries.flatMap((d) => (d.state === "sent" ? [d.settledAtMs ?? 0] : []));
    const trouble = this.#lanes.get(targetId)?.trouble;
    return {
      waiting: deliveries.filter((d) => d.state === "waiting").length,
      lastSentAtMs: sentAtMs.length === 0 ? null : Math.max(...sentAtMs),
      lastFailedAtMs: trouble?.lastFailedAtMs ?? null,
      lastError: trouble?.lastError ?? null,
    };
  }

  /** What a sender says at its end is said before its successor says anything. */
  async #close(id: NotificationTargetId, lane: TargetLane): Promise<void> {
    try {
      await lane.stop();
    } finally {
      this.#closing.delete(id);
      this.#openLanes();
    }
  }

  #openLanes(): void {
    if (this.#isStopped) return;
    for (const target of this.#targets ?? []) {
      if (!target.isEnabled || this.#lanes.has(target.id) || this.#closing.has(target.id)) continue;
      const laneDeps = { ...this.#deps, onGivenUp: this.#tellOthers };
      this.#lanes.set(target.id, new TargetLane(laneDeps, target, this.#deps.senderFor(target)));
    }
  }

  #take(): void {
    this.#inTurn(async () => {
      if (this.#targets === null) return;
      await this.#load();
      await this.#forgetSwitchedOff();
      for (const announcement of await this.#deps.source.pending()) await this.#fanOut(announcement);
      this.lookAgain();
    });
  }

  async #load(): Promise<void> {
    if (this.#isLoaded) return;
    const { book, clock, log } = this.#deps;
    const unreadable = await book.load();
    if (unreadable > 0) log.error({ messages: unreadable }, "messages that were kept say nothing to this program");
    this.#isLoaded = true;
    const prune = () => {
      this.#inTurn(() => book.prune(clock.nowMs(), new Set(this.#targets?.map(({ id }) => id))));
      this.#cancelPrune = after(clock, PRUNE_MS, prune);
    };
    prune();
  }

  /** Whoever switches a target on again wants to hear what is, and not what was. */
  async #forgetSwitchedOff(): Promise<void> {
    const { book, clock } = this.#deps;
    const off = (this.#targets ?? []).filter(({ isEnabled }) => !isEnabled);
    const waiting = off.flatMap(({ id }) => book.ofTarget(id)).filter(({ state }) => state === "waiting");
    await book.put(waiting.map((d) => ({ ...d, state: "dropped" as const, settledAtMs: clock.nowMs() })));
  }

  async #fanOut(announcement: Announcement): Promise<void> {
    const { book, source, zone } = this.#deps;
    const deliveries = (this.#targets ?? []).flatMap((target) => {
      const delivery = deliveryFor(announcement, { target, known: book.ofTarget(target.id), zone: zone() });
      return delivery === null ? [] : [delivery];
    });
    await book.add(deliveries);
    await source.done(announcement.id);
  }

  readonly #tellOthers = (target: NotificationTargetConfig, lost: readonly Delivery[]): void => {
    const [first] = lost;
    if (first === undefined) return;
    const count = lost.length === 1 ? "1 message" : `${lost.length} messages`;
    const reason = first.lastError === null ? "" : ` The last reason: ${first.lastError}`;
    const notice: Notice = {
      id: `trouble ${first.id}`,
      atMs: this.#deps.clock.nowMs(),
      kind: "trouble",
      priority: "high",
      title: `«${target.name}» could not be told`,
      text: `${count} to «${target.name}» could not be delivered within a day.${reason}\nLook at its settings.`,
    };
    for (const other of this.#lanes.keys()) if (other !== target.id) this.tell(notice, other);
  };

  /** One after the other; what fails is tried again, all of it, since all of it may be done twice. */
  #inTurn(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      if (this.#isStopped) return;
      this.#deps.log.error(
        { reason: messageOf(error) },
        "what there is to tell could not be kept; it is tried again",
      );
      this.#cancelRetry();
      this.#cancelRetry = after(this.#deps.clock, RETRY_MS, () => this.#take());
    });
  }
}
