import type { Page } from "playwright-core";
import type { ApiClient } from "./api-client.ts";
import { until } from "./headless-host.ts";
import { gone, openPath, seen } from "./pages/visitor.ts";
import { channelOf, demoTank } from "./reef.ts";

/** A page of the app, as a link leads to it. */
export interface Place {
  readonly name: string;
  readonly path: string;
  /** What has to be there before it is looked at, by its role in the page. */
  readonly shows: { readonly heading: string | RegExp };
}

/** Every page there is for who is signed in, on the demo tank. */
export async function placesOf(keeper: ApiClient): Promise<readonly Place[]> {
  const tank = await demoTank(keeper);
  const firstOf = async (path: string) => (await keeper.get(path)).body.items[0];
  const loop = await firstOf("/loops");
  const channel = (key: string) => `/channels/${channelOf(tank, key).id}`;
  const place = (name: string, path: string, heading: string | RegExp): Place => ({
    name,
    path,
    shows: { heading },
  });
  return [
    place("tank", "/", /./),
    place("history", "/history", "History"),
    place("channel", channel("display-temperature"), "Display temperature"),
    place("channel-output", channel("heater"), "Heater"),
    place("channel-pump", channel("doser-alkalinity"), "Alkalinity doser"),
    place("equipment", "/equipment", "Equipment"),
    place("alarms", "/alarms", "Alarms"),
    place("alarms-all", "/alarms/all", "All alarms"),
    place("alarms-history", "/alarms/history", "Alarm history"),
    place("new-alarm", `/alarms/new?channel=${channelOf(tank, "display-temperature").id}`, "Add an alarm"),
    place("control", "/control", "Control"),
    place("loop", `/control/${loop.id}`, loop.name),
    place("new-loop", "/control/new", "Add a loop"),
    place("new-top-off", "/control/new?type=top-off", "Top-off"),
    place("new-doser", "/control/new?type=doser", "Doser"),
    place("new-rule", "/control/new?type=rule", "Rule"),
    place("modes", "/control/modes", "Modes"),
    place("new-mode", "/control/modes/new", "Add a mode"),
    place("what-if", `/control/what-if?loop=${loop.id}`, "What if?"),
    place("what-if-alarm", "/control/what-if?alarm", "What if?"),
    place("survival", "/control/survival", "Survival"),
    place("settings", "/settings", "Settings"),
    place("devices", "/settings/devices", "Devices"),
    place("device", `/settings/devices/${tank.id}`, tank.name),
    place("new-device", "/settings/devices/new", "Add a device"),
    place("new-ds18b20", "/settings/devices/new?type=ds18b20", "Add a device"),
    place("notifications", "/settings/notifications", "Notifications"),
    place("new-target", "/settings/notifications/new", "Add a way"),
    place("new-mail", "/settings/notifications/new?type=mail", "Add a way"),
    place("users", "/settings/users", "Users"),
    place("system", "/settings/system", "System"),
    place("tank-settings", "/settings/tank", "Tank"),
    place("appearance", "/settings/appearance", "Appearance"),
    place("not-found", "/nowhere", /no such page/),
  ];
}

/** Goes there, and waits until everything it loads is shown. */
export async function visit(page: Page, { path, shows }: Place): Promise<void> {
  await openPath(page, path);
  await seen(page.getByRole("heading", { level: 1, name: shows.heading }));
  await settled(page);
}

/** Nothing on the page says that it is still loading, and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await gone(page.getByRole("status", { name: "Loading …" }).first());
  await until("the page to stand still", 5_000, async () =>
    (await page.evaluate<boolean>(STANDS_STILL)) ? true : undefined,
  );
}

const STANDS_STILL = `document.getAnimations().every((animation) =>
  animation.playState !== "running" || animation.effect?.getComputedTiming().iterations === Infinity)`;
