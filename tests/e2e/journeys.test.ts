import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { violationsOn } from "#tests/axe.ts";
import { walkTheJourney, withoutPauses } from "#tests/keepers-journey.ts";
import { type LaunchedApp, launchApp, resize, stopDisplay } from "#tests/launch-app.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { seen, visitorOf } from "#tests/pages/visitor.ts";
import { settled } from "#tests/places.ts";
import { inEachRuntime } from "#tests/runtimes.ts";
import { takeScreenshots } from "#tests/screenshots.ts";
import { scrollersOn } from "#tests/targets.ts";
import { W1Tree } from "#tests/w1-tree.ts";

const LAPTOP = { width: 1280, height: 800 };

afterAll(stopDisplay);

await inEachRuntime("the keeper's journey", (runtime) => {
  let app: LaunchedApp;
  let tree: W1Tree;

  beforeAll(async () => {
    tree = await W1Tree.lay();
    app = await launchApp({ runtime, withoutAdmin: true });
  });
  afterAll(async () => {
    await app?.stop();
    await tree?.remove();
  });

  test("the first run is accessible, dark and light, and stands still on every screen but a phone's (Accessibility · Safe first-run admin)", async () => {
    const visitor = await visitorOf(app.page);
    await seen(new SessionPages(visitor).welcome);
    for (const theme of ["light", "dark"]) {
      await app.page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
      await settled(app.page);
      expect(await violationsOn(app.page)).toEqual([]);
    }
    await takeScreenshots(app.page, { runtime, name: "first-run" });
    for (const screen of [LAPTOP, { width: 1024, height: 600 }, { width: 800, height: 480 }]) {
      await resize(app.page, screen);
      expect(await scrollersOn(app.page)).toEqual([]);
    }
    await resize(app.page, LAPTOP);
  });

  test("first run, dashboard, an override, the reading that reacts, its history, a DS18B20 added and removed (Safe first-run admin · Dashboard · Charts · DS18B20 1-wire · Device CRUD · Electron desktop app)", async () => {
    const visitor = await visitorOf(app.page);
    const printed = /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(app.log())?.[0] ?? "";
    // The window of the machine itself knows the code; a browser's user reads it where the controller was started.
    await new SessionPages(visitor).firstRun(runtime === "electron" ? null : printed);
    await seen(new TankPage(visitor).vital("Display temperature"));
    const keeper = await ApiClient.signedIn(app);
    await withoutPauses(keeper);
    await walkTheJourney(visitor, { tree, romId: "28-00000a1b2c3d" });
    const { body } = await keeper.get("/devices");
    expect(body.items).toHaveLength(1);
  });

  test("the same by keyboard alone, with the focus in sight at every stop (Accessibility)", async () => {
    await new Shell(await visitorOf(app.page)).signOut();
    const visitor = await visitorOf(app.page, "keyboard");
    await new SessionPages(visitor).signIn();
    await walkTheJourney(visitor, { tree, romId: "28-00000a1b2c3e" });
  });
});
