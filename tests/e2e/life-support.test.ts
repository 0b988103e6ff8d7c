import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { addDevice, channelOf, demoTank, type Json, latest, outputWhere, sleepMs } from "#tests/reef.ts";

const MINUTE_MS = 60_000;
/** mL/s. */
const FLOW = 0.5;
const DOSE_ML = 10;

/** The next minute by the clock on the wall, UTC, with a few seconds to spare. */
function nextMinute(): string {
  return new Date(Math.ceil((Date.now() + 4_000) / MINUTE_MS) * MINUTE_MS).toISOString().slice(11, 16);
}

let host: HeadlessHost;
let admin: ApiClient;

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
});
afterAll(() => host.dispose());

const activeOf = async (client: ApiClient): Promise<Json> => (await client.get("/modes/active")).body.active;

async function modeOf(client: ApiClient, kind: string): Promise<Json> {
  const { body } = await client.get("/modes");
  const mode = body.items.find((item: Json) => item.kind === kind);
  if (mode === undefined) throw new Error(`no mode ${kind}`);
  return mode;
}

test.concurrent("feeding stops the return and the skimmer for 15 min and counts down; a power cut changes nothing of it, and afterwards all comes back by itself (Feed / maintenance mode)", async ({
  onTestFinished,
}) => {
  let own = await HeadlessHost.start();
  onTestFinished(() => own.dispose());
  let client = await ApiClient.signedIn(own);
  const operator = { username: "helper", password: "helping every day" };
  await client.post("/users", { ...operator, role: "operator" });
  const helper = await ApiClient.signedIn(own, operator);
  const demo = await demoTank(client);
  const pump = channelOf(demo, "return-pump").id;
  const skimmer = channelOf(demo, "skimmer").id;
  const outputIs = (id: string, what: string, is: (output: Json) => boolean) =>
    outputWhere(client, id, { what, limitMs: 45_000, is });
  await outputIs(pump, "the return pump to run", ({ actual }) => actual === 100);

  const feed = await modeOf(client, "feed");
  expect(feed).toMatchObject({ durationS: 900 });
  const { status, body } = await helper.post(`/modes/${feed.id}/start`);
  expect(status).toBe(200);
  expect(body.active).toMatchObject({ modeId: feed.id, kind: "feed", stage: "on", by: "helper" });
  expect(Math.round((Date.parse(body.active.endsAt) - Date.parse(body.active.startedAt)) / 1_000)).toBe(900);
  expect(body.active.held.map(({ channelId }: Json) => channelId)).toEqual(
    expect.arrayContaining([pump, skimmer]),
  );
  const held = await outputIs(pump, "the return pump to stop", ({ actual }) => actual === 0);
  expect(held).toMatchObject({ owner: "mode", reason: { code: "mode-feed" } });

  await own.cutPower();
  own = await HeadlessHost.start({ dataDir: own.dataDir });
  client = await ApiClient.signedIn(own);
  const after = await until("the mode to go on", 10_000, async () => (await activeOf(client)) ?? undefined);
  expect(after).toMatchObject({ modeId: feed.id, stage: "on", by: "helper" });
  expect(Math.abs(Date.parse(after.endsAt) - Date.parse(body.active.endsAt))).toBeLessThan(2_000);
  await outputIs(pump, "the return pump to be held again", (o) => o.actual === 0 && o.owner === "mode");

  const stopped = await client.post("/modes/stop");
  expect(stopped.body.active).toMatchObject({ stage: "returning" });
  await outputIs(pump, "the return pump to run again", (o) => o.actual === 100 && o.owner !== "mode");
  expect((await client.get(`/outputs/${skimmer}`)).body).toMatchObject({ requested: 0 });
  expect((await activeOf(client)).held.map(({ channelId }: Json) => channelId)).toContain(skimmer);
  expect((await client.post("/modes/stop")).body).toEqual({ active: null });
  expect((await client.post("/modes/stop")).status).toBe(409);
});

