import type { Channel } from "#contract/channels.ts";
import type { OutputRole, Quantity } from "#contract/quantities.ts";

type Fits = (channel: Channel) => boolean;

/** A sensor of one of these quantities. */
export function measures(...quantities: readonly Quantity[]): Fits {
  return ({ kind, quantity }) => kind === "sensor" && quantities.includes(quantity);
}

/** An output of this role. */
export function plays(role: OutputRole): Fits {
  return (channel) => channel.kind !== "sensor" && channel.role === role;
}

export function isSensor({ kind }: Channel): boolean {
  return kind === "sensor";
}

export function isOutput({ kind }: Channel): boolean {
  return kind !== "sensor";
}
