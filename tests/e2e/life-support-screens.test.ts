import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { violationsOn } from "#tests/axe.ts";
import { Complaints } from "#tests/complaints.ts";
import type { HandName } from "#tests/hands/hand.ts";
import { HeadlessHost, newDataDir, until } from "#tests/headless-host.ts";
import { forget, type LaunchedApp, launchApp, type RuntimeName, resize, stopDisplay } from "#tests/launch-app.ts";
import { ControlPages } from "#tests/pages/control-pages.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { gone, openPath, seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { settled } from "#tests/places.ts";
import { channelOf, demoTank, hushAlarms, type Json, outputWhere } from "#tests/reef.ts";
import { inABrowser, inEachRuntime } from "#tests/runtimes.ts";
import { takeScreenshots } from "#tests/screenshots.ts";
import { scrollersOn, targetsOn, tooSmall } from "#tests/targets.ts";

/** Of the whole program, with its database, on a busy machine. */
const FOUR_STARTS_MS = 240_000;
const DESK = { width: 1280, height: 800 };
const KIOSK = { width: 1024, height: 600 };
const SMALL_KIOSK = { width: 800, height: 480 };

/** The kiosk is a window under a finger, the browser is a laptop's: every hand has its journeys, and both runtimes do. */
const HANDS: Record<RuntimeName, readonly HandName[]> = {
  electron: ["touch"],
  chromium: ["mouse", "keyboard"],
};

afterAll(stopDisplay);

