import type { AlarmPriority } from "#contract/alarms.ts";
import type { NotificationChannel } from "#contract/notifications.ts";
import { isToAcknowledge, type Message } from "../message.ts";
import { callHttp } from "./http-call.ts";
import type { Sender } from "./sender.ts";
import type { SenderContext } from "./sender-context.ts";

type Ntfy = Extract<NotificationChannel, { type: "ntfy" }>;

/** ntfy's scale: 5 breaks through a telephone's silence, 2 makes no sound. */
const PRIORITY: Readonly<Record<AlarmPriority, number>> = { critical: 5, high: 4, medium: 3, low: 2 };
const CALM = 3;

/** Publishes as JSON (docs.ntfy.sh/publish, «Publish as JSON»), to the server's root. */
export class NtfySender implements Sender {
  readonly #channel: Ntfy;
  readonly #context: SenderContext;

  constructor(channel: Ntfy, context: SenderContext) {
    this.#channel = channel;
    this.#context = context;
  }

  async send(message: Message, signal: AbortSignal): Promise<void> {
    const { addresses, ca } = this.#context;
    const token = await this.#context.secret("token");
    const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
    const headers = { "Content-Type": "application/json", ...authorization };
    const body = JSON.stringify(ntfyBody(message, this.#channel.topic));
    await callHttp({ method: "POST", url: this.#channel.url, headers, body, addresses, ca, signal });
  }

  async stop(): Promise<void> {}
}

function ntfyBody(message: Message, topic: string): object {
  const needsSomebody = isToAcknowledge(message.kind) && message.kind !== "raised-and-returned";
  const priority = PRIORITY[message.priority];
  const view = message.link === null ? [] : [{ action: "view", label: "See it", url: message.link }];
  const acknowledge =
    message.acknowledgeLink === null
      ? []
      : [{ action: "http", label: "Acknowledge", url: message.acknowledgeLink, method: "POST", clear: true }];
  return {
    topic,
    title: `${message.tankName}: ${message.title}`,
    message: message.words,
    priority: needsSomebody ? priority : Math.min(priority, CALM),
    tags: [needsSomebody ? "rotating_light" : "white_check_mark", message.priority],
    // A message that comes twice replaces itself (ntfy 2.16 and newer; older ones show it twice).
    sequence_id: message.id,
    ...(message.link === null ? {} : { click: message.link }),
    actions: [...view, ...acknowledge],
  };
}
