import type { Message } from "#main/notifications/message.ts";
import type { Sender } from "#main/notifications/senders/sender.ts";

/** Takes messages, or does what `failing` says: throws, or hangs until the attempt is given up. */
export class FakeSender implements Sender {
  readonly received: Message[] = [];
  readonly attempts: Message[] = [];
  failing: Error | "hangs" | null = null;
  isStopped = false;

  async send(message: Message, signal: AbortSignal): Promise<void> {
    this.attempts.push(message);
    if (this.failing === "hangs") {
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("given up")), { once: true });
      });
    }
    if (this.failing !== null) throw this.failing;
    this.received.push(message);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
  }
}
