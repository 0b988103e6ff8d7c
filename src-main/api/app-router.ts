import { lazy } from "@trpc/server";
import { acquisitionRouter } from "./routers/acquisition.ts";
import { alarmEventsRouter } from "./routers/alarm-events.ts";
import { alarmsRouter } from "./routers/alarms.ts";
import { authRouter } from "./routers/auth.ts";
import { channelsRouter } from "./routers/channels.ts";
import { devicesRouter } from "./routers/devices.ts";
import { emergencyStopRouter } from "./routers/emergency-stop.ts";
import { loopsRouter } from "./routers/loops.ts";
import { modesRouter } from "./routers/modes.ts";
import { notificationsRouter } from "./routers/notifications.ts";
import { outputsRouter } from "./routers/outputs.ts";
import { readingsRouter } from "./routers/readings.ts";
import { settingsRouter } from "./routers/settings.ts";
import { systemRouter } from "./routers/system.ts";
import { usersRouter } from "./routers/users.ts";
import { router } from "./trpc.ts";

/** By functions, so that a part is made when it is first asked (but for the sign-in): all of them together take as long as the rest of a start. */
const PARTS = {
  auth: () => authRouter,
  users: () => usersRouter,
  settings: () => settingsRouter,
  devices: () => devicesRouter,
  channels: () => channelsRouter,
  readings: () => readingsRouter,
  acquisition: () => acquisitionRouter,
  outputs: () => outputsRouter,
  emergencyStop: () => emergencyStopRouter,
  loops: () => loopsRouter,
  alarms: () => alarmsRouter,
  alarmEvents: () => alarmEventsRouter,
  modes: () => modesRouter,
  notifications: () => notificationsRouter,
  system: () => systemRouter,
};
export type RouterPart = keyof typeof PARTS;
export const ROUTER_PARTS = Object.keys(PARTS) as readonly RouterPart[];

type Made = { readonly [Part in RouterPart]: ReturnType<(typeof PARTS)[Part]> };
/** Asked first on every line, and what is behind it waits for it: it must be there before the others are. */
type Eager = "auth";
type Parts = Pick<Made, Eager> & { [Part in Exclude<RouterPart, Eager>]: ReturnType<typeof lazy<Made[Part]>> };
const entries = Object.entries(PARTS) as [RouterPart, () => Made[RouterPart]][];

/** Everything the core can be asked: window, socket and REST are three doors into this one router. */
export const appRouter = router(
  Object.fromEntries(
    entries.map(([part, make]) => [part, part === "auth" ? make() : lazy(async () => make())]),
  ) as unknown as Parts,
);
export type AppRouter = typeof appRouter;

/** One part of it, made where it was not. */
export function routerPart(part: RouterPart): Made[RouterPart] {
  return PARTS[part]();
}

/** The same router with every part made: for whoever describes it whole. */
export function wholeRouter() {
  return router(Object.fromEntries(entries.map(([part, make]) => [part, make()])) as unknown as Made);
}
