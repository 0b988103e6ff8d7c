import type { DesktopNotice, NotificationTargetConfig } from "#contract/notifications.ts";
import type { House } from "../mqtt/house.ts";
import { MqttSender } from "../mqtt/mqtt-sender.ts";
import { DesktopSender } from "./desktop-sender.ts";
import { MailSender } from "./mail-sender.ts";
import { NtfySender } from "./ntfy-sender.ts";
import type { Sender } from "./sender.ts";
import type { SenderContext } from "./sender-context.ts";
import { WebhookSender } from "./webhook-sender.ts";

interface SenderSurroundings {
  readonly context: SenderContext;
  readonly house: House;
  readonly random: () => number;
  /** Its connection is there: what waits can go. */
  readonly onUp: () => void;
  readonly showOnDesktop: (notice: DesktopNotice) => void;
}

/** The way out that a target's settings name; it is running. */
export function senderFor(target: NotificationTargetConfig, around: SenderSurroundings): Sender {
  const { channel } = target;
  const { context } = around;
  switch (channel.type) {
    case "desktop":
      return new DesktopSender(around.showOnDesktop);
    case "mail":
      return new MailSender(channel, context);
    case "webhook":
      return new WebhookSender(channel, context);
    case "ntfy":
      return new NtfySender(channel, context);
    case "mqtt": {
      const { house, random, onUp } = around;
      const sender = new MqttSender({ target: { ...target, channel }, context, house, random, onUp });
      sender.start();
      return sender;
    }
  }
}