await inEachRuntime("life support on the screen", (runtime) => {
  let app: LaunchedApp;
  let keeper: ApiClient;
  let tank: Json;

  beforeAll(async () => {
    app = await launchApp({ runtime });
    keeper = await ApiClient.signedIn(app);
    tank = await demoTank(keeper);
    await hushAlarms(keeper);
    await new SessionPages(await visitorOf(app.page)).signIn();
    await makeEager();
  });
  afterAll(async () => {
    await app?.stop();
  });

  /** What a journey that broke off left behind would break the next ones too. */
  afterEach(async () => {
    await keeper.delete("/emergency-stop");
    await keeper.post("/modes/stop");
    await keeper.post("/modes/stop");
  });

  const idOf = (key: string): string => channelOf(tank, key).id;
  const outputIs = (key: string, what: string, is: (output: Json) => boolean): Promise<Json> =>
    outputWhere(keeper, idOf(key), { what, limitMs: 30_000, is });

  /** Takes the pauses of the outputs away, which a journey need not sit out. */
  const makeEager = async (): Promise<void> => {
    for (const key of ["heater", "return-pump", "top-off"]) {
      const { status } = await keeper.patch(`/channels/${idOf(key)}`, { guards: { minOffS: 0, minOnS: 0 } });
      expect(status).toBe(200);
    }
  };
  const thermostat = async (): Promise<Json> =>
    (await keeper.get("/loops")).body.items.find(({ type }: Json) => type === "thermostat");

  describe.each(HANDS[runtime])("by %s", (handName) => {
    let visitor: Visitor;
    let control: ControlPages;

    beforeAll(async () => {
      await resize(app.page, handName === "touch" ? KIOSK : DESK);
      await openPath(app.page, handName === "touch" ? "/?kiosk=1" : "/?kiosk=0");
      visitor = await visitorOf(app.page, handName);
      control = new ControlPages(visitor);
      await seen(new TankPage(visitor).vital("Display temperature"));
    });

    test("a thermostat's set-point is changed while it heats, and its heater never blinks (Heater/chiller control)", async () => {
      const { id, name } = await thermostat();
      await keeper.patch(`/loops/${id}`, { setpointC: 27 });
      const before = await outputIs(
        "heater",
        "the heater to be on",
        (o) => o.actual === 100 && o.owner === "loop",
      );
      await new Shell(visitor).goTo("Control");
      await control.openLoop(name);
      await control.changeSetpoint("26.8");
      await until("the core to hold it", 5_000, async () =>
        (await thermostat()).live.activeSetpointC === 26.8 ? true : undefined,
      );
      const after = (await keeper.get(`/outputs/${idOf("heater")}`)).body;
      expect(after).toMatchObject({ actual: 100, since: before.since });
      expect(after.cycles.startsTotal).toBe(before.cycles.startsTotal);
    });

    test("feeding is started, counts down, is ended early, and comes back in stages (Feed / maintenance mode)", async () => {
      await new Shell(visitor).goTo("Tank");
      await control.feed();
      await outputIs("return-pump", "the return to stop", (o) => o.owner === "mode" && o.actual === 0);
      const first = (await control.mode.textContent()) ?? "";
      expect(first).toMatch(/Feed: 1[45] min/);
      await until("the countdown to go on", 10_000, async () =>
        (await control.mode.textContent()) === first ? undefined : true,
      );
      await control.endMode();
      await outputIs("return-pump", "the return to run", (o) => o.actual === 100);
      await seen(app.page.getByRole("button", { name: "Feed", exact: true }));
    });

    test("a top-off that ran too long is looked into and reset, and not without (Latched fault · Max-runtime interlock)", async () => {
      const topOff = idOf("top-off");
      const loop = (await keeper.get("/loops")).body.items.find(({ type }: Json) => type === "top-off");
      // Its loop's conditions want the return to run for a minute first.
      if (loop !== undefined) expect((await keeper.delete(`/loops/${loop.id}`)).status).toBe(204);
      expect((await keeper.patch(`/channels/${topOff}`, { guards: { maxOnS: 2 } })).status).toBe(200);
      const held = await keeper.post(`/outputs/${topOff}/override`, { level: 100, durationS: 600 });
      expect(held.status).toBe(200);
      await outputIs("top-off", "its longest time to latch it", (o) => o.faults.some((f: Json) => f.latched));
      expect((await keeper.delete(`/outputs/${topOff}/override`)).status).toBe(200);
      await new Shell(visitor).goTo("Equipment");
      const card = new TankPage(visitor).output("Top-off");
      await seen(card.getByRole("button", { name: "Reset …" }));
      await control.resetFault(card);
      await outputIs("top-off", "no fault to be left", (o) => o.faults.length === 0);
      await gone(card.getByRole("button", { name: "Reset …" }));
    });

    test("everything is stopped by a held press, said on every page, and released from there (Emergency stop)", async () => {
      const shell = new Shell(visitor);
      await shell.goTo("Tank");
      await control.stopAll();
      await outputIs("return-pump", "the return to stop", (o) => o.owner === "emergency-stop" && o.actual === 0);
      await seen(new TankPage(visitor).headline.filter({ hasText: "Emergency stop" }));
      await shell.goTo("Settings");
      await seen(control.stopBanner);
      const [first] = await control.releaseStop();
      expect(first).toContain("Return pump");
      await gone(control.stopBanner);
      await outputIs("return-pump", "the return to run", (o) => o.actual === 100);
    });
  });

  test("banners and dialogs are accessible, and on a touch screen nothing is too small and the tank stands still (Accessibility · Kiosk)", async () => {
    const complaints = Complaints.of(app.page);
    const visitor = await visitorOf(app.page);
    const control = new ControlPages(visitor);
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      await settled(app.page);
      const wrong = [...(await violationsOn(app.page)), ...complaints.taken()];
      if (wrong.length > 0) found[name] = wrong;
    };
    await resize(app.page, DESK);
    await openPath(app.page, "/?kiosk=0");
    await control.feed();
    await look("feeding");
    await takeScreenshots(app.page, { runtime, name: "feeding" });
    await openPath(app.page, "/?kiosk=1");
    await seen(control.mode);
    for (const size of [KIOSK, SMALL_KIOSK]) {
      await resize(app.page, size);
      await settled(app.page);
      const wrong = [...tooSmall(await targetsOn(app.page)), ...(await scrollersOn(app.page))];
      if (wrong.length > 0) found[`feeding at ${size.width}x${size.height}`] = wrong;
      await takeScreenshots(app.page, { runtime, name: "kiosk-feeding" }, [size]);
    }
    await control.endMode();
    await openPath(app.page, "/equipment?kiosk=0");
    await resize(app.page, DESK);
    const skimmer = idOf("skimmer");
    await keeper.patch(`/channels/${skimmer}`, { role: "fan", guards: { maxOnS: 1 } });
    await keeper.post(`/outputs/${skimmer}/override`, { level: 100, durationS: 60 });
    const card = new TankPage(visitor).output("Skimmer");
    await visitor.hand.press(card.getByRole("button", { name: "Reset …" }));
    await seen(control.dialog);
    await look("fault");
    await takeScreenshots(app.page, { runtime, name: "fault" });
    expect(found).toEqual({});
  });
});

await inABrowser("safe mode on the screen", (runtime) => {
  // The Electron that stands by where no other can be had keeps nothing on disk: it knows of no crash.
  test(
    "after three crashes every page says that only life support runs, until an operator ends that (Power cut)",
    async ({ onTestFinished }) => {
      const dataDir = await newDataDir();
      onTestFinished(() => forget(dataDir));
      for (let crash = 0; crash < 3; crash++) {
        const host = await HeadlessHost.start({ dataDir });
        await host.cutPower();
      }
      const app = await launchApp({ runtime, dataDir });
      onTestFinished(async () => void (await app.stop()));
      const visitor = await visitorOf(app.page);
      await new SessionPages(visitor).signIn();
      const banner = app.page.getByRole("region", { name: "Safe mode" });
      await seen(banner);
      await new Shell(visitor).goTo("History");
      await seen(banner);
      await takeScreenshots(app.page, { runtime, name: "safe-mode" }, [DESK]);
      await visitor.hand.press(banner.getByRole("button", { name: "End safe mode …" }));
      await visitor.hand.press(app.page.getByRole("alertdialog").getByRole("button", { name: "End it" }));
      await gone(banner);
      const keeper = await ApiClient.signedIn(app);
      expect((await keeper.get("/system/safe-mode")).body).toMatchObject({ isActive: false });
    },
    FOUR_STARTS_MS,
  );
});
