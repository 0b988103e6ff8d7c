import { TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import { liveFrom } from "../live.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["settings"];
const path = "/settings";

export const settingsRouter = router({
  get: procedureFor("viewer", { method: "GET", path, tags, summary: "What is said of the tank as a whole" })
    .output(TankSettings)
    .query(({ ctx }) => ctx.tank.get()),

  patch: procedureFor("admin", {
    method: "PATCH",
    path,
    tags,
    summary: "Change the tank's name, zone, place or volume",
  })
    .input(TankSettingsPatch)
    .output(TankSettings)
    .mutation(({ ctx, input }) => ctx.tank.update(input)),

  /** The settings as they are, then again at every change. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) =>
    liveFrom(
      ctx,
      {
        subscribe: (listener: (next: TankSettings) => void) => ctx.tank.onChange(listener),
        snapshot: () => [ctx.tank.get()],
        keyOf: () => "settings",
        show: (settings) => settings,
      },
      signal,
    ),
  ),
});
