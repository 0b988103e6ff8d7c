import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import type { Wish } from "../outputs/ports.ts";
import type { LoopDeps } from "./control-loop.ts";

type ClaimDeps = Pick<LoopDeps, "outputs" | "channelOf" | "log">;

/** A loop's hand on its outputs. A refusal is an answer and goes to the log once; only a bug is thrown. */
export class OutputClaim {
  readonly #loopId: LoopId;
  readonly #deps: ClaimDeps;
  #refusal: string | null = null;

  constructor(loopId: LoopId, deps: ClaimDeps) {
    this.#loopId = loopId;
    this.#deps = deps;
  }

  /** @returns why the output cannot be had; null: it can */
  ask(channelId: ChannelId, wish: Wish): string | null {
    try {
      this.#deps.outputs.request(channelId, this.#claimant, wish);
      return null;
    } catch (error) {
      if (!(error instanceof ReefFault)) throw error;
      return `It cannot drive ${this.#deps.channelOf(channelId)?.name ?? "its output"}: ${messageOf(error)}`;
    }
  }

  release(channelId: ChannelId): void {
    try {
      this.#deps.outputs.request(channelId, this.#claimant, null);
    } catch (error) {
      // An output that is gone has nothing left to let go of.
      if (!(error instanceof ReefFault)) throw error;
    }
  }

  /** null: it is not there, or not yet. */
  outputOf(channelId: ChannelId): Output | null {
    try {
      return this.#deps.outputs.get(channelId);
    } catch (error) {
      if (error instanceof ReefFault) return null;
      throw error;
    }
  }

  /** Takes note of what stands in the way now, and says it in the log where that is new. */
  hear(refusal: string | null): void {
    if (refusal !== null && refusal !== this.#refusal) {
      this.#deps.log.warn({ loopId: this.#loopId, reason: refusal }, "a loop cannot have its output");
    }
    this.#refusal = refusal;
  }

  get refusal(): string | null {
    return this.#refusal;
  }

  get #claimant(): string {
    return `loop:${this.#loopId}`;
  }
}
