import type { ChannelId } from "#contract/ids.ts";
import type { Cancel } from "../platform/ports.ts";

/** Who needs which channel how often for the moment; of several the shortest interval counts. */
export class Hurries {
  readonly #byChannel = new Map<ChannelId, readonly { readonly intervalS: number }[]>();

  add(channelId: ChannelId, intervalS: number): Cancel {
    const one = { intervalS };
    this.#byChannel.set(channelId, [...this.#of(channelId), one]);
    return () => {
      const others = this.#of(channelId).filter((other) => other !== one);
      if (others.length === 0) this.#byChannel.delete(channelId);
      else this.#byChannel.set(channelId, others);
    };
  }

  /** s; null: nobody is in a hurry. */
  intervalOf(channelId: ChannelId): number | null {
    const all = this.#of(channelId);
    return all.length === 0 ? null : Math.min(...all.map(({ intervalS }) => intervalS));
  }

  #of(channelId: ChannelId): readonly { readonly intervalS: number }[] {
    return this.#byChannel.get(channelId) ?? [];
  }
}
