import { messageOf } from "#contract/errors.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Message } from "../message.ts";
import type { Sender } from "../senders/sender.ts";
import type { SenderContext } from "../senders/sender-context.ts";
import { webhookBody } from "../senders/webhook-sender.ts";
import { HomeBridge } from "./home-bridge.ts";
import type { House } from "./house.ts";
import { MqttLink } from "./mqtt-link.ts";
import { topicsBelow } from "./topics.ts";

interface MqttSenderDeps {
  readonly target: NotificationTargetConfig & { readonly channel: { readonly type: "mqtt" } };
  readonly context: SenderContext;
  readonly house: House;
  readonly random: () => number;
  /** Messages that wait can go now. */
  readonly onUp: () => void;
}

/** A broker: messages as JSON, and the tank as a device of the house. */
export class MqttSender implements Sender {
  readonly #link: MqttLink;
  readonly #bridge: HomeBridge;
  readonly #topic: string;

  constructor({ target, context, house, random, onUp }: MqttSenderDeps) {
    const { channel } = target;
    this.#topic = topicsBelow(channel.baseTopic).messages;
    this.#link = new MqttLink({
      channel,
      context,
      random,
      onUp: () => {
        this.#bridge.linkIsUp().then(onUp, (error: unknown) => {
          context.log.warn({ reason: messageOf(error) }, "the broker heard only a part of what there is");
        });
      },
      onMessage: (topic, payload, isRetained) => this.#bridge.hear(topic, payload, isRetained),
    });
    const { clock, log } = context;
    this.#bridge = new HomeBridge({ channel, targetName: target.name, house, link: this.#link, clock, log });
  }

  start(): void {
    this.#bridge.start();
    this.#link.start();
  }

  /** Channels, alarms or the tank's name changed. */
  thingsChanged(): void {
    this.#bridge.thingsChanged();
  }

  async send(message: Message): Promise<void> {
    await this.#link.isDecided;
    await this.#link.publish(this.#topic, JSON.stringify(webhookBody(message)), false);
  }

  async stop(): Promise<void> {
    this.#bridge.stop();
    await this.#link.stop();
  }
}
