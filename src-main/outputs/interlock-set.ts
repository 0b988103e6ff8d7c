import { messageOf } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import type { Cancel } from "../platform/ports.ts";
import type { Interlock } from "./ports.ts";

/** The conditions that must hold for outputs to be on. One that cannot answer does not hold. */
export class InterlockSet {
  readonly #interlocks = new Map<Interlock, Cancel>();
  readonly #onChange: (channelId: ChannelId) => void;

  constructor(onChange: (channelId: ChannelId) => void) {
    this.#onChange = onChange;
  }

  add(interlock: Interlock): Cancel {
    const unhear = interlock.onChange?.(() => this.#onChange(interlock.channelId)) ?? (() => undefined);
    this.#interlocks.set(interlock, unhear);
    return () => {
      this.#interlocks.delete(interlock);
      unhear();
    };
  }

  /** Why this output may not be on; none: it may. */
  broken(channelId: ChannelId): readonly Why[] {
    const reasons: Why[] = [];
    for (const interlock of this.#interlocks.keys()) {
      const why = interlock.channelId === channelId ? answerOf(interlock) : null;
      if (why !== null) reasons.push(why);
    }
    return reasons;
  }

  clear(): void {
    for (const unhear of this.#interlocks.values()) unhear();
    this.#interlocks.clear();
  }
}

function answerOf(interlock: Interlock): Why | null {
  try {
    const answer = interlock.blocked();
    return answer === null ? null : { ...answer, untilMs: null };
  } catch (error) {
    return {
      code: "interlock-failed",
      text: `Off: its protection itself failed (${messageOf(error)}).`,
      untilMs: null,
    };
  }
}
