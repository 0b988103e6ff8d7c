import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { violationsOn } from "#tests/axe.ts";
import { Complaints } from "#tests/complaints.ts";
import { until } from "#tests/headless-host.ts";
import { type LaunchedApp, launchApp, resize, stopDisplay } from "#tests/launch-app.ts";
import { AlarmPages } from "#tests/pages/alarm-pages.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { gone, openPath, seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { settled } from "#tests/places.ts";
import { channelOf, demoTank, type Json, setFaults } from "#tests/reef.ts";
import { inEachRuntime } from "#tests/runtimes.ts";
import { takeScreenshots } from "#tests/screenshots.ts";
import { scrollersOn, targetsOn, tooSmall } from "#tests/targets.ts";

const DESK = { width: 1280, height: 800 };
const KIOSK = { width: 1024, height: 600 };
const SMALL_KIOSK = { width: 800, height: 480 };
const PHONE = { width: 390, height: 844 };
const WET = "Leak: there is water where none belongs";
const WARM = "Display temperature is too high";

afterAll(stopDisplay);

await inEachRuntime("alarms on the screen", (runtime) => {
  let app: LaunchedApp;
  let keeper: ApiClient;
  let tank: Json;
  let visitor: Visitor;
  let alarms: AlarmPages;

  beforeAll(async () => {
    app = await launchApp({ runtime, env: { REEF_ALLOW_LOOPBACK_DEVICES: "true" } });
    keeper = await ApiClient.signedIn(app);
    tank = await demoTank(keeper);
    visitor = await visitorOf(app.page);
    alarms = new AlarmPages(visitor);
    await new SessionPages(visitor).signIn();
    await seen(new TankPage(visitor).vital("Display temperature"));
  });
  afterAll(async () => {
    await app?.stop();
  });

  const offered = async (name: string): Promise<Json> =>
    (await keeper.get("/alarms?limit=1000")).body.items.find((alarm: Json) => alarm.name === name);
  /** An alarm at once: its limit is put where the tank is. */
  const raise = async (name: string, setpoint: number, more: object = {}): Promise<Json> => {
    const { id } = await offered(name);
    const patch = { setpoint, onDelayS: 0, offDelayS: 0, ...more };
    expect((await keeper.patch(`/alarms/${id}`, patch)).status).toBe(200);
    return { id };
  };
  const stateIs = (id: string, state: string): Promise<boolean> =>
    until(`the alarm to be ${state}`, 15_000, async () =>
      (await keeper.get(`/alarms/${id}`)).body.state === state ? true : undefined,
    );

  test("water on the floor is said on every page with what to do, and acknowledged by one touch (Alerts)", async () => {
    const { id } = await offered("Leak high-high");
    await new Shell(visitor).goTo("Settings");
    await setFaults(keeper, tank.id, [{ name: "leak" }]);
    await seen(alarms.banner.getByText(WET));
    await seen(alarms.banner.getByText(/Find the water and stop it/));
    await seen(alarms.banner.getByText(/^since /));
    await seen(new Shell(visitor).sections.getByRole("link", { name: /Alarms.*1 alarm stands/ }));
    await new Shell(visitor).goTo("Tank");
    await seen(new TankPage(visitor).headline.filter({ hasText: `Alarm: ${WET}` }));
    await alarms.acknowledge();
    await stateIs(id, "acknowledged");
    // Acknowledged is not over.
    await seen(new TankPage(visitor).headline.filter({ hasText: `Alarm: ${WET}` }));
    await new Shell(visitor).goTo("Alarms");
    await seen(alarms.card(WET).getByText("By keeper."));
  });

  // A window and a browser show the same pages: what is only walked through is walked through once.
  const once = runtime === "chromium" ? test : () => undefined;

  once(
    "what stands is shelved with a reason, rings again, is looked at in the chart, taken out of service, and reset when it is over (Alerts)",
    async () => {
      const { id } = await raise("Display temperature high", 24, { latching: true });
      await alarms.openByBanner();
      await alarms.shelve(WARM, "the window is open");
      await stateIs(id, "shelved");
      await gone(alarms.banner);
      await seen(alarms.card(WARM).getByText("“the window is open”"));
      await visitor.hand.press(alarms.card(WARM).getByRole("button", { name: "Let it ring again" }));
      await seen(alarms.banner.getByText(WARM));
      await visitor.hand.press(alarms.card(WARM).getByRole("link", { name: "See the chart" }));
      await seen(app.page.getByText(/The dashed line is the alarm's limit/));
      expect(new URL(app.page.url()).pathname).toBe(`/channels/${channelOf(tank, "display-temperature").id}`);
      await alarms.openByBanner();
      await visitor.hand.press(alarms.card(WARM).getByRole("button", { name: "Out of service …" }));
      const leave = alarms.dialog.getByRole("button", { name: "Take out of service" });
      await seen(alarms.dialog.getByText("Say why first."));
      await visitor.hand.type(alarms.dialog.getByLabel("Why"), "the probe is on its way");
      await visitor.hand.press(leave);
      await stateIs(id, "out-of-service");
      await gone(alarms.banner);
      await visitor.hand.press(alarms.card(WARM).getByRole("button", { name: "Back in service" }));
      await stateIs(id, "unacknowledged");
      await alarms.acknowledge();
      await raise("Display temperature high", 26.7);
      await stateIs(id, "latched");
      await visitor.hand.press(alarms.card(WARM).getByRole("button", { name: "Reset" }));
      await gone(alarms.card(WARM));
      await keeper.patch(`/alarms/${id}`, { latching: false });
    },
  );

  once("the history says what happened and how the alarms do, by kind and by span (Alerts)", async () => {
    await new Shell(visitor).goTo("Alarms");
    await alarms.open("History");
    await seen(alarms.event(WET).filter({ hasText: "Acknowledged" }));
    await seen(alarms.event(WARM).filter({ hasText: "Taken out of service" }));
    await seen(app.page.getByRole("region", { name: "How the alarms do" }).getByText(/in all$/));
    await visitor.hand.press(app.page.getByRole("button", { name: /What happened/ }));
    await visitor.hand.press(app.page.getByRole("option", { name: "Shelved", exact: true }));
    const shelved = alarms.event(WARM).filter({ hasText: "“the window is open”" });
    await seen(shelved);
    await gone(alarms.event(WET));
    await visitor.hand.press(app.page.getByRole("radio", { name: "24 h" }));
    await seen(shelved);
  });

  once("an alarm is kept only once it was tried on the last 30 days (Preview before save)", async () => {
    const { id } = channelOf(tank, "display-temperature");
    await openPath(app.page, `/alarms/new?channel=${id}`);
    const add = app.page.getByRole("button", { name: "Add this alarm" });
    await seen(app.page.getByText("Try it on the last 30 days first."));
    await visitor.hand.type(app.page.getByLabel("Name", { exact: true }), "Summer heat");
    await visitor.hand.type(app.page.getByLabel("Limit", { exact: true }), "20");
    await visitor.hand.type(app.page.getByLabel("Rings after", { exact: true }), "0");
    await alarms.tryIt();
    await seen(app.page.getByRole("heading", { name: "It would have rung once." }));
    // Another number is another question.
    await visitor.hand.type(app.page.getByLabel("Limit", { exact: true }), "29");
    await seen(app.page.getByText("Try it on the last 30 days first."));
    await alarms.tryIt();
    await seen(app.page.getByRole("heading", { name: "It would never have rung." }));
    await visitor.hand.press(add);
    await seen(app.page.getByRole("heading", { level: 1, name: "All alarms" }));
    await seen(app.page.getByRole("link", { name: /Summer heat/ }));
    expect(await offered("Summer heat")).toMatchObject({ kind: "high", setpoint: 29, channelId: id });
  });

  once("a way out is added and tried: what came of the test is said (Notifications)", async () => {
    const heard: string[] = [];
    const sink = createServer((request, response) => {
      heard.push(`${request.method} ${request.url}`);
      response.writeHead(heard.length === 1 ? 500 : 204).end();
    });
    await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
    const { port } = sink.address() as AddressInfo;
    try {
      await openPath(app.page, "/settings/notifications/new?type=webhook");
      await visitor.hand.type(app.page.getByLabel("Address", { exact: true }), `http://127.0.0.1:${port}/reef`);
      await visitor.hand.press(app.page.getByRole("button", { name: "Add it" }));
      await seen(app.page.getByRole("heading", { level: 1, name: "Webhook" }));
      const tryIt = app.page.getByRole("button", { name: "Send a test" });
      await visitor.hand.press(tryIt);
      await seen(app.page.getByText(/^Not sent: .*500/));
      await visitor.hand.press(tryIt);
      await seen(app.page.getByText(/^Sent: /));
      expect(heard).toEqual(["POST /reef", "POST /reef"]);
    } finally {
      sink.close();
    }
  });

  describe("on a touch screen by the tank", () => {
    let finger: Visitor;
    let byTouch: AlarmPages;

    beforeAll(async () => {
      await resize(app.page, KIOSK);
      await openPath(app.page, "/?kiosk=1");
      finger = await visitorOf(app.page, "touch");
      byTouch = new AlarmPages(finger);
      await seen(new TankPage(finger).vital("Display temperature"));
    });

    test("an alarm sounds, is muted until the next one, and acknowledged by touch; the tank stands still under it (Kiosk)", async () => {
      const complaints = Complaints.of(app.page);
      await raise("Display temperature high", 24);
      await seen(byTouch.banner);
      const wrong: Record<string, readonly string[]> = {};
      for (const size of [KIOSK, SMALL_KIOSK]) {
        await resize(app.page, size);
        await settled(app.page);
        const found = [...tooSmall(await targetsOn(app.page)), ...(await scrollersOn(app.page))];
        if (found.length > 0) wrong[`${size.width}x${size.height}`] = found;
        await takeScreenshots(app.page, { runtime, name: "kiosk-alarm" }, [size]);
      }
      const axe = await violationsOn(app.page);
      if (axe.length > 0) wrong["axe"] = axe;
      // Before the first touch a browser may let no sound out, and says so.
      const voice = byTouch.banner.getByRole("button", { name: /No sound|Mute/ });
      const loud = byTouch.banner.getByRole("button", { name: "Mute until the next alarm", exact: true });
      await seen(voice);
      if ((await loud.count()) === 0) await finger.hand.press(voice);
      await finger.hand.press(loud);
      const muted = byTouch.banner.getByRole("button", { name: /^Muted until/ });
      await seen(muted);
      await raise("pH low", 8.9);
      await seen(loud);
      await byTouch.openByBanner();
      for (const size of [KIOSK, SMALL_KIOSK, PHONE]) {
        await resize(app.page, size);
        await settled(app.page);
        const found = tooSmall(await targetsOn(app.page));
        if (found.length > 0) wrong[`alarms at ${size.width}x${size.height}`] = found;
      }
      await takeScreenshots(app.page, { runtime, name: "alarms-standing" });
      await resize(app.page, KIOSK);
      wrong["said"] = complaints.taken();
      expect(wrong).toEqual({ said: [] });
      await until("both to be acknowledged", 15_000, async () => {
        if ((await byTouch.banner.count()) === 0) return true;
        await finger.hand.press(byTouch.banner.getByRole("button", { name: "Acknowledge" }));
        return undefined;
      });
      await openPath(app.page, "/?kiosk=0");
      await resize(app.page, DESK);
    });
  });
});
