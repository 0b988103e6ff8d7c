import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import type { OutputsService } from "./ports.ts";

/** An output as it is now; null: there is none with this id. */
export function outputOrNull(outputs: Pick<OutputsService, "get">, channelId: ChannelId): Output | null {
  try {
    return outputs.get(channelId);
  } catch (error) {
    if (error instanceof ReefFault && error.code === "not-found") return null;
    throw error;
  }
}
