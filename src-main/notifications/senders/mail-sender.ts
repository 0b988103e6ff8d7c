import type { SendMailOptions } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { NotificationChannel } from "#contract/notifications.ts";
import type { DeliveryId } from "../delivery.ts";
import type { Message } from "../message.ts";
import { isLoopback } from "./addresses.ts";
import { networkFault } from "./network-words.ts";
import type { Sender } from "./sender.ts";
import type { SenderContext } from "./sender-context.ts";

type Mail = Extract<NotificationChannel, { type: "mail" }>;

const CONNECT_LIMIT_MS = 10_000;
const SILENCE_LIMIT_MS = 15_000;

/** Sends mail over SMTP (RFC 5321), with the server's certificate verified wherever there is TLS. */
export class MailSender implements Sender {
  readonly #channel: Mail;
  readonly #context: SenderContext;

  constructor(channel: Mail, context: SenderContext) {
    this.#channel = channel;
    this.#context = context;
  }

  async send(message: Message, signal: AbortSignal): Promise<void> {
    const channel = this.#channel;
    refusePlainText(channel);
    // Loaded with the first mail: a start does without.
    const { createTransport } = await import("nodemailer");
    const transport = createTransport(await this.#options());
    const close = () => transport.close();
    signal.addEventListener("abort", close, { once: true });
    try {
      const { rejected } = await transport.sendMail(mailFrom(message, channel));
      if (rejected.length > 0) {
        this.#context.log.warn(
          { receivers: rejected.length, host: channel.host },
          "a mail server refused some receivers",
        );
      }
    } catch (error) {
      throw mailFault(error, channel);
    } finally {
      signal.removeEventListener("abort", close);
      transport.close();
    }
  }

  async stop(): Promise<void> {}

  async #options(): Promise<SMTPTransport.Options> {
    const { host, port, security, username } = this.#channel;
    const { ca } = this.#context;
    const password = username === null ? null : await this.#context.secret("password");
    return {
      host,
      port,
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(username === null ? {} : { auth: { user: username, pass: password ?? "" } }),
      tls: { minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) },
      connectionTimeout: CONNECT_LIMIT_MS,
      greetingTimeout: CONNECT_LIMIT_MS,
      socketTimeout: SILENCE_LIMIT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    };
  }
}

/** @throws ReefFault invalid */
export function refusePlainText({ security, host }: Mail): void {
  if (security !== "none" || isLoopback(host)) return;
  throw new ReefFault(
    "invalid",
    "Mail without encryption goes to this machine alone: choose tls or starttls for another server.",
  );
}

function mailFrom(message: Message, { from, to }: Mail): SendMailOptions {
  const thread = message.answers === null ? {} : answerTo(message.answers, from);
  return {
    from,
    to,
    subject: `[${message.tankName}] ${message.title}`,
    text: message.text,
    // The same for the same message: whoever gets it twice can tell, and most servers drop the second.
    messageId: messageIdOf(message.id, from),
    date: new Date(message.atMs),
    headers: { "Auto-Submitted": "auto-generated", "X-Reef-Delivery": message.id },
    ...thread,
    ...(message.priority === "critical" ? { priority: "high" as const } : {}),
  };
}

/** RFC 5322 section 3.6.4: a return stands below its raise in the reader's mail. */
function answerTo(id: DeliveryId, from: string) {
  const raise = messageIdOf(id, from);
  return { inReplyTo: raise, references: raise };
}

function messageIdOf(id: DeliveryId, from: string): string {
  return `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}

/** nodemailer's codes: EAUTH refused sign-in, EENVELOPE refused addresses, ETLS no STARTTLS, EMESSAGE refused words. */
function mailFault(error: unknown, { host, port, username }: Mail): ReefFault {
  const { code, response } = error as { code?: string; response?: string };
  const where = `${host}:${port}`;
  const said = response === undefined ? "" : ` It said: ${response}`;
  const fault = (message: string) => new ReefFault("device-unreachable", message, { cause: error });
  if (code === "EAUTH") return fault(`${where} refused the name ${username ?? ""} or its password.${said}`);
  if (code === "EENVELOPE") return fault(`${where} refused the sender's or a receiver's address.${said}`);
  if (code === "EMESSAGE") return fault(`${where} refused the message.${said}`);
  if (code === "ETLS") return fault(`${where} offers no encryption (STARTTLS), or it failed: ${messageOf(error)}`);
  if (response !== undefined) return fault(`${where} refused.${said}`);
  return networkFault(error, where);
}
