import { messageOf, ReefFault } from "#contract/errors.ts";
import type { AlarmId, NotificationTargetId } from "#contract/ids.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { acknowledgeToken, LINK_LASTS_MS, readAcknowledgeToken } from "./acknowledge-links.ts";
import { type Delivery, isNotice } from "./delivery.ts";
import type { DeliveryBook } from "./delivery-book.ts";
import type { AcknowledgeView, AlarmDesk } from "./ports.ts";

interface AcknowledgeDeskDeps {
  readonly key: Buffer;
  readonly book: DeliveryBook;
  readonly alarms: AlarmDesk;
  readonly clock: Clock;
  readonly log: Logger;
  /** null: there is no such target any more. */
  readonly targetName: (id: NotificationTargetId) => string | null;
}

type Checked =
  | { readonly delivery: Delivery; readonly by: string; readonly refusal: null }
  | { readonly refusal: AcknowledgeView };

const UNKNOWN: AcknowledgeView = {
  state: "unknown",
  heading: "This link leads nowhere",
  text: "It is incomplete, or its message is forgotten. Open the app to see what stands.",
  alarms: [],
};

/** Acknowledges by the link in a message: once, for a day, in the name of whoever the message went to. */
export class AcknowledgeDesk {
  readonly #deps: AcknowledgeDeskDeps;

  constructor(deps: AcknowledgeDeskDeps) {
    this.#deps = deps;
  }

  /** What a message carries in its link. */
  tokenFor(delivery: Delivery): string {
    const { key, clock } = this.#deps;
    return acknowledgeToken(key, { deliveryId: delivery.id, expiresAtMs: clock.nowMs() + LINK_LASTS_MS });
  }

  look(token: string): AcknowledgeView {
    const checked = this.#check(token);
    if (checked.refusal !== null) return checked.refusal;
    return {
      state: "open",
      heading: "Acknowledge?",
      text: `It will say that ${checked.by} knows. Acknowledging ends the reminders; it does not switch anything.${this.#raisedAnewWords(checked.delivery)}`,
      alarms: namesOf(checked.delivery),
    };
  }

  async acknowledge(token: string): Promise<AcknowledgeView> {
    const { book, clock, log } = this.#deps;
    const checked = this.#check(token);
    if (checked.refusal !== null) return checked.refusal;
    const { delivery, by } = checked;
    const anew = this.#raisedAnewWords(delivery);
    const count = await this.#acknowledgeAll(delivery, by);
    const now = book.get(delivery.id) ?? delivery;
    await book.put([{ ...now, acknowledgedAtMs: clock.nowMs() }]).catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "that a link was used could not be written down");
    });
    return {
      state: "acknowledged",
      heading: count > 0 ? "Acknowledged" : "Nothing was left to acknowledge",
      text: `${count > 0 ? `By ${by}. Thank you.` : nothingLeft(anew)}${anew}`.trim(),
      alarms: namesOf(delivery),
    };
  }

  /** @returns how many there were @throws ReefFault what keeps it from being kept: the link can be used again */
  async #acknowledgeAll({ about }: Delivery, by: string): Promise<number> {
    let count = 0;
    for (const { alarmId, raisedAtMs } of isNotice(about) ? [] : about.alarms) {
      if (this.#isRaisedAnew(alarmId, raisedAtMs)) continue;
      try {
        await this.#deps.alarms.acknowledge(alarmId, by);
        count += 1;
      } catch (error) {
        if (!(error instanceof ReefFault) || (error.code !== "conflict" && error.code !== "not-found"))
          throw error;
      }
    }
    return count;
  }

  /** Whoever read an old message knows nothing of what came after it. */
  #isRaisedAnew(id: AlarmId, toldRaisedAtMs: number): boolean {
    const { raisedAt = null } = this.#deps.alarms.list().find((alarm) => alarm.id === id) ?? {};
    return raisedAt !== null && Date.parse(raisedAt) > toldRaisedAtMs;
  }

  /** Begins with a space; empty: none was raised after this message. */
  #raisedAnewWords({ about }: Delivery): string {
    const anew = isNotice(about) ? [] : about.alarms.filter((a) => this.#isRaisedAnew(a.alarmId, a.raisedAtMs));
    if (anew.length === 0) return "";
    const names = anew.map(({ name }) => `«${name}»`).join(", ");
    return ` Raised again after this message, and not acknowledged by its link: ${names}. Open the app, or use the newer message.`;
  }

  #check(token: string): Checked {
    const { key, book, clock, targetName } = this.#deps;
    const claim = readAcknowledgeToken(key, token);
    const delivery = claim === null ? null : book.get(claim.deliveryId);
    const by = delivery === null ? null : targetName(delivery.targetId);
    if (claim === null || delivery === null || by === null) return { refusal: UNKNOWN };
    const alarms = namesOf(delivery);
    if (delivery.acknowledgedAtMs !== null) {
      const text = "A link acknowledges once. Open the app to see what stands.";
      return { refusal: { state: "used", heading: "This link was used already", text, alarms } };
    }
    if (clock.nowMs() >= claim.expiresAtMs) {
      const text = "A link works for a day. Open the app to acknowledge.";
      return { refusal: { state: "expired", heading: "This link has expired", text, alarms } };
    }
    return { delivery, by, refusal: null };
  }
}

function nothingLeft(anew: string): string {
  return anew === "" ? "Somebody was faster, or it is over and was acknowledged already." : "";
}

function namesOf({ about }: Delivery): readonly string[] {
  return isNotice(about) ? [] : about.alarms.map(({ name }) => name);
}
