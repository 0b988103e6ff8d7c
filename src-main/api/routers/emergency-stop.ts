import { EmergencyStopState } from "#contract/outputs.ts";
import { liveFrom } from "../live.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["outputs"];
const path = "/emergency-stop";

export const emergencyStopRouter = router({
  get: procedureFor("viewer", { method: "GET", path, tags, summary: "Whether the emergency stop holds" })
    .output(EmergencyStopState)
    .query(({ ctx }) => ctx.outputs.emergencyStop()),

  engage: procedureFor("operator", {
    method: "POST",
    path,
    tags,
    summary: "Drive every output to its emergency state, and hold it",
  })
    .output(EmergencyStopState)
    .mutation(({ ctx }) => ctx.outputs.engageEmergencyStop(ctx.principal.username)),

  release: procedureFor("operator", { method: "DELETE", path, tags, summary: "Release the emergency stop" })
    .output(EmergencyStopState)
    .mutation(({ ctx }) => ctx.outputs.releaseEmergencyStop(ctx.principal.username)),

  /** Whether it holds, then again whenever it is engaged or released. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) =>
    liveFrom(
      ctx,
      {
        subscribe: (listener: (state: EmergencyStopState) => void) => ctx.outputs.onEmergencyStopChange(listener),
        snapshot: () => [ctx.outputs.emergencyStop()],
        keyOf: () => "emergency-stop",
        show: (state) => state,
      },
      signal,
    ),
  ),
});
