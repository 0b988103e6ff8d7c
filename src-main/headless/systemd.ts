import { execFile } from "node:child_process";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";

interface NotifierDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Tells systemd how we are (sd_notify(3)), through its own `systemd-notify`, since Node has no datagram sockets; the
 * unit therefore says NotifyAccess=all. Where nobody supervises us, nothing is said.
 */
export class SystemdNotifier {
  readonly #deps: NotifierDeps;
  #cancel: Cancel | null = null;
  #isBroken = false;

  constructor(deps: NotifierDeps) {
    this.#deps = deps;
  }

  /** Ready; from now on the watchdog hears from the main loop three times in each of its periods. */
  ready(): void {
    this.#say("READY=1");
    const periodUs = Number(this.#deps.env["WATCHDOG_USEC"]);
    if (Number.isFinite(periodUs) && periodUs > 0) {
      this.#cancel = every(this.#deps.clock, periodUs / 3_000, () => this.#say("WATCHDOG=1"));
    }
  }

  stopping(): void {
    this.#cancel?.();
    this.#say("STOPPING=1");
  }

  #say(word: string): void {
    if (this.#deps.env["NOTIFY_SOCKET"] === undefined) return;
    execFile("systemd-notify", [`--pid=${process.pid}`, word], { timeout: 5_000 }, (error) => {
      if (error !== null && !this.#isBroken) this.#deps.log.warn({ error }, "systemd could not be told");
      this.#isBroken = error !== null;
    });
  }
}
