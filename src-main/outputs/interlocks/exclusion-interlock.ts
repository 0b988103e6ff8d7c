import type { ChannelId } from "#contract/ids.ts";
import { outputOrNull } from "../output-or-null.ts";
import type { Interlock, OutputsService } from "../ports.ts";

export interface ExclusionParts {
  readonly channelId: ChannelId;
  /** While this one is driven on, `channelId` stays off. */
  readonly otherChannelId: ChannelId;
  readonly outputs: Pick<OutputsService, "get" | "onChange">;
}

/** Keeps an output off while another one is driven on: a heater and a chiller that both run only heat the room. */
export function createExclusionInterlock({ channelId, otherChannelId, outputs }: ExclusionParts): Interlock {
  return {
    channelId,
    blocked: () => {
      const other = outputOrNull(outputs, otherChannelId);
      if (other === null || other.requested === 0) return null;
      return { code: "excluded", text: `Off: ${other.name} is on, and the two must never run together.` };
    },
    onChange: (listener) =>
      outputs.onChange((output) => {
        if (output.channelId === otherChannelId) listener();
      }),
  };
}
