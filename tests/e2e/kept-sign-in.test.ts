import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "#tests/headless-host.ts";
import { type LaunchedApp, launchApp, stopDisplay } from "#tests/launch-app.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { TankPage } from "#tests/pages/tank-page.ts";
import { seen, visitorOf } from "#tests/pages/visitor.ts";
import { inABrowser, inEachRuntime } from "#tests/runtimes.ts";

const KEY = "reef.refreshToken";
/** In the page: what is kept of the sign-in, for long or for the tab. */
const KEPT = `[localStorage, sessionStorage].flatMap((storage) =>
  Object.entries(storage).filter(([key]) => key.startsWith("${KEY}")).map(([, value]) => value))[0] ?? null`;

afterAll(stopDisplay);

const isSignedIn = async (page: Page): Promise<void> =>
  seen(new TankPage(await visitorOf(page)).vital("Display temperature"));

const signIn = async (page: Page): Promise<void> => {
  await new SessionPages(await visitorOf(page)).signIn();
  await isSignedIn(page);
};

/** Loads the page anew and waits until it has traded what was kept for the next. */
const reloaded = async (page: Page): Promise<void> => {
  const before = await page.evaluate(KEPT);
  await page.reload();
  await isSignedIn(page);
  await until("the next token", 10_000, async () => ((await page.evaluate(KEPT)) !== before ? true : undefined));
};

await inEachRuntime("a sign-in that is kept", (runtime) => {
  let app: LaunchedApp;

  beforeAll(async () => {
    app = await launchApp({ runtime });
    await signIn(app.page);
  });
  afterAll(async () => {
    await app?.stop();
  });

  test("a page that is gone before it could keep the answer of its trade leaves the trade to the next page, and again (Token refresh / logout)", async () => {
    // The core has answered, and the page is loaded anew in the very moment in which it would keep the answer.
    await app.page.addInitScript(`{
      const setItem = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, value) {
        const lost = Number(localStorage.getItem("test.lost") ?? 0);
        if (this === localStorage && key === "test.lost" || !key.startsWith("${KEY}") || lost >= 2) return setItem.call(this, key, value);
        setItem.call(localStorage, "test.lost", String(lost + 1));
        location.reload();
        throw new Error("this page is gone");
      };
    }`);
    await app.page.reload();
    await until("both answers to be lost", 20_000, async () =>
      (await app.page.evaluate(`localStorage.getItem("test.lost")`).catch(() => null)) === "2" ? true : undefined,
    );
    await isSignedIn(app.page);
    await reloaded(app.page);
  });

  test("reloads in quick succession, each before the one before was answered (Token refresh / logout)", async () => {
    // One that is asked for while the page is being exchanged may be refused: the next one is not.
    for (let count = 0; count < 6; count += 1)
      await app.page.reload({ waitUntil: "commit" }).catch(() => undefined);
    await isSignedIn(app.page);
    await reloaded(app.page);
  });
});

await inABrowser("tabs that share a sign-in", (runtime) => {
  let app: LaunchedApp;
  let context: BrowserContext;

  beforeAll(async () => {
    app = await launchApp({ runtime });
  });
  afterAll(async () => {
    await app?.stop();
  });
  beforeEach(async () => {
    context = (await app.page.context().browser()?.newContext()) as BrowserContext;
  });
  afterEach(async () => {
    await context.close();
  });

  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(app.url);
    return page;
  };

  test.each([
    ["that wait for each other", ""],
    // As on a page that came over plain HTTP from another machine.
    ["that cannot wait for each other", "Object.defineProperty(navigator, 'locks', { value: undefined })"],
  ])("two tabs %s, both loaded anew at once, again and again (Token refresh / logout)", async (_, script) => {
    await context.addInitScript(script);
    const one = await open();
    await seen(new SessionPages(await visitorOf(one)).signInTitle);
    await one.getByText("Keep me signed in on this device").click();
    await signIn(one);
    const other = await open();
    await isSignedIn(other);
    for (let count = 0; count < 3; count += 1) {
      await Promise.all([one.reload(), other.reload()]);
      await Promise.all([isSignedIn(one), isSignedIn(other)]);
    }
    await reloaded(one);
    await reloaded(other);
  });

  test("a duplicated tab goes on with what the other one traded (Token refresh / logout)", async () => {
    const one = await open();
    await signIn(one);
    const copied = JSON.stringify(await one.evaluate("Object.entries(sessionStorage)"));
    const other = await context.newPage();
    await other.addInitScript(
      `if (sessionStorage.length === 0) for (const [key, value] of ${copied}) sessionStorage.setItem(key, value)`,
    );
    await other.goto(app.url);
    await isSignedIn(other);
    for (const tab of [one, other, one]) await reloaded(tab);
    expect(await one.evaluate(KEPT)).toBe(await other.evaluate(KEPT));
  });
});
