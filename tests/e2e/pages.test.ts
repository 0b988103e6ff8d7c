import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { faintOn, violationsOn } from "#tests/axe.ts";
import { Complaints } from "#tests/complaints.ts";
import { until } from "#tests/headless-host.ts";
import { type LaunchedApp, launchApp, resize, stopDisplay } from "#tests/launch-app.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { gone, openPath, seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { type Place, placesOf, settled, visit } from "#tests/places.ts";
import { inEachRuntime } from "#tests/runtimes.ts";
import { SCREENS, takeScreenshots } from "#tests/screenshots.ts";

const [DESK] = SCREENS;
/** Every page, in two themes and on three screens, on a machine that does other things too. */
const WHOLE_TOUR_MS = 300_000;
const IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

afterAll(stopDisplay);

await inEachRuntime("every page", (runtime) => {
  let app: LaunchedApp;
  let visitor: Visitor;
  let complaints: Complaints;
  let places: readonly Place[];

  beforeAll(async () => {
    app = await launchApp({ runtime });
    visitor = await visitorOf(app.page);
    complaints = Complaints.of(app.page);
    places = await placesOf(await ApiClient.signedIn(app));
    await app.page.reload();
  });
  afterAll(async () => {
    await app?.stop();
  });

  // Both draw the same page with the same engine: what a window may do otherwise is its policy, not its colours.
  const themes = runtime === "chromium" ? (["light", "dark"] as const) : [];
  const screens = runtime === "chromium" ? SCREENS : [DESK];
  const isPictured = runtime === "chromium";

  /** A chart follows its page's new width a frame later. */
  const comesToFit = (): Promise<boolean> =>
    until("the page to fit", 3_000, async () =>
      (await app.page.evaluate<boolean>(IS_WIDER)) ? undefined : true,
    ).catch(() => false);

  /** As the theme's own switch does, without the way to it. */
  const wear = async (theme: "dark" | "light"): Promise<void> => {
    await app.page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    // Colours fade over.
    await settled(app.page);
  };

  test("the sign-in is accessible, and complains of nothing (Accessibility)", async () => {
    await seen(new SessionPages(visitor).signInTitle);
    await settled(app.page);
    expect(await violationsOn(app.page)).toEqual([]);
    await takeScreenshots(app.page, { runtime, name: "sign-in" });
    await resize(app.page, DESK);
    expect(complaints.taken()).toEqual([]);
  });

  test(
    "axe finds nothing on any page, dark or light; none logs an error or breaks its policy; none is wider than a desk's screen, a small touch screen's or a phone's; of each there is a picture (Accessibility · Electron shell · Dashboard · Charts)",
    async () => {
      await new SessionPages(visitor).signIn();
      await seen(new TankPage(visitor).vital("Display temperature"));
      const found: Record<string, readonly string[]> = {};
      for (const place of places) {
        await visit(app.page, place);
        const wrong: string[] = [];
        for (const [index, theme] of themes.entries()) {
          await wear(theme);
          const violations = index === 0 ? await violationsOn(app.page) : await faintOn(app.page);
          wrong.push(...violations.map((violation) => `${theme}: ${violation}`));
        }
        for (const screen of screens) {
          if (isPictured) await takeScreenshots(app.page, { runtime, name: place.name }, [screen]);
          else await resize(app.page, screen);
          if (!(await comesToFit())) wrong.push(`wider than ${screen.width} px`);
        }
        await resize(app.page, DESK);
        wrong.push(...complaints.taken());
        if (wrong.length > 0) found[place.name] = wrong;
      }
      expect(found).toEqual({});
    },
    WHOLE_TOUR_MS,
  );

  test("dialogs and the first page of a kiosk are accessible too (Accessibility · Kiosk)", async () => {
    const tank = new TankPage(visitor);
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      await settled(app.page);
      const wrong = [...(await violationsOn(app.page)), ...complaints.taken()];
      if (wrong.length > 0) found[name] = wrong;
    };
    await openPath(app.page, "/");
    const today = app.page.getByRole("region", { name: "Today" });
    await seen(today.getByRole("listitem").filter({ hasText: /^Return pump.*\d (sec|min)/ }));
    await look("today");
    await visitor.hand.press(tank.mode("Heater", "Off"));
    const dialog = app.page.getByRole("dialog");
    await seen(dialog);
    await look("override");
    await takeScreenshots(app.page, { runtime, name: "override" });
    await resize(app.page, DESK);
    await app.page.keyboard.press("Escape");
    await gone(dialog);
    await app.page.keyboard.press("ControlOrMeta+K");
    await seen(dialog);
    await look("palette");
    await app.page.keyboard.press("Escape");
    await gone(dialog);
    await visitor.hand.press(app.page.getByRole("button", { name: "Arrange the tiles" }));
    await look("arrange");
    await openPath(app.page, places.find(({ name }) => name === "device")?.path ?? "");
    await visitor.hand.press(app.page.getByRole("button", { name: "Delete this device …" }));
    await seen(app.page.getByRole("alertdialog"));
    await look("delete a device");
    await takeScreenshots(app.page, { runtime, name: "delete-device" });
    await resize(app.page, DESK);
    await app.page.keyboard.press("Escape");
    await gone(app.page.getByRole("alertdialog"));
    await openPath(app.page, "/?kiosk=1");
    await seen(tank.vital("Display temperature"));
    await look("kiosk");
    await wear("dark");
    await takeScreenshots(app.page, { runtime, name: "kiosk" }, [SCREENS[1], { width: 800, height: 480 }]);
    await openPath(app.page, "/?kiosk=0");
    await resize(app.page, DESK);
    expect(found).toEqual({});
  });

  // A window's own core is there as soon as it is, and its files are fetched from no network.
  const inBrowser = runtime === "chromium" ? test : () => undefined;

  inBrowser("the page that waits for its core is accessible (Accessibility)", async () => {
    const page = await app.page.context().newPage();
    // The page comes, and then nobody answers it.
    await page.addInitScript(
      "WebSocket = class extends WebSocket { constructor() { super('ws://127.0.0.1:9/'); } }",
    );
    await page.goto(app.url);
    await seen(page.getByText("Looking for the controller"));
    for (const theme of ["light", "dark"]) {
      await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
      await settled(page);
      expect(await violationsOn(page)).toEqual([]);
    }
    await takeScreenshots(page, { runtime, name: "waiting" });
    await page.close();
  });

  inBrowser(
    "a chart whose program cannot be fetched says so in its place, and comes when it can (Charts)",
    async () => {
      const context = await app.page.context().browser()?.newContext();
      const page = await context?.newPage();
      if (context === undefined || page === undefined) throw new Error("the browser makes no page");
      const program = /\/reef-chart-[^/]+\.js$/;
      await page.route(program, (route) => route.abort());
      await page.goto(app.url);
      const other = await visitorOf(page);
      await new SessionPages(other).signIn();
      await seen(new TankPage(other).vital("Display temperature"));
      await openPath(page, places.find(({ name }) => name === "channel")?.path ?? "");
      await seen(page.getByRole("alert").filter({ hasText: "could not be fetched" }));
      expect(await page.locator("canvas").count()).toBe(0);
      await page.unroute(program);
      await other.hand.press(page.getByRole("button", { name: "Load again" }));
      await seen(page.getByRole("main").locator("canvas").first());
      await gone(page.getByText("could not be fetched"));
      await context.close();
    },
  );
});
