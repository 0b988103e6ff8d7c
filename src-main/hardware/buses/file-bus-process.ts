import { ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../../platform/ports.ts";
import { after } from "../../platform/timing.ts";
import type { FileBus, OneWireAddress, OneWireBus } from "../ports.ts";
import { checkedPath, ROM_ID, slavePath } from "./addresses.ts";
import { faultFrom, givenUp } from "./bus-faults.ts";
import { FileBusLink } from "./file-bus-link.ts";
import { FILE_BUS_THREADS, type FileBusAnswer, type FileBusCall, READY_ID } from "./file-bus-protocol.ts";
import { type BusRequest, RequestLanes } from "./request-lanes.ts";
import { RestartBackOff } from "./restart-back-off.ts";

/** A child whose own loop does not answer within this is dead, whatever its threads do. */
const PING_MS = 1_000;
const MAX_STUCK = FILE_BUS_THREADS / 2;

interface FileBusProcessOptions {
  readonly childUrl: URL;
  readonly execPath: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Kernel files, read and written by one child process, because a hung kernel call can neither be aborted nor outlived:
 * it holds a thread of its process until that process is killed.
 *
 * Each file has at most one call under way. A call that is given up keeps its thread and its lane, so that a hanging
 * file delays only its own readers. The child is replaced when a file still hangs at its next reader's deadline, or when
 * half its threads hang: the new one is started first, takes all new calls once it listens, and the old one is killed
 * when what still works in it is done, so that healthy files notice nothing. A child that dies, or that does not answer
 * a ping, is replaced at once, and what it was doing is tried once more. Starts are spaced by a back-off. The first
 * start is at the first call.
 */
export class FileBusProcess implements OneWireBus, FileBus, Stoppable {
  readonly #options: FileBusProcessOptions;
  readonly #lanes = new RequestLanes();
  readonly #backOff = new RestartBackOff();
  readonly #draining = new Set<FileBusLink>();
  readonly #pings = new Map<FileBusLink, { readonly id: number; readonly cancel: Cancel }>();
  #current: FileBusLink | null = null;
  #next: FileBusLink | null = null;
  #cancelStart: Cancel | null = null;
  #lastId = READY_ID;
  #isStopped: boolean = false;

  constructor(options: FileBusProcessOptions) {
    this.#options = options;
  }

  async listSlaves(root: string, signal: AbortSignal): Promise<readonly string[]> {
    const answer = await this.#ask({ op: "list", path: checkedPath(root) }, signal).catch((error: unknown) => {
      if (!(error instanceof ReefFault) || error.code !== "device-unreachable") throw error;
      throw new ReefFault(
        "bus-io",
        `There is no 1-wire tree at ${root}; enable the 1-wire overlay and load w1-therm`,
      );
    });
    return "names" in answer ? answer.names.filter((name) => ROM_ID.test(name)).sort() : [];
  }

  async readSlave(address: OneWireAddress, signal: AbortSignal): Promise<string> {
    return textOf(await this.#ask({ op: "read", path: slavePath(address) }, signal));
  }

  async writeSlave(address: OneWireAddress & { readonly text: string }, signal: AbortSignal): Promise<void> {
    await this.#ask({ op: "write", path: slavePath(address), text: address.text }, signal);
  }

  async readText(path: string, signal: AbortSignal): Promise<string> {
    return textOf(await this.#ask({ op: "read", path: checkedPath(path) }, signal));
  }

  async writeText(path: string, text: string, signal: AbortSignal): Promise<void> {
    await this.#ask({ op: "write", path: checkedPath(path), text }, signal);
  }

  /** Kills the child, whatever it does; open calls end with `stopping`. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelStart?.();
    for (const request of this.#lanes.all()) {
      this.#lanes.remove(request);
      request.reject(new ReefFault("stopping", `${request.call.path} was given up because the program stops`));
    }
    for (const link of [this.#current, this.#next, ...this.#draining]) link?.kill();
  }

  #ask(call: FileBusCall, signal: AbortSignal): Promise<FileBusAnswer> {
    return new Promise<FileBusAnswer>((resolve, reject) => {
      if (this.#isStopped)
        throw new ReefFault("stopping", `${call.path} was not touched because the program stops`);
      if (signal.aborted) throw givenUp(call.path, signal);
      const onAbort = () => {
        request.reject(givenUp(call.path, signal));
        this.#giveUp(request);
      };
      const settle =
        <T>(done: (result: T) => void) =>
        (result: T) => {
          signal.removeEventListener("abort", onAbort);
          done(result);
        };
      const request: BusRequest = {
        id: ++this.#lastId,
        call,
        phase: "waiting",
        link: null,
        isRetried: false,
        resolve: settle(resolve),
        reject: settle(reject),
      };
      signal.addEventListener("abort", onAbort, { once: true });
      if (this.#lanes.add(request)) this.#dispatch(request);
    });
  }

  #dispatch(request: BusRequest | undefined): void {
    if (request === undefined || this.#isStopped) return;
    const link = this.#current;
    if (link === null) {
      this.#startWhenAllowed();
      return;
    }
    request.link = link;
    request.phase = "sent";
    link.send({ id: request.id, ...request.call });
  }

  #startWhenAllowed(): void {
    if (this.#cancelStart !== null || this.#next !== null || this.#isStopped) return;
    const { clock } = this.#options;
    const waitMs = this.#backOff.allowedAtMonotonicMs() - clock.monotonicMs();
    if (waitMs > 0) this.#cancelStart = after(clock, waitMs, () => this.#start());
    else this.#start();
  }

  #start(): void {
    this.#cancelStart = null;
    const { childUrl, execPath, clock } = this.#options;
    // A replacement is asked for because files hang; they may have come back while the back-off ran.
    if (this.#current !== null && !this.#lanes.on(this.#current).some((request) => request.phase === "stuck"))
      return;
    this.#backOff.started(clock.monotonicMs());
    const link = new FileBusLink({
      childUrl,
      execPath,
      onAnswer: (from, answer) => this.#onAnswer(from, answer),
      onEnd: (from, why) => this.#onEnd(from, why),
    });
    this.#next = link;
    link.start();
    if (this.#current === null) this.#promote(link);
  }

  /** The new child takes all calls that do not already run in the old one; what hangs there is left behind. */
  #promote(link: FileBusLink): void {
    const old = this.#current;
    this.#current = link;
    this.#next = null;
    if (old !== null) {
      this.#draining.add(old);
      const hung = this.#lanes.on(old).filter((request) => request.phase === "stuck");
      this.#options.log.warn(
        { paths: hung.map((request) => request.call.path) },
        "files hang; their reader is replaced",
      );
      for (const request of hung) this.#dispatch(this.#lanes.remove(request));
      this.#reap(old);
    }
    for (const request of this.#lanes.all()) {
      if (request.phase === "waiting" && this.#lanes.headOf(request) === request) this.#dispatch(request);
    }
  }

  #reap(link: FileBusLink): void {
    if (this.#draining.has(link) && !this.#lanes.on(link).some((request) => request.phase === "sent")) link.kill();
  }

  #onAnswer(link: FileBusLink, answer: FileBusAnswer): void {
    if (answer.id === READY_ID) {
      if (link === this.#next) this.#promote(link);
      return;
    }
    const ping = this.#pings.get(link);
    if (ping?.id === answer.id) {
      ping.cancel();
      this.#pings.delete(link);
      return;
    }
    const request = this.#lanes.byId(answer.id);
    if (request === undefined || request.link !== link) return;
    const next = this.#lanes.remove(request);
    if ("errno" in answer) request.reject(faultFrom(answer.errno, request.call.path));
    else request.resolve(answer);
    this.#dispatch(next);
    this.#reap(link);
  }

  #giveUp(request: BusRequest): void {
    const head = this.#lanes.headOf(request);
    if (head !== request || request.link === null) {
      this.#dispatch(this.#lanes.remove(request));
      if (head?.phase === "stuck") this.#startWhenAllowed();
      return;
    }
    const { link } = request;
    request.phase = "stuck";
    this.#ping(link);
    const stuckCount = this.#lanes.on(link).filter((other) => other.phase === "stuck").length;
    if (link === this.#current && stuckCount >= MAX_STUCK) this.#startWhenAllowed();
    this.#reap(link);
  }

  #ping(link: FileBusLink): void {
    if (this.#pings.has(link)) return;
    const id = ++this.#lastId;
    this.#pings.set(link, { id, cancel: after(this.#options.clock, PING_MS, () => link.kill()) });
    link.send({ id, op: "ping" });
  }

  #onEnd(link: FileBusLink, why: string): void {
    const wasDraining = this.#draining.delete(link);
    this.#pings.get(link)?.cancel();
    this.#pings.delete(link);
    if (this.#current === link) this.#current = null;
    if (this.#next === link) this.#next = null;
    if (this.#isStopped) return;
    if (!wasDraining)
      this.#options.log.warn({ why }, "the reader of kernel files ended and is started again at need");
    if (this.#next !== null && this.#current === null) this.#promote(this.#next);
    for (const request of this.#lanes.on(link)) this.#redo(request, why);
  }

  #redo(request: BusRequest, why: string): void {
    if (request.phase === "sent" && !request.isRetried) {
      request.isRetried = true;
      request.phase = "waiting";
      request.link = null;
      this.#dispatch(request);
      return;
    }
    const next = this.#lanes.remove(request);
    request.reject(new ReefFault("bus-io", `${request.call.path} could not be read, its reader ended: ${why}`));
    this.#dispatch(next);
  }
}

function textOf(answer: FileBusAnswer): string {
  return "text" in answer ? answer.text : "";
}
