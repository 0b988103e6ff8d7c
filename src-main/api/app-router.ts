import { acquisitionRouter } from "./routers/acquisition.ts";
import { alarmsRouter } from "./routers/alarms.ts";
import { authRouter } from "./routers/auth.ts";
import { channelsRouter } from "./routers/channels.ts";
import { devicesRouter } from "./routers/devices.ts";
import { emergencyStopRouter } from "./routers/emergency-stop.ts";
import { loopsRouter } from "./routers/loops.ts";
import { modesRouter } from "./routers/modes.ts";
import { outputsRouter } from "./routers/outputs.ts";
import { readingsRouter } from "./routers/readings.ts";
import { settingsRouter } from "./routers/settings.ts";
import { systemRouter } from "./routers/system.ts";
import { usersRouter } from "./routers/users.ts";
import { router } from "./trpc.ts";

/** Everything the core can be asked: window, socket and REST are three doors into this one router. */
export const appRouter = router({
  auth: authRouter,
  users: usersRouter,
  settings: settingsRouter,
  devices: devicesRouter,
  channels: channelsRouter,
  readings: readingsRouter,
  acquisition: acquisitionRouter,
  outputs: outputsRouter,
  emergencyStop: emergencyStopRouter,
  loops: loopsRouter,
  alarms: alarmsRouter,
  modes: modesRouter,
  system: systemRouter,
});
export type AppRouter = typeof appRouter;
