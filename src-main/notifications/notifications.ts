import { randomBytes } from "node:crypto";
import type { Configuration } from "#contract/configuration.ts";
import { messageOf } from "#contract/errors.ts";
import type { NotificationTargetId } from "#contract/ids.ts";
import {
  type DesktopNotice,
  type NotificationChannel,
  type NotificationTarget,
  type NotificationTargetConfig,
  type NotificationTestResult,
  notificationSecretName,
} from "#contract/notifications.ts";
import { instantFrom } from "#contract/time.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { after, sleep, withTimeLimit } from "../platform/timing.ts";
import { AcknowledgeDesk } from "./acknowledge-desk.ts";
import { type Delivery, freshDelivery } from "./delivery.ts";
import { DeliveryBook } from "./delivery-book.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type Message, messageFrom } from "./message.ts";
import { frameFor } from "./message-frame.ts";
import type { House } from "./mqtt/house.ts";
import { MqttSender } from "./mqtt/mqtt-sender.ts";
import { Outbox } from "./outbox.ts";
import type { PlannedMessage } from "./planned-message.ts";
import type {
  AcknowledgeView,
  AlarmDesk,
  AnnouncementSource,
  DeliveryStore,
  NotificationSecrets,
  NotificationService,
} from "./ports.ts";
import { AddressRule } from "./senders/addresses.ts";
import { refusePlainText } from "./senders/mail-sender.ts";
import type { Sender } from "./senders/sender.ts";
import { senderFor } from "./senders/sender-for.ts";
import { SEND_LIMIT_MS } from "./target-lane.ts";
import { WeeklyTests } from "./weekly-tests.ts";

const LINK_KEY = "notification-link-key";
const KEY_BYTES = 32;
const STOP_LIMIT_MS = 1_000;
/** Alarms tell of every change; what waits is looked at this soon after. */
const LOOK_SOON_MS = 1_000;
const NEVER: NotificationTarget["delivery"] = {
  waiting: 0,
  lastSentAt: null,
  lastFailedAt: null,
  lastError: null,
};

export interface NotificationsDeps {
  readonly store: DeliveryStore;
  readonly secrets: NotificationSecrets;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to below 1. */
  readonly random: () => number;
  /** Whether messages may go to this machine itself. */
  readonly allowsLoopback: boolean;
}

/** What it tells of, there once the tank is. */
export interface Told {
  readonly source: AnnouncementSource;
  readonly house: Omit<House, "channels" | "tankName">;
  /** Whether anything at all is heard of the tank, and anything obeys. */
  readonly isInControl: () => boolean;
}

