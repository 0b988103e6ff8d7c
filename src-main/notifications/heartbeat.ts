import { messageOf } from "#contract/errors.ts";
import type { NotificationSettings } from "#contract/notifications.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after, every, withTimeLimit } from "../platform/timing.ts";
import type { AddressRule } from "./senders/addresses.ts";
import { callHttp } from "./senders/http-call.ts";

const S = 1_000;
const LIMIT_MS = 10_000;
/** Held back, it is tried again this often: who waits for it is not to call for a moment's loss. */
const AGAIN_MS = 5_000;

type HeartbeatSettings = NonNullable<NotificationSettings["heartbeat"]>;

interface HeartbeatDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly addresses: AddressRule;
  /** Whether the tank is cared for: a program that only lives is no reason to let its keeper sleep. */
  readonly isInControl: () => boolean;
}

/** Asks for an address again and again as long as the tank is cared for, so that somebody else notices when it stops. */
export class Heartbeat {
  readonly #deps: HeartbeatDeps;
  #settings: HeartbeatSettings | null = null;
  #cancel: Cancel = () => undefined;
  #cancelAgain: Cancel = () => undefined;
  #beating = new AbortController();
  #hasFailed = false;
  #isHeldBack = false;

  constructor(deps: HeartbeatDeps) {
    this.#deps = deps;
  }

  /** null: none. */
  configure(settings: HeartbeatSettings | null): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return;
    this.stop();
    this.#settings = settings;
    this.#hasFailed = false;
    this.#isHeldBack = false;
    if (settings === null) return;
    this.#beating = new AbortController();
    const { signal } = this.#beating;
    this.#cancel = every(this.#deps.clock, settings.everyS * S, () => this.#beat(settings.url, signal));
    this.#beat(settings.url, signal);
  }

  stop(): void {
    this.#cancel();
    this.#cancelAgain();
    this.#beating.abort();
  }

  #beat(url: string, signal: AbortSignal): void {
    const { clock, addresses, log } = this.#deps;
    this.#cancelAgain();
    if (!this.#isFree()) {
      this.#cancelAgain = after(clock, AGAIN_MS, () => this.#beat(url, signal));
      return;
    }
    const limit = { limitMs: LIMIT_MS, what: "The heartbeat's address", signal };
    withTimeLimit(clock, limit, (ending) => callHttp({ method: "GET", url, addresses, signal: ending })).then(
      () => {
        if (this.#hasFailed) log.info({}, "the outgoing heartbeat is heard again");
        this.#hasFailed = false;
      },
      (error: unknown) => {
        if (signal.aborted) return;
        if (!this.#hasFailed) log.warn({ reason: messageOf(error) }, "the outgoing heartbeat is not heard");
        this.#hasFailed = true;
      },
    );
  }

  #isFree(): boolean {
    const isHeldBack = !this.#deps.isInControl();
    if (isHeldBack !== this.#isHeldBack) {
      if (isHeldBack) this.#deps.log.warn({}, "the outgoing heartbeat is held back: nothing is under control");
      else this.#deps.log.info({}, "the outgoing heartbeat goes on: the tank is under control again");
    }
    this.#isHeldBack = isHeldBack;
    return !isHeldBack;
  }
}
