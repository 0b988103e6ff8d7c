import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { violationsOn } from "#tests/axe.ts";
import { ADMIN, until } from "#tests/headless-host.ts";
import { walkTheJourney, withoutPauses } from "#tests/keepers-journey.ts";
import { type LaunchedApp, launchApp, resize, stopDisplay } from "#tests/launch-app.ts";
import { Kiosk } from "#tests/pages/kiosk.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { gone, openPath, seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { placesOf, settled, visit } from "#tests/places.ts";
import { demoTank, hushAlarms, setFaults } from "#tests/reef.ts";
import { inEachRuntime } from "#tests/runtimes.ts";
import { takeScreenshots } from "#tests/screenshots.ts";
import { scrollersOn, targetsOn, tooSmall } from "#tests/targets.ts";
import { W1Tree } from "#tests/w1-tree.ts";

const SIZES = [
  { width: 1024, height: 600, romId: "28-0000000001a1" },
  { width: 800, height: 480, romId: "28-0000000001a2" },
];
const PIN = "4711";
const WRONG_PIN = "0815";

afterAll(stopDisplay);

await inEachRuntime("the kiosk", (runtime) => {
  let app: LaunchedApp;
  let tree: W1Tree;
  let keeper: ApiClient;
  let visitor: Visitor;
  let kiosk: Kiosk;
  let tank: TankPage;

  beforeAll(async () => {
    tree = await W1Tree.lay();
    // To Chromium the same switch means nothing here; there it is the address that makes a page a kiosk.
    app = await launchApp({ runtime, args: runtime === "electron" ? ["--kiosk"] : [] });
    keeper = await ApiClient.signedIn(app);
    await withoutPauses(keeper);
    await hushAlarms(keeper);
    visitor = await visitorOf(app.page, "touch");
    kiosk = new Kiosk(visitor);
    tank = new TankPage(visitor);
  });
  afterAll(async () => {
    await app?.stop();
    await tree?.remove();
  });

  /** The kiosk as it is switched on, with nobody signed in. */
  const switchOn = async (): Promise<void> => {
    await app.page.evaluate("sessionStorage.clear(); localStorage.clear()");
    await openPath(app.page, "/?kiosk=1");
    await seen(new SessionPages(visitor).signInTitle);
  };

  // What differs between the sizes is the layout, which is the same in a window as in a browser.
  describe.each(runtime === "electron" ? SIZES.slice(0, 1) : SIZES)(
    "$width x $height",
    ({ width, height, romId }) => {
      beforeAll(() => resize(app.page, { width, height }));

      test("a whole journey by touch alone: on-screen keyboard, PIN, override, history, a DS18B20 added and removed (Kiosk · DS18B20 1-wire)", async () => {
        await switchOn();
        await new SessionPages(visitor).signIn();
        if (!(await keeper.get("/users/me")).body.hasPin) {
          await new Shell(visitor).goTo("Settings");
          await kiosk.setPin(PIN, ADMIN.password);
        }
        await walkTheJourney(visitor, {
          tree,
          romId,
          whenAsked: async () => {
            await seen(kiosk.locked);
            // What the lock blocks asks for the PIN where it is touched.
            await visitor.hand.press(tank.mode("Return pump", "Off"));
            await kiosk.refusesPin(WRONG_PIN);
            await kiosk.unlockWith(PIN);
          },
        });
        await new Shell(visitor).signOut();
        await seen(new SessionPages(visitor).signInTitle);
      });
    },
  );

  const measureTargets = async (): Promise<void> => {
    await switchOn();
    const wrong: Record<string, readonly string[]> = {};
    const note = async (name: string): Promise<void> => {
      for (const { width, height } of SIZES) {
        await resize(app.page, { width, height });
        const targets = await targetsOn(app.page);
        expect(targets.length).toBeGreaterThan(0);
        const scrollers = name === "tank" ? await scrollersOn(app.page) : [];
        const found = [...tooSmall(targets), ...scrollers];
        if (found.length > 0) wrong[`${name} at ${width}x${height}`] = found;
      }
    };
    await seen(new SessionPages(visitor).signInTitle);
    await note("sign-in");
    await visitor.hand.press(app.page.getByLabel("Username"));
    await seen(app.page.locator("[data-layer]"));
    await note("keyboard");
    await visitor.hand.press(app.page.locator('[data-skbtn="{done}"]'));
    await new SessionPages(visitor).signIn();
    await seen(tank.vital("Display temperature"));
    for (const place of await placesOf(keeper)) {
      await visit(app.page, place);
      await note(place.name);
    }
    await openPath(app.page, "/");
    await visitor.hand.press(kiosk.locked);
    await seen(kiosk.pad);
    await note("PIN pad");
    await takeScreenshots(app.page, { runtime, name: "pin-pad" }, SIZES);
    expect(await violationsOn(app.page)).toEqual([]);
    await kiosk.unlockWith(PIN);
    await visitor.hand.press(tank.mode("Heater", "Off"));
    await seen(app.page.getByRole("dialog"));
    await settled(app.page);
    await note("override");
    await visitor.hand.press(app.page.getByRole("dialog").getByRole("button", { name: "Cancel" }));
    expect(wrong).toEqual({});
  };
  if (runtime === "chromium")
    test(
      "every target on every page is at least 48 px at both sizes, and the tank's page stands still (Kiosk · Accessibility)",
      measureTargets,
    );

  test("what the outputs did today is a swipe away, and stands still on its page (Kiosk)", async () => {
    await switchOn();
    await new SessionPages(visitor).signIn();
    const today = app.page.getByRole("region", { name: "Today" });
    await seen(today.getByRole("listitem").first());
    for (const { width, height } of SIZES) {
      await resize(app.page, { width, height });
      await today.evaluate((element) => element.scrollIntoView({ inline: "start" }));
      await until("it to be in sight", 5_000, async () => {
        const box = await today.boundingBox();
        if (box === null || box.x < 0 || box.x + box.width > width + 1 || box.y + box.height > height) return;
        return true;
      });
      expect(await scrollersOn(app.page)).toEqual([]);
      await takeScreenshots(app.page, { runtime, name: "today" }, [{ width, height }]);
    }
  });

  test("after five minutes without a touch the screen is a dim clock; a touch wakes it and does nothing else, and so does trouble in the tank (Kiosk)", async () => {
    await switchOn();
    await new SessionPages(visitor).signIn();
    await seen(tank.vital("Display temperature"));
    await app.page.clock.install();
    const leaveAlone = async (): Promise<void> => {
      await visitor.hand.press(app.page.getByText("Simulated", { exact: true }));
      // What comes of a clock that jumps may wake it once: every reading is five minutes old for a moment.
      await until("the clock", 30_000, async () => {
        await app.page.clock.fastForward("05:01");
        return seen(kiosk.clock, 2_000).then(
          () => true,
          () => undefined,
        );
      });
    };
    await leaveAlone();
    await seen(kiosk.clock.getByText(/^\d+\.\d+ °C$/));
    await takeScreenshots(app.page, { runtime, name: "clock" }, SIZES);
    expect(await violationsOn(app.page)).toEqual([]);
    await seen(kiosk.clock.getByText(/^Tank time/));
    await visitor.hand.press(kiosk.clock);
    await gone(kiosk.clock);
    expect(new URL(app.page.url()).pathname).toBe("/");
    expect(await app.page.getByRole("dialog").count()).toBe(0);

    await leaveAlone();
    const { id } = await demoTank(keeper);
    await setFaults(keeper, id, [{ name: "probe-vanishes", key: "display-temperature" }]);
    await gone(kiosk.clock, 20_000);
    await setFaults(keeper, id, []);
  });
});
