import { connect as connectPlain, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { IClientOptions, MqttClient } from "mqtt";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { NotificationChannel } from "#contract/notifications.ts";
import type { Cancel } from "../../platform/ports.ts";
import { after, sleep } from "../../platform/timing.ts";
import { backOffMs } from "../back-off.ts";
import { networkFault } from "../senders/network-words.ts";
import type { SenderContext } from "../senders/sender-context.ts";

type Mqtt = Extract<NotificationChannel, { type: "mqtt" }>;

const CONNECT_LIMIT_MS = 10_000;
const KEEP_ALIVE_S = 30;
/** A broker that was restarted is back within seconds, and a house waits for it. */
const LONGEST_WAIT_MS = 30_000;
const FAREWELL_LIMIT_MS = 300;
const PLAIN_PORT = 1883;
const TLS_PORT = 8883;
export const AVAILABLE = "online";
const UNAVAILABLE = "offline";

export interface MqttLinkDeps {
  readonly channel: Mqtt;
  readonly context: SenderContext;
  readonly random: () => number;
  /** Connected, for the first time or again: a broker may have forgotten everything. */
  readonly onUp: () => void;
  readonly onMessage: (topic: string, payload: string, isRetained: boolean) => void;
}

/** One lasting connection to a broker (MQTT 3.1.1), with a last will; it comes back by itself. */
export class MqttLink {
  readonly #deps: MqttLinkDeps;
  #client: MqttClient | null = null;
  #cancelRetry: Cancel = () => undefined;
  #failures = 0;
  #isStopped = false;
  #lastError = "it is not connected yet";
  #decide: () => void = () => undefined;
  /** Resolves when the first attempt to connect came to something, either way. */
  readonly isDecided = new Promise<void>((resolve) => {
    this.#decide = resolve;
  });

  constructor(deps: MqttLinkDeps) {
    this.#deps = deps;
  }

  /** The topic that says whether this program is there. */
  get statusTopic(): string {
    return `${this.#deps.channel.baseTopic}/status`;
  }

  get isUp(): boolean {
    return this.#client?.connected === true;
  }

  start(): void {
    this.#connect().catch((error: unknown) => this.#down(error));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#decide();
    this.#cancelRetry();
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    if (client.connected) {
      const farewell = takeLeave(client, this.statusTopic).catch(() => undefined);
      await Promise.race([farewell, sleep(this.#deps.context.clock, FAREWELL_LIMIT_MS)]);
    }
    // A leave that is still being taken would not be cut short by another end.
    client.stream.destroy();
    await client.endAsync(true).catch(() => undefined);
  }

  /**
   * Resolves when the broker has it.
   * @throws ReefFault device-unreachable: not connected, or not for long enough
   */
  async publish(topic: string, payload: string, isRetained: boolean): Promise<void> {
    const client = this.#client;
    if (client === null || !client.connected) throw this.#unreachable(this.#lastError);
    try {
      await client.publishAsync(topic, payload, { qos: 1, retain: isRetained });
    } catch (error) {
      throw this.#unreachable(messageOf(error));
    }
  }

  /** @throws ReefFault device-unreachable */
  async subscribe(topics: readonly string[]): Promise<void> {
    if (this.#client === null) throw this.#unreachable(this.#lastError);
    await this.#client.subscribeAsync([...topics], { qos: 1 });
  }

  async #connect(): Promise<void> {
    const { channel, context } = this.#deps;
    const url = new URL(channel.url);
    context.addresses.assertAllowed(url.hostname.replace(/^\[|\]$/g, ""));
    const password = channel.username === null ? null : await context.secret("password");
    // Loaded with the first connection: a start does without.
    const { MqttClient } = await import("mqtt");
    if (this.#isStopped) return;
    let reason: unknown = null;
    const open = () => {
      const socket = socketTo(url, { lookup: context.addresses.lookup, ca: context.ca });
      socket.on("error", (error) => {
        reason ??= error;
      });
      return socket;
    };
    const client = new MqttClient(open, this.#options(password));
    this.#client = client;
    client.on("error", (error) => {
      reason ??= error;
    });
    client.on("connect", () => this.#up());
    client.on("close", () => {
      client.end(true);
      if (this.#client !== client) return;
      this.#client = null;
      this.#down(reason);
    });
    client.on("message", (topic, payload, packet) =>
      this.#deps.onMessage(topic, payload.toString("utf8"), packet.retain),
    );
  }

  #options(password: string | null): IClientOptions {
    const { channel, random } = this.#deps;
    const name = Math.floor(random() * 2 ** 48).toString(36);
    return {
      protocolVersion: 4,
      clientId: `bellas-reef-${name}`,
      clean: true,
      ...(channel.username === null ? {} : { username: channel.username, password: password ?? "" }),
      keepalive: KEEP_ALIVE_S,
      connectTimeout: CONNECT_LIMIT_MS,
      // Our own clock decides when to try again.
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      will: { topic: this.statusTopic, payload: Buffer.from(UNAVAILABLE), qos: 1, retain: true },
    };
  }

  #up(): void {
    if (this.#failures > 0) this.#deps.context.log.info({ url: this.#deps.channel.url }, "the broker is back");
    this.#failures = 0;
    this.#decide();
    this.#deps.onUp();
  }

  #down(reason: unknown): void {
    if (this.#isStopped) return;
    const { context, channel, random } = this.#deps;
    const where = new URL(channel.url).host;
    this.#lastError = reason === null ? "it ended the connection" : networkFault(reason, where).message;
    this.#failures += 1;
    this.#decide();
    if (this.#failures === 1) {
      context.log.warn({ url: channel.url, reason: this.#lastError }, "the broker is away; it is asked again");
    }
    const waitMs = Math.min(LONGEST_WAIT_MS, backOffMs(this.#failures, random()));
    this.#cancelRetry = after(context.clock, waitMs, () => this.start());
  }

  #unreachable(reason: string): ReefFault {
    return new ReefFault("device-unreachable", `The broker ${new URL(this.#deps.channel.url).host}: ${reason}`);
  }
}

/** With a proper end the broker keeps the last will to itself: it would come after the successor's greeting. */
async function takeLeave(client: MqttClient, statusTopic: string): Promise<void> {
  await client.publishAsync(statusTopic, UNAVAILABLE, { qos: 1, retain: true });
  await client.endAsync(false);
}

function socketTo(url: URL, { lookup, ca }: { lookup: LookupFunction; ca: string | undefined }): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isTls = url.protocol === "mqtts:";
  const port = url.port === "" ? (isTls ? TLS_PORT : PLAIN_PORT) : Number(url.port);
  if (!isTls) return connectPlain({ host, port, lookup });
  const named = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ host, port, lookup, minVersion: "TLSv1.2", ...named, ...(ca === undefined ? {} : { ca }) });
}
