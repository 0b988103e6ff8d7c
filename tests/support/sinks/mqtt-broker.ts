import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { Aedes } from "aedes";
import { onTestFinished, vi } from "vitest";

export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly isRetained: boolean;
}

/** A real broker over TCP that remembers what clients published, and forgets everything when it restarts. */
export class MqttBroker {
  readonly published: Published[] = [];
  readonly retained = new Map<string, string>();
  readonly subscriptions: string[] = [];
  readonly #password: string | null;
  #aedes: Aedes | null = null;
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(password: string | null) {
    this.#password = password;
  }

  /** Gone when the test ends. @param password of the user keeper; null: anybody may come */
  static async start({ password = null }: { password?: string | null } = {}): Promise<MqttBroker> {
    const broker = new MqttBroker(password);
    await broker.up();
    onTestFinished(() => broker.down());
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  get isConnected(): boolean {
    return (this.#aedes?.connectedClients ?? 0) > 0;
  }

  async up(): Promise<void> {
    const aedes = await Aedes.createBroker();
    aedes.authenticate = (_client, username, password, done) => {
      const isRight =
        this.#password === null || (username === "keeper" && password?.toString() === this.#password);
      done(null, isRight);
    };
    aedes.on("publish", (packet, client) => {
      if (client === null && !packet.topic.endsWith("/status")) return;
      if (packet.topic.startsWith("$SYS")) return;
      const payload = packet.payload.toString();
      this.published.push({ topic: packet.topic, payload, isRetained: packet.retain });
      if (packet.retain) this.retained.set(packet.topic, payload);
    });
    aedes.on("subscribe", (subscriptions) => {
      this.subscriptions.push(...subscriptions.map(({ topic }) => topic));
    });
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => undefined);
      aedes.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#aedes = aedes;
    this.#server = server;
  }

  /** As a power cut does it: every connection ends, and nothing is remembered. */
  async down(): Promise<void> {
    const [server, aedes] = [this.#server, this.#aedes];
    this.#server = null;
    this.#aedes = null;
    if (server === null || aedes === null) return;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => aedes.close(resolve));
    this.retained.clear();
    this.subscriptions.length = 0;
  }

  /** As another client of the house. */
  async say(topic: string, payload: string, isRetained = false): Promise<void> {
    const packet = { cmd: "publish", topic, payload, qos: 1, retain: isRetained, dup: false } as const;
    await new Promise<void>((resolve, reject) => {
      this.#aedes?.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  of(topic: string): readonly string[] {
    return this.published.filter((p) => p.topic === topic).map(({ payload }) => payload);
  }

  /** Waits until what is published makes `look` true. */
  async until(what: string, look: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!look()) throw new Error(`the broker did not see: ${what}`);
      },
      { timeout: 15_000, interval: 10 },
    );
  }
}
