import type { Message } from "../message.ts";

/** One way out of the house, for one target. */
export interface Sender {
  /**
   * Resolves when whoever is to have the message has it in his keeping. The same message may come again, with the same id.
   * @throws ReefFault not-found, payload-too-large: it is refused for good; any other: it is worth another try
   */
  send(message: Message, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
