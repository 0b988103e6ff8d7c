import { z } from "zod";
import { ChannelId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { LiveReadings } from "../latest-reading.ts";
import { liveFrom } from "../live.ts";
import { procedureFor, router } from "../trpc.ts";

const LiveInput = z.strictObject({ channelIds: z.array(ChannelId).max(1_000).optional() }).optional();

export const readingsRouter = router({
  /** What every sensor says (or the named ones), then each as it says something new. */
  live: procedureFor("viewer")
    .input(LiveInput)
    .subscription(({ ctx, input, signal }) => {
      const wanted = input?.channelIds === undefined ? null : new Set<string>(input.channelIds);
      const isWanted = (channelId: string) => wanted === null || wanted.has(channelId);
      const live = LiveReadings.of(ctx);
      return liveFrom(
        ctx,
        {
          subscribe: (listener: (reading: Reading) => void) =>
            ctx.readings.subscribe("readings.live", (reading) => {
              if (isWanted(reading.channelId)) listener(reading);
            }),
          snapshot: () => live.snapshot(isWanted),
          keyOf: (reading) => reading.channelId,
          show: (reading) => live.show(reading),
        },
        signal,
      );
    }),
});
