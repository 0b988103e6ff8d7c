import { Notification } from "electron";
import type { Logger } from "../platform/ports.ts";

export interface DesktopMessage {
  readonly title: string;
  readonly body: string;
  /** Stays until somebody looks, where the desktop can do that. */
  readonly isUrgent: boolean;
}

/** The desktop's own notifications, for whoever has something to say while nobody looks at the window. */
export interface DesktopNotifier {
  /** Tells at once and waits for nobody. @param onClick somebody wants to see it */
  notify(message: DesktopMessage): void;
}

/** Through Electron; a desktop without notifications loses the message, not the program. */
export class ElectronNotifier implements DesktopNotifier {
  readonly #log: Logger;
  readonly #show: () => void;

  /** @param show brings the window forward: somebody touched a message */
  constructor(log: Logger, show: () => void) {
    this.#log = log;
    this.#show = show;
  }

  notify({ title, body, isUrgent }: DesktopMessage): void {
    if (!Notification.isSupported()) {
      this.#log.info({ title }, "this desktop shows no notifications");
      return;
    }
    const shown = new Notification({
      title,
      body,
      urgency: isUrgent ? "critical" : "normal",
      timeoutType: isUrgent ? "never" : "default",
    });
    shown.on("click", this.#show);
    shown.on("failed", (_event, error) => this.#log.warn({ reason: error }, "a notification was not shown"));
    shown.show();
  }
}
