import type { FileBusLink } from "./file-bus-link.ts";
import type { FileBusAnswer, FileBusCall } from "./file-bus-protocol.ts";

/** One call on its way. Settled once; a request given up while the child works on it is `stuck` until the child says something. */
export interface BusRequest {
  readonly id: number;
  readonly call: FileBusCall;
  phase: "waiting" | "sent" | "stuck";
  link: FileBusLink | null;
  isRetried: boolean;
  readonly resolve: (answer: FileBusAnswer) => void;
  readonly reject: (fault: Error) => void;
}

/** At most one call at a time for each file: a file that hangs holds one thread, and delays only those who ask for it. */
export class RequestLanes {
  readonly #byPath = new Map<string, BusRequest[]>();
  readonly #byId = new Map<number, BusRequest>();

  /** @returns true where the request is first in its lane and may be sent */
  add(request: BusRequest): boolean {
    this.#byId.set(request.id, request);
    const lane = this.#byPath.get(request.call.path);
    if (lane === undefined) this.#byPath.set(request.call.path, [request]);
    else lane.push(request);
    return lane === undefined;
  }

  byId(id: number): BusRequest | undefined {
    return this.#byId.get(id);
  }

  headOf(request: BusRequest): BusRequest | undefined {
    return this.#byPath.get(request.call.path)?.[0];
  }

  /** @returns the request that may be sent now, where the removed one was first */
  remove(request: BusRequest): BusRequest | undefined {
    this.#byId.delete(request.id);
    const lane = this.#byPath.get(request.call.path) ?? [];
    const index = lane.indexOf(request);
    if (index >= 0) lane.splice(index, 1);
    if (lane.length === 0) this.#byPath.delete(request.call.path);
    return index === 0 ? lane[0] : undefined;
  }

  all(): readonly BusRequest[] {
    return [...this.#byId.values()];
  }

  on(link: FileBusLink): readonly BusRequest[] {
    return this.all().filter((request) => request.link === link);
  }
}
