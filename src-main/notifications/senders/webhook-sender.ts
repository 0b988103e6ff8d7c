import { createHmac } from "node:crypto";
import type { NotificationChannel } from "#contract/notifications.ts";
import { instantFrom } from "#contract/time.ts";
import type { Message } from "../message.ts";
import { callHttp } from "./http-call.ts";
import type { Sender } from "./sender.ts";
import type { SenderContext } from "./sender-context.ts";

type Webhook = Extract<NotificationChannel, { type: "webhook" }>;
const S = 1_000;

/** Posts each message as JSON; docs/notifications.md describes body and signature. */
export class WebhookSender implements Sender {
  readonly #channel: Webhook;
  readonly #context: SenderContext;

  constructor(channel: Webhook, context: SenderContext) {
    this.#channel = channel;
    this.#context = context;
  }

  async send(message: Message, signal: AbortSignal): Promise<void> {
    const { addresses, ca, clock } = this.#context;
    const body = JSON.stringify(webhookBody(message));
    const secret = await this.#context.secret("secret");
    const signature = secret === null ? {} : { "X-Reef-Signature": signatureOf(body, secret, clock.nowMs()) };
    const headers = { "Content-Type": "application/json", "Idempotency-Key": message.id, ...signature };
    await callHttp({ method: "POST", url: this.#channel.url, headers, body, addresses, ca, signal });
  }

  async stop(): Promise<void> {}
}

/** `t=…,v1=…`: HMAC-SHA256 over the time it was sent at (Unix, s), a dot, and the body. */
export function signatureOf(body: string, secret: string, nowMs: number): string {
  const sentAtS = Math.floor(nowMs / S);
  const mac = createHmac("sha256", secret).update(`${sentAtS}.${body}`).digest("hex");
  return `t=${sentAtS},v1=${mac}`;
}

/** The same for webhooks and MQTT. */
export function webhookBody(message: Message): object {
  return {
    id: message.id,
    kind: message.kind,
    at: instantFrom(message.atMs),
    tank: message.tankName,
    priority: message.priority,
    title: message.title,
    text: message.words,
    cause: message.cause,
    alarms: message.alarms.map((alarm) => ({
      alarmId: alarm.alarmId,
      name: alarm.name,
      kind: alarm.kind,
      priority: alarm.priority,
      channelId: alarm.channelId,
      raisedAt: instantFrom(alarm.raisedAtMs),
      value: alarm.value,
      setpoint: alarm.setpoint,
      unit: alarm.unit,
      response: alarm.response,
    })),
    link: message.link,
    acknowledgeLink: message.acknowledgeLink,
    answers: message.answers,
  };
}
