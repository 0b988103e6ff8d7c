import type { DesktopNotice } from "#contract/notifications.ts";
import { isToAcknowledge, type Message } from "../message.ts";
import type { Sender } from "./sender.ts";

/** Shows messages where somebody has a window open: they are for whoever looks, so nobody is waited for. */
export class DesktopSender implements Sender {
  readonly #show: (notice: DesktopNotice) => void;

  constructor(show: (notice: DesktopNotice) => void) {
    this.#show = show;
  }

  async send(message: Message): Promise<void> {
    const { id, title, words, tankName, priority, kind, alarms } = message;
    const [only] = alarms;
    this.#show({
      id,
      title: `${tankName}: ${title}`,
      body: words,
      priority,
      isUrgent:
        isToAcknowledge(kind) &&
        kind !== "raised-and-returned" &&
        (priority === "critical" || priority === "high"),
      alarmId: alarms.length === 1 && only !== undefined ? only.alarmId : null,
    });
  }

  async stop(): Promise<void> {}
}
