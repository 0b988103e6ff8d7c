import type { Delivery } from "#main/notifications/delivery.ts";
import { type Message, type MessageFrame, messageFrom } from "#main/notifications/message.ts";
import { delivery } from "./announcements.ts";

export const FRAME: MessageFrame = {
  tankName: "Reef tank",
  zone: "Europe/Berlin",
  linkBase: "https://reef.example",
  acknowledgeLink: "https://reef.example/acknowledge/secret",
  answers: null,
};

/** A delivery in words. */
export function message(over: Partial<Delivery> = {}, frame: Partial<MessageFrame> = {}): Message {
  return messageFrom(
    { carrier: delivery(over), besides: [], covers: [], form: "as-it-is" },
    { ...FRAME, ...frame },
  );
}