test.concurrent("a mode of one's own ends by itself, stage by stage, and is refused, shown and removed as it should be", async () => {
  const device = await addDevice(admin, { type: "simulated-tank", name: "Own mode", params: {} });
  const [circulation, light] = [channelOf(device, "circulation").id, channelOf(device, "light").id];
  const unfit = await admin.post("/modes", {
    name: "Unfit",
    kind: "maintenance",
    durationS: 10,
    outputs: [
      { channelId: channelOf(device, "ph").id, level: 0 },
      { channelId: circulation, level: 50 },
    ],
  });
  expect(unfit.status).toBe(400);
  expect(unfit.body.error.details.map(({ field }: Json) => field)).toEqual(["outputs.0", "outputs.1"]);

  const outputs = [
    { channelId: circulation, level: 0 },
    { channelId: light, level: 20, returnsAfterS: 3 },
  ];
  const { status, body: mode } = await admin.post("/modes", {
    name: "Clean",
    kind: "maintenance",
    durationS: 600,
    outputs,
  });
  expect(status).toBe(201);
  expect((await admin.patch(`/modes/${mode.id}`, { durationS: 60 })).body).toMatchObject({ durationS: 60 });
  expect((await admin.post(`/modes/${mode.id}/start`, { durationS: 10 })).status).toBe(200);
  await outputWhere(admin, light, { what: "the light to dim", limitMs: 5_000, is: ({ actual }) => actual === 20 });
  expect((await admin.delete(`/modes/${mode.id}`)).status).toBe(409);
  expect((await admin.delete(`/devices/${device.id}`)).body.error.message).toContain("Clean");
  await outputWhere(admin, circulation, {
    what: "the circulation to come back",
    limitMs: 20_000,
    is: ({ actual, owner }) => actual === 100 && owner === "none",
  });
  await until("the mode to be over", 10_000, async () => ((await activeOf(admin)) === null ? true : undefined));
  expect((await admin.delete(`/modes/${mode.id}`)).status).toBe(204);
  expect((await admin.get(`/modes/${mode.id}`)).status).toBe(404);
});

test.concurrent("above its limit the lights go off and a keeper is told; both end when the water has cooled down by the hysteresis (If-then safety rules)", async () => {
  // A small sump under a chiller: it cools by half a degree a minute, less than a probe may not be believed at.
  const params = { volumeL: 40, chillerW: 450, startC: 28.2 };
  const device = await addDevice(admin, { type: "simulated-tank", name: "Warm", params });
  const [probe, light, chiller] = ["sump-temperature", "light", "chiller"].map((key) => channelOf(device, key).id);
  expect((await admin.patch(`/channels/${light}`, { powerUpState: 60 })).status).toBe(200);
  const guards = { minOnS: 0, minOffS: 0 };
  expect((await admin.patch(`/channels/${chiller}`, { guards })).status).toBe(200);
  const outputIs = (id: string, what: string, is: (output: Json) => boolean) =>
    outputWhere(admin, id, { what, limitMs: 10_000, is });
  await outputIs(light, "the light to be on", ({ actual }) => actual === 60);
  const warm = await until("the first reading", 5_000, async () => {
    const reading = await latest(admin, probe);
    return reading.quality === "good" ? reading.value : undefined;
  });
  const limit = warm - 0.1;
  const { status, body: rule } = await admin.post("/loops", {
    type: "rule",
    name: "Too warm",
    conditions: [{ kind: "above", channelId: probe, value: limit, hysteresis: 0.2 }],
    actions: [
      { kind: "output", channelId: light, level: 0 },
      { kind: "alarm", priority: "critical", text: "The water is too warm for the corals." },
    ],
  });
  expect(status).toBe(201);
  const off = await outputIs(light, "the light to go off", ({ actual }) => actual === 0);
  expect(off).toMatchObject({ owner: "loop", reason: { code: "rule" } });
  const told = (await admin.get(`/loops/${rule.id}`)).body.live;
  expect(told).toMatchObject({
    state: "active",
    isTrue: true,
    warnings: [{ code: "rule-alarm", priority: "critical", text: "The water is too warm for the corals." }],
  });
  const isLogged = () => host.logs().some((line) => line.message === "a loop warns" && line["loopId"] === rule.id);
  await until("the log to say it", 5_000, async () => (isLogged() ? true : undefined));

  await admin.post(`/outputs/${chiller}/override`, { level: 100, durationS: 600 });
  const seen: { value: number; isActive: boolean }[] = [];
  await until("the rule to end", 100_000, async () => {
    const { live } = (await admin.get(`/loops/${rule.id}`)).body;
    const { value } = await latest(admin, probe);
    seen.push({ value, isActive: live.state === "active" });
    return live.state === "idle" ? true : undefined;
  });
  expect((await latest(admin, probe)).value).toBeLessThan(limit - 0.1);
  const isInBand = (value: number) => value < limit - 0.05 && value > limit - 0.15;
  expect(seen.some(({ value, isActive }) => isActive && isInBand(value))).toBe(true);
  expect((await admin.get(`/loops/${rule.id}`)).body.live.warnings).toEqual([]);
  await outputIs(light, "the light to come back", ({ actual, owner }) => actual === 60 && owner === "none");
});