/** Tells people what the alarms announce, over whatever reaches them. Nothing waits for it. */
export class Notifications implements NotificationService, Stoppable {
  readonly #deps: NotificationsDeps;
  readonly #addresses: AddressRule;
  readonly #book: DeliveryBook;
  readonly #heartbeat: Heartbeat;
  readonly #windows = new Set<(notice: DesktopNotice) => void>();
  #configuration: Configuration | null = null;
  #running: {
    readonly outbox: Outbox;
    readonly desk: AcknowledgeDesk;
    readonly weekly: WeeklyTests;
    readonly house: House;
    readonly isInControl: () => boolean;
    readonly cancel: Cancel;
  } | null = null;
  #isStopped = false;

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
    this.#addresses = new AddressRule(deps.allowsLoopback);
    this.#book = new DeliveryBook(deps.store);
    this.#heartbeat = new Heartbeat({
      ...deps,
      addresses: this.#addresses,
      isInControl: () => this.#running?.isInControl() === true,
    });
  }

  /** Resolves when it tells; nobody need wait for that. Never rejects. */
  async start(told: Told): Promise<void> {
    const key = await this.#linkKey();
    if (this.#isStopped) return;
    const { clock, log, random } = this.#deps;
    const { alarms } = told.house;
    const house: House = {
      ...told.house,
      channels: () => this.#configuration?.channels ?? [],
      tankName: () => this.#tank().tankName,
    };
    const zone = () => this.#tank().timeZone;
    const targets = () => this.#configuration?.notifications.targets ?? [];
    const targetName = (id: NotificationTargetId) => targets().find((t) => t.id === id)?.name ?? null;
    const desk = new AcknowledgeDesk({ key, book: this.#book, alarms, clock, log, targetName });
    const outbox: Outbox = new Outbox({
      book: this.#book,
      source: told.source,
      clock,
      log,
      random,
      zone,
      isUnacknowledged: (id) => alarms.isUnacknowledged(id),
      compose: (planned) => this.#compose(planned, desk),
      senderFor: (target) => this.#senderFor(target, { house, onUp: () => outbox.hurry(target.id) }),
    });
    const weekly = new WeeklyTests({ clock, targets, zone, tell: (notice, { id }) => outbox.tell(notice, id) });
    weekly.start();
    const cancel = this.#lookSoonAfter(alarms, outbox);
    this.#running = { outbox, desk, weekly, house, isInControl: told.isInControl, cancel };
    outbox.start();
    this.#apply();
  }

  /** Only what a keeper configured: an empty one that waits for its database is not one. */
  configure(configuration: Configuration): void {
    if (configuration.revision === 0) return;
    this.#configuration = configuration;
    this.#apply();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#heartbeat.stop();
    const running = this.#running;
    running?.cancel();
    running?.weekly.stop();
    if (running === null) return;
    // A disk or a broker that hangs keeps nobody from stopping: what is not settled is sent again, with the same id.
    await Promise.race([running.outbox.stop(), sleep(this.#deps.clock, STOP_LIMIT_MS)]);
  }

  onDesktopNotice(listener: (notice: DesktopNotice) => void): Cancel {
    this.#windows.add(listener);
    return () => this.#windows.delete(listener);
  }

  acknowledgement(token: string): AcknowledgeView {
    return this.#running?.desk.look(token) ?? STARTING;
  }

  async acknowledge(token: string): Promise<AcknowledgeView> {
    return this.#running?.desk.acknowledge(token) ?? STARTING;
  }

  deliveryOf(targetId: NotificationTargetId): NotificationTarget["delivery"] {
    if (this.#running === null) return NEVER;
    const { waiting, lastSentAtMs, lastFailedAtMs, lastError } = this.#running.outbox.stateOf(targetId);
    return {
      waiting,
      lastSentAt: lastSentAtMs === null ? null : instantFrom(lastSentAtMs),
      lastFailedAt: lastFailedAtMs === null ? null : instantFrom(lastFailedAtMs),
      lastError,
    };
  }

  /** @throws ReefFault invalid: messages may not go there */
  assertAllowed(address: NotificationChannel | { readonly type: "heartbeat"; readonly url: string }): void {
    if (address.type === "mail") refusePlainText(address);
    else if (address.type !== "desktop")
      this.#addresses.assertAllowed(new URL(address.url).hostname.replace(/^\[|\]$/g, ""));
  }

  /** One message now, past everything that waits. */
  async test(target: NotificationTargetConfig): Promise<NotificationTestResult> {
    const running = this.#running;
    if (running === null) return { ok: false, detail: "The controller is still starting; try again." };
    const { house, outbox, desk } = running;
    const known = outbox.senderOf(target.id);
    const sender = known ?? this.#senderFor(target, { house, onUp: () => undefined });
    const message = this.#compose(
      { carrier: this.#testOf(target), besides: [], covers: [], form: "as-it-is" },
      desk,
    );
    const limit = { limitMs: SEND_LIMIT_MS, what: `«${target.name}»` };
    try {
      await withTimeLimit(this.#deps.clock, limit, (signal) => sender.send(message, signal));
      return { ok: true, detail: "The message was taken; look whether it arrived." };
    } catch (error) {
      return { ok: false, detail: messageOf(error) };
    } finally {
      if (known === null) await sender.stop();
    }
  }

  /** What somebody acknowledged needs no second person, and no reminder. */
  #lookSoonAfter(alarms: AlarmDesk, outbox: Outbox): Cancel {
    let cancelLook: Cancel | null = null;
    const unhear = alarms.onChange(() => {
      cancelLook ??= after(this.#deps.clock, LOOK_SOON_MS, () => {
        cancelLook = null;
        outbox.lookAgain();
      });
    });
    return () => {
      cancelLook?.();
      unhear();
    };
  }

  #apply(): void {
    const configuration = this.#configuration;
    if (configuration === null || this.#running === null || this.#isStopped) return;
    const { outbox, weekly } = this.#running;
    const { targets, settings } = configuration.notifications;
    outbox.configure(targets);
    this.#heartbeat.configure(settings.heartbeat);
    weekly.look();
    for (const { id } of targets) {
      const sender = outbox.senderOf(id);
      if (sender instanceof MqttSender) sender.thingsChanged();
    }
  }

  #compose(planned: PlannedMessage, desk: AcknowledgeDesk): Message {
    const { notifications } = this.#configuration ?? { notifications: { settings: { linkBase: null } } };
    const tank = this.#tank();
    const known = this.#book.ofTarget(planned.carrier.targetId);
    const { linkBase } = notifications.settings;
    return messageFrom(
      planned,
      frameFor(planned.carrier, { tank, known, linkBase, token: () => desk.tokenFor(planned.carrier) }),
    );
  }

  #testOf(target: NotificationTargetConfig): Delivery {
    const atMs = this.#deps.clock.nowMs();
    const about = {
      id: newId(atMs),
      atMs,
      kind: "test",
      priority: "low",
      title: "Test message",
      text: "Somebody asked for it in the settings. Messages of alarms will come like this one.",
    } as const;
    return freshDelivery({ targetId: target.id, about, route: "at-once", dueAtMs: atMs });
  }

  #senderFor(target: NotificationTargetConfig, around: { house: House; onUp: () => void }): Sender {
    const { clock, log, secrets, random } = this.#deps;
    const secret = (field: string) => secrets.get(notificationSecretName(target.id, field));
    const context = { clock, log, addresses: this.#addresses, secret };
    return senderFor(target, { context, ...around, random, showOnDesktop: (notice) => this.#show(notice) });
  }

  #show(notice: DesktopNotice): void {
    for (const show of this.#windows) show(notice);
  }

  #tank(): Pick<Configuration["tank"], "tankName" | "timeZone"> {
    return this.#configuration?.tank ?? { tankName: "Reef tank", timeZone: "UTC" };
  }

  /** A store that fails costs the links of this run, and nothing else. */
  async #linkKey(): Promise<Buffer> {
    const { secrets, log } = this.#deps;
    const made = randomBytes(KEY_BYTES);
    try {
      const kept = await secrets.get(LINK_KEY);
      if (kept !== null) return Buffer.from(kept, "base64url");
      await secrets.put(LINK_KEY, made.toString("base64url"));
    } catch (error) {
      log.error(
        { reason: messageOf(error) },
        "the key of acknowledging links cannot be kept; they end with this run",
      );
    }
    return made;
  }
}

const STARTING: AcknowledgeView = {
  state: "unknown",
  heading: "Not yet",
  text: "The controller is still starting. Open the link again in a minute.",
  alarms: [],
};
