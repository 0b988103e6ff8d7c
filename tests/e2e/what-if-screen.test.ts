import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { violationsOn } from "#tests/axe.ts";
import { until } from "#tests/headless-host.ts";
import { type LaunchedApp, launchApp, resize, stopDisplay } from "#tests/launch-app.ts";
import { SessionPages } from "#tests/pages/session-pages.ts";
import { Shell } from "#tests/pages/shell.ts";
import { seen, type Visitor, visitorOf } from "#tests/pages/visitor.ts";
import { WhatIfPage } from "#tests/pages/what-if-page.ts";
import { settled } from "#tests/places.ts";
import { channelOf, demoTank, type Json } from "#tests/reef.ts";
import { inEachRuntime } from "#tests/runtimes.ts";
import { takeScreenshots } from "#tests/screenshots.ts";
import { targetsOn, tooSmall } from "#tests/targets.ts";

/** Enough of a past that a loop has something to decide on. */
const PAST_READINGS = 10;

afterAll(stopDisplay);

await inEachRuntime("what if, on the screen", (runtime) => {
  let app: LaunchedApp;
  let keeper: ApiClient;
  let visitor: Visitor;
  let thermostat: Json;

  beforeAll(async () => {
    app = await launchApp({ runtime });
    keeper = await ApiClient.signedIn(app);
    const probe = channelOf(await demoTank(keeper), "display-temperature").id;
    thermostat = (await keeper.get("/loops")).body.items.find(({ type }: Json) => type === "thermostat");
    visitor = await visitorOf(app.page);
    await new SessionPages(visitor).signIn();
    await until("a past", 60_000, async () => {
      const { body } = await keeper.get(`/channels/${probe}/stats`);
      return body.count >= PAST_READINGS ? true : undefined;
    });
  });
  afterAll(async () => {
    await app?.stop();
  });

  test("a set-point is changed on the spot, and what the heater would have done stands beside what it did (Replay as what if)", async () => {
    const whatIf = new WhatIfPage(visitor);
    await new Shell(visitor).goTo("Control");
    await whatIf.open(thermostat.name);
    await whatIf.type("Set-point", "20");
    await whatIf.tryIt();
    await seen(whatIf.lanes("Heater").getByText("Heater, would"));
    await seen(whatIf.lanes("Heater").getByText("Heater, did"));
    const [cold] = await whatIf.compared("Heater", "On");
    expect(cold).toMatch(/^0 sec \(0 %\)/);
    await settled(app.page);
    expect(await violationsOn(app.page)).toEqual([]);
    await takeScreenshots(app.page, { runtime, name: "what-if-loop" });
    await resize(app.page, { width: 800, height: 480 });
    await settled(app.page);
    expect(tooSmall(await targetsOn(app.page))).toEqual([]);
    await resize(app.page, { width: 1280, height: 800 });
    await whatIf.type("Set-point", "31");
    await seen(app.page.getByText("This answers the question before."));
    await whatIf.tryIt();
    await until("the heater to have been on", 60_000, async () => {
      const [warm] = await whatIf.compared("Heater", "On");
      return warm !== undefined && !warm.startsWith("0 sec") ? true : undefined;
    });
    const kept = (await keeper.get(`/loops/${thermostat.id}`)).body;
    expect(kept.setpointC).toBe(thermostat.setpointC);
  });

  test("an alarm begins as it is offered, and how often it would have rung is counted (Replay as what if)", async () => {
    const whatIf = new WhatIfPage(visitor);
    await whatIf.chooseAlarm();
    expect(await app.page.getByLabel("Limit", { exact: true }).inputValue()).toBe("26.7");
    await whatIf.type("Limit", "10");
    await whatIf.type("Rings after", "0");
    await whatIf.tryIt();
    await seen(whatIf.answer.getByRole("heading", { name: "It would have rung once." }));
    await seen(whatIf.answer.getByText("and still at the end"));
    await settled(app.page);
    expect(await violationsOn(app.page)).toEqual([]);
    await takeScreenshots(app.page, { runtime, name: "what-if-alarm" });
  });
});