test.concurrent("a rule that fits nothing is refused, each condition and action by its place", async () => {
  const demo = await demoTank(admin);
  const light = channelOf(demo, "light").id;
  const refused = await admin.post("/loops", {
    type: "rule",
    name: "Odd",
    conditions: [{ kind: "output-on", channelId: light }],
    actions: [
      { kind: "output", channelId: light, level: 0 },
      { kind: "mode", modeId: demo.id },
    ],
  });
  expect(refused.status).toBe(400);
  expect(refused.body.error.details.map(({ field }: Json) => field)).toEqual(["conditions.0", "actions.1"]);
});

test.concurrent("a power cut in the middle of a dose: the pump is off, the dose counts whole, the rest is skipped, and no hand gets past its caps (Dose caps)", async ({
  onTestFinished,
}) => {
  let own = await HeadlessHost.start();
  onTestFinished(() => own.dispose());
  let client = await ApiClient.signedIn(own);
  expect((await client.patch("/settings", { timeZone: "UTC" })).status).toBe(200);
  const pump = channelOf(await demoTank(client), "doser-alkalinity").id;
  const doser = { type: "doser", name: "Alkalinity", pumpChannelId: pump, mlPerDay: DOSE_ML, dosesPerDay: 1 };
  const outputIs = (what: string, is: (output: Json) => boolean, limitMs = 10_000) =>
    outputWhere(client, pump, { what, limitMs, is });

  expect((await client.patch(`/channels/${pump}`, { equipment: { flowMlPerS: null } })).status).toBe(200);
  const early = await client.post("/loops", doser);
  expect(early.status).toBe(400);
  expect(early.body.error.details[0].message).toContain("calibrated");
  expect((await client.patch(`/channels/${pump}`, { equipment: { flowMlPerS: FLOW } })).status).toBe(200);
  const { status, body: loop } = await client.post("/loops", {
    ...doser,
    dosesFrom: nextMinute(),
    containerMl: 1_000,
  });
  expect(status).toBe(201);
  const live = async () => (await client.get(`/loops/${loop.id}`)).body.live;
  await until("the first decision", 5_000, async () => ((await live()).next === null ? undefined : true));
  expect((await live()).next.at).toMatch(/:00\.000Z$/);

  const on = await outputIs("the dose to begin", ({ actual }) => actual === 100, 90_000);
  expect(on).toMatchObject({ owner: "loop", reason: { code: "dose" } });
  await until("the doser to dose", 5_000, async () => ((await live()).state === "dosing" ? true : undefined));
  await sleepMs(1_000);
  await own.cutPower();
  own = await HeadlessHost.start({ dataDir: own.dataDir });
  client = await ApiClient.signedIn(own);
  await outputIs("the pump to be off", ({ actual }) => actual === 0);
  const after = await until("the doser to know", 5_000, async () => {
    const state = await live();
    return state.containerLeftMl === null || state.dosedLastDayMl === 0 ? undefined : state;
  });
  expect(after.dosedLastDayMl).toBeGreaterThan(DOSE_ML - 0.01);
  expect(after.dosedLastDayMl).toBeLessThanOrEqual(DOSE_ML * 1.1 + 0.01);
  expect(after.containerLeftMl).toBeCloseTo(1_000 - after.dosedLastDayMl, 5);
  await sleepMs(3_000);
  expect((await client.get(`/outputs/${pump}`)).body).toMatchObject({ requested: 0, actual: 0 });

  const latched = (await client.get(`/outputs/${pump}`)).body.faults.some((fault: Json) => fault.latched);
  if (latched) expect((await client.post(`/outputs/${pump}/reset`)).status).toBe(200);
  await client.post(`/outputs/${pump}/override`, { level: 100, durationS: 120 });
  await outputIs("its cap to cut it off", ({ actual, owner }) => actual === 0 && owner === "interlock", 60_000);
  const capped = await live();
  expect(capped.dosedLastDayMl).toBeGreaterThan(DOSE_ML);
  expect(capped.dosedLastDayMl).toBeLessThanOrEqual(DOSE_ML * 1.5 + 0.3);
  expect((await client.post(`/loops/${loop.id}/refill`)).body.live).toMatchObject({ containerLeftMl: 1_000 });
});
