import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { until } from "#tests/headless-host.ts";
import { type LaunchedApp, launchApp, stopDisplay } from "#tests/launch-app.ts";
import { AppearancePage } from "#tests/pages/appearance-page.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { gone, openPath, seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { channelOf, demoTank } from "#tests/reef.ts";
import { inEachRuntime } from "#tests/runtimes.ts";

const VIEWER = { username: "neighbour", password: "only looks at fish" };
const NEEDS_OPERATOR = "Your role is viewer; this needs an operator.";
const NEEDS_ADMIN = "This needs an admin.";
/** No summer time, and its clock shows another hour than Berlin's all year. */
const VIEWERS_ZONE = "Asia/Tokyo";
const TANKS_ZONE = "Europe/Berlin";
const THREE_HOURS_MS = 3 * 3_600_000;

afterAll(stopDisplay);

await inEachRuntime("somebody else's eyes", (runtime) => {
  let app: LaunchedApp;
  let keeper: ApiClient;
  let visitor: Visitor;
  let tank: TankPage;

  beforeAll(async () => {
    app = await launchApp({ runtime });
    keeper = await ApiClient.signedIn(app);
    expect((await keeper.post("/users", { ...VIEWER, role: "viewer" })).status).toBe(201);
    expect((await keeper.patch("/settings", { timeZone: TANKS_ZONE })).status).toBe(200);
    visitor = await visitorOf(app.page);
    tank = new TankPage(visitor);
    await new SessionPages(visitor).signIn(VIEWER);
    await tank.valueWhere("Display temperature", "°C", (celsius) => celsius > 0);
  });
  afterAll(async () => {
    await app?.stop();
  });

  test("a viewer sees everything; what he may not do is there, disabled, and says why (Role-based access)", async () => {
    await seen(tank.output("Heater").getByText(NEEDS_OPERATOR));
    for (const mode of ["Off", "Auto", "On"] as const)
      expect(await tank.mode("Heater", mode).isDisabled()).toBe(true);
    expect(await tank.emergencyStop.getAttribute("aria-disabled")).toBe("true");
    await seen(app.page.getByText(NEEDS_OPERATOR).first());

    const { id } = await demoTank(keeper);
    for (const [path, act] of [
      ["/settings/devices", "Add a device"],
      [`/settings/devices/${id}`, "Delete this device …"],
      [`/settings/devices/${id}`, "Test now"],
      ["/settings/users", "Add a user"],
      ["/settings/tank", "Save"],
    ] as const) {
      await openPath(app.page, path);
      const button = app.page.getByRole("button", { name: act, exact: true });
      await seen(button);
      const why = await button.evaluate(
        (element) => element.ownerDocument.getElementById(element.getAttribute("aria-describedby"))?.textContent,
      );
      expect([act, await button.getAttribute("aria-disabled"), why]).toEqual([act, "true", NEEDS_ADMIN]);
    }
    await openPath(app.page, "/");
    await seen(tank.output("Heater"));
  });

  test("the viewer's zone and clock differ from the tank's: its times are the tank's, and the page says so (UTC timestamps · IANA time zones)", async () => {
    const session = await app.page.context().newCDPSession(app.page);
    await session.send("Emulation.setTimezoneOverride", { timezoneId: VIEWERS_ZONE });
    await app.page.addInitScript(`{
      const real = Date;
      const fast = class extends real {
        constructor(...parts) { parts.length === 0 ? super(real.now() + ${THREE_HOURS_MS}) : super(...parts); }
        static now() { return real.now() + ${THREE_HOURS_MS}; }
      };
      globalThis.Date = fast;
    }`);
    await app.page.reload();
    await tank.valueWhere("Display temperature", "°C", (celsius) => celsius > 0);
    const head = app.page.getByRole("main");
    await seen(head.getByText(new RegExp(TANKS_ZONE)).first());
    const inBerlin = (atMs: number) =>
      new Intl.DateTimeFormat("en", { timeZone: TANKS_ZONE, hour: "2-digit", minute: "2-digit" }).format(atMs);
    await until("the tank's own time", 10_000, async () => {
      const text = await head.textContent();
      const wanted = [0, -60_000].map((agoMs) => inBerlin(Date.now() + agoMs));
      return wanted.some((time) => text?.includes(`${time} tank time`)) ? true : undefined;
    });
    // Three hours are between the two clocks, and yet what is measured now is new.
    await seen(tank.vital("Display temperature").getByText("now", { exact: true }));

    const { id } = channelOf(await demoTank(keeper), "display-temperature");
    await openPath(app.page, `/channels/${id}`);
    await seen(app.page.getByText(new RegExp(TANKS_ZONE)).first());
  });

  test("language, units and theme change at once, without a reload, follow the user's other windows, and stay with their user (Units and language)", async () => {
    const look = new AppearancePage(visitor);
    await look.open();
    await app.page.evaluate("window.isSamePage = true");
    const shell = new Shell(visitor);
    await look.choose("Language", "Deutsch");
    await seen(app.page.getByRole("heading", { level: 1, name: "Darstellung" }));
    expect(await app.page.evaluate("document.documentElement.lang")).toBe("de");
    await seen(app.page.getByRole("link", { name: "Verlauf" }));
    await look.choose("Temperatur", "°F");
    await look.choose("Farben", "Hell");
    await until("the light theme", 5_000, async () =>
      (await app.page.evaluate("document.documentElement.dataset.theme")) === "light" ? true : undefined,
    );
    await look.choose("Farben", "Dunkel");
    await until("the dark theme", 5_000, async () =>
      (await app.page.evaluate("document.documentElement.dataset.theme")) === "dark" ? true : undefined,
    );
    await app.page.getByRole("navigation").getByRole("link", { name: "Becken" }).click();
    await seen(tank.vital("Display temperature").getByText(/^7\d,\d/));
    await seen(tank.vital("Display temperature").getByText("°F"));
    expect(await app.page.evaluate("window.isSamePage")).toBe(true);

    const own = await ApiClient.signedIn(app, VIEWER);
    const { body } = await own.get("/users/me/preferences");
    expect(body).toMatchObject({ language: "de", temperatureUnit: "F", theme: "dark" });
    // As another window of the same user does it: this one follows.
    await own.patch("/users/me/preferences", { temperatureUnit: "C", theme: "light" });
    await seen(tank.vital("Display temperature").getByText("°C"));
    await until("the other window's theme", 5_000, async () =>
      (await app.page.evaluate("document.documentElement.dataset.theme")) === "light" ? true : undefined,
    );
    await own.patch("/users/me/preferences", { temperatureUnit: "F", theme: "dark" });
    await seen(tank.vital("Display temperature").getByText("°F"));
    await app.page.reload();
    await seen(tank.vital("Display temperature").getByText(/^7\d,\d/));
    await look.open();
    await look.choose("Temperatur", "°C");
    await look.choose("Sprache", "English");
    await seen(shell.heading("Appearance"));
    await gone(app.page.getByRole("link", { name: "Verlauf" }));
  });
});
