import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { addDevice, channelOf, demoTank, type Json, latestWhere, outputWhere, setFaults } from "#tests/reef.ts";

const SENTENCE = /^[A-Z].{5,}\.$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

vi.setConfig({ testTimeout: 240_000 });

let host: HeadlessHost;
let admin: ApiClient;
let operator: ApiClient;
let viewer: ApiClient;

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
  [operator, viewer] = await Promise.all([signedInAs("operator"), signedInAs("viewer")]);
});
afterAll(() => host.dispose());

async function signedInAs(role: string): Promise<ApiClient> {
  const who = { username: role, password: `a ${role} may enter` };
  expect((await admin.post("/users", { ...who, role })).status).toBe(201);
  return ApiClient.signedIn(host, who);
}

/** A tank of its own: what one test does to it no other sees. */
const tank = (name: string, params: object = {}) => addDevice(admin, { type: "simulated-tank", name, params });

/** A cold tank whose heater its thermostat has switched on. */
async function heatedTank(name: string, guards: object): Promise<{ device: Json; heater: string; loop: string }> {
  const device = await tank(name, { startC: 24 });
  const heater = channelOf(device, "heater").id;
  expect((await admin.patch(`/channels/${heater}`, { guards })).status).toBe(200);
  const { status, body } = await admin.post("/loops", {
    type: "thermostat",
    name,
    sensorChannelId: channelOf(device, "display-temperature").id,
    heaterChannelId: heater,
  });
  expect(status).toBe(201);
  await outputIs(heater, "the heater to be on", (o) => o.actual === 100 && o.owner === "loop");
  return { device, heater, loop: body.id };
}

/** Loads are switched on one after the other, two seconds apart: one that has just come waits for those of every tank here. */
const TURN_MS = 100_000;
const outputIs = (id: string, what: string, is: (output: Json) => boolean, limitMs = TURN_MS) =>
  outputWhere(admin, id, { what, limitMs, is });
const override = (id: string, level: unknown, durationS: unknown = 60, by = operator) =>
  by.post(`/outputs/${id}/override`, { level, durationS });

/** The skimmer's plug with a fan on it: off unless somebody wants it on, and tied to no pump. */
async function fanOf(device: Json): Promise<string> {
  const { id } = channelOf(device, "skimmer");
  expect((await admin.patch(`/channels/${id}`, { role: "fan" })).status).toBe(200);
  await outputIs(id, "the fan to rest", ({ actual }) => actual === 0);
  return id;
}

test.concurrent("a hand holds an output until its end, and it returns to what it was (Overrides with expiry)", async () => {
  const device = await tank("Override");
  const fan = await fanOf(device);
  const fromMs = Date.now();
  const { status, body } = await override(fan, 100, 2);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    requested: 100,
    actual: 100,
    confirmation: "confirmed",
    owner: "manual",
    blockedBy: [],
  });
  expect(body.reason).toMatchObject({ code: "override", text: expect.stringContaining("operator") });
  expect(Math.abs(Date.parse(body.reason.until) - fromMs - 2_000)).toBeLessThan(1_000);
  const after = await outputIs(fan, "its end", ({ owner }) => owner === "none");
  expect(after).toMatchObject({ requested: 0, actual: 0, confirmation: "confirmed" });
  expect(Math.abs(Date.parse(after.since) - fromMs - 2_000)).toBeLessThan(1_000);

  await override(fan, 100, 604_800);
  expect((await operator.delete(`/outputs/${fan}/override`)).body).toMatchObject({ owner: "none", actual: 0 });
  expect((await operator.delete(`/outputs/${fan}/override`)).status).toBe(200);

  const light = channelOf(device, "light").id;
  await override(light, 60);
  expect((await override(light, 25, 1)).body).toMatchObject({ requested: 25, actual: 25 });
  await outputIs(light, "the second one's end", ({ owner }) => owner === "none");
});

test.concurrent("a dimmer takes 0 to 100 within its channel's range, a switch 0 or 100; the rest is refused by name (Channel min/max, role)", async () => {
  const device = await tank("Levels");
  const light = channelOf(device, "light").id;
  const skimmer = channelOf(device, "skimmer").id;
  for (const level of [0, 0.5, 33.3, 100]) {
    expect((await override(light, level)).body).toMatchObject({ requested: level, actual: level });
  }
  expect((await admin.patch(`/channels/${light}`, { limits: { min: 20, max: 60 } })).status).toBe(200);
  for (const [level, driven] of [
    [10, 20],
    [90, 60],
    [0, 0],
    [45, 45],
  ]) {
    expect((await override(light, level)).body).toMatchObject({ requested: driven, actual: driven });
  }
  for (const level of [-1, 101, "50", null, true, [50], Number.POSITIVE_INFINITY]) {
    const { status, body } = await override(light, level);
    expect([level, status, body.error.details[0].field]).toEqual([level, 400, "level"]);
  }
  for (const level of [1, 50, 99.9]) expect((await override(skimmer, level)).status).toBe(400);
  for (const durationS of [0, -5, 1.5, 604_801, "60", null, undefined]) {
    const { status, body } = await operator.post(`/outputs/${light}/override`, { level: 50, durationS });
    expect([durationS, status, body.error.details[0].field]).toEqual([durationS, 400, "durationS"]);
  }
  expect((await override(channelOf(device, "ph").id, 0)).status).toBe(404);
  for (const patch of [{ role: "display" }, { safeState: 50 }, { emergencyState: 1 }, { guards: { maxOnS: 0 } }]) {
    expect([patch, (await admin.patch(`/channels/${skimmer}`, patch)).status]).toEqual([patch, 400]);
  }
});

test.concurrent("a viewer may look and not touch (Role-based access)", async () => {
  const fan = await fanOf(await tank("Looked at"));
  expect((await override(fan, 100, 60, viewer)).status).toBe(403);
  expect((await viewer.delete(`/outputs/${fan}/override`)).status).toBe(403);
  expect((await viewer.post(`/outputs/${fan}/reset`)).status).toBe(403);
  expect((await viewer.post("/emergency-stop")).status).toBe(403);
  expect((await viewer.get(`/outputs/${fan}`)).body).toMatchObject({ actual: 0, owner: "none" });
});

test.concurrent("every output says in words who holds it and until when (Why is it on)", async () => {
  const { heater } = await heatedTank("Why", {});
  const { body } = await viewer.get("/outputs?limit=1000");
  expect(body.items.length).toBeGreaterThan(7);
  for (const { name, owner, reason, blockedBy, since } of body.items) {
    expect([name, owner, SENTENCE.test(reason.text)]).toEqual([name, owner, true]);
    for (const until of [reason, ...blockedBy].map((r) => r.until))
      expect(until === null || INSTANT.test(until)).toBe(true);
    expect(since).toMatch(INSTANT);
    expect(reason.code).toMatch(/^[a-z-]+$/);
  }
  expect((await viewer.get(`/outputs/${heater}`)).body.reason.text).toMatch(/\d\d\.\d\d °C.*25\.35 °C/);
});

test.concurrent("a heater that was off stays off for its shortest time off, and says until when (Heater/chiller control)", async () => {
  const { heater, loop } = await heatedTank("Short cycle", { minOnS: 0, minOffS: 600 });
  const offAtMs = Date.now();
  expect((await override(heater, 0, 1)).body).toMatchObject({ actual: 0, owner: "manual" });
  const waiting = await outputIs(heater, "its wait", ({ owner }) => owner === "interlock");
  expect(waiting).toMatchObject({ requested: 0, actual: 0, reason: { code: "min-off" } });
  expect(waiting.blockedBy[0]).toMatchObject({ code: "min-off" });
  expect(Math.abs(Date.parse(waiting.reason.until) - offAtMs - 600_000)).toBeLessThan(1_500);
  const told = await until("its loop to say so", 5_000, async () => {
    const { live } = (await admin.get(`/loops/${loop}`)).body;
    return live.text.includes("short-cycled") ? live : undefined;
  });
  expect(told.state).toBe("waiting");
  expect(told.text).toMatch(/^Too cold, but .* is held off\. Off so that the relay is not short-cycled\.$/);
  expect((await override(heater, 100, 60)).body).toMatchObject({
    requested: 0,
    actual: 0,
    reason: { code: "min-off" },
  });
  await operator.delete(`/outputs/${heater}/override`);
  expect((await admin.patch(`/channels/${heater}`, { guards: { minOffS: 2 } })).status).toBe(200);
  await outputIs(heater, "the loop to have it again", (o) => o.owner === "loop" && o.actual === 100);

  await admin.patch(`/channels/${heater}`, { guards: { minOnS: 600 } });
  await admin.patch(`/loops/${loop}`, { setpointC: 20 });
  const held = await outputIs(heater, "its shortest time on", ({ reason }) => reason.code === "min-on");
  expect(held).toMatchObject({ requested: 100, actual: 100, owner: "interlock" });
  expect((await override(heater, 0)).body).toMatchObject({ actual: 0, owner: "manual" });
});

test.concurrent("heater and chiller are never on together (Heater/chiller control)", async () => {
  const device = await tank("Both", { startC: 24, chillerW: 200 });
  const heater = channelOf(device, "heater").id;
  const chiller = channelOf(device, "chiller").id;
  for (const id of [heater, chiller]) await admin.patch(`/channels/${id}`, { guards: { minOnS: 0, minOffS: 0 } });
  const { body: loop } = await admin.post("/loops", {
    type: "thermostat",
    name: "Both",
    sensorChannelId: channelOf(device, "display-temperature").id,
    heaterChannelId: heater,
    chillerChannelId: chiller,
  });
  const both = async () =>
    Promise.all([heater, chiller].map(async (id) => (await admin.get(`/outputs/${id}`)).body));
  for (const [setpointC, wanted] of [
    [26, [100, 0]],
    [20, [0, 100]],
    [26, [100, 0]],
  ] as const) {
    await admin.patch(`/loops/${loop.id}`, { setpointC });
    await until(`the set-point ${setpointC}`, TURN_MS, async () => {
      const now = await both();
      expect(now.filter((o) => o.actual !== 0 || o.requested !== 0).length).toBeLessThan(2);
      return now.every((o, i) => o.actual === wanted[i]) ? true : undefined;
    });
  }
  expect((await override(chiller, 100)).status).toBe(422);
  expect((await admin.delete(`/loops/${loop.id}`)).status).toBe(204);
});

test.concurrent("a plug that does not answer is unknown, never off, and refuses commands with words (Outlet truth)", async () => {
  const device = await tank("Unreachable");
  const fan = await fanOf(device);
  await override(fan, 100, 600);
  await setFaults(admin, device.id, [{ name: "plug-unreachable-for-good", key: "skimmer" }]);
  const lost = await outputIs(fan, "its silence to be noticed", ({ actual }) => actual === null);
  expect(lost).toMatchObject({ requested: 100, owner: "manual" });
  expect(lost.confirmation).not.toBe("confirmed");
  for (const level of [100, 0]) {
    const refused = await override(fan, level);
    expect(refused).toMatchObject({ status: 422, body: { error: { code: "device-unreachable" } } });
    expect(refused.body.error.message).toMatch(/Skimmer.*answer/);
  }
  await outputIs(fan, "a fault", ({ faults }) => faults.length > 0);
  const { body: health } = await admin.get("/health");
  expect(health.checks.outputs).toMatchObject({ status: "degraded", detail: expect.stringContaining("Skimmer") });
  await setFaults(admin, device.id, []);
  const back = await outputIs(fan, "it to answer", (o) => o.confirmation === "confirmed", 10_000);
  expect(back).toMatchObject({ requested: 0, actual: 0, owner: "manual", faults: [] });

  const heater = channelOf(device, "heater").id;
  await setFaults(admin, device.id, ["unplugged"]);
  await outputIs(heater, "the whole device to be unknown", ({ actual }) => actual === null);
  expect((await override(heater, 0)).status).toBe(422);
});

test.concurrent("a plug switched by hand is seen, and told again (Outlet truth)", async () => {
  const device = await tank("By hand");
  const pump = await fanOf(device);
  await override(pump, 100, 600);
  await setFaults(admin, device.id, [{ name: "plug-toggled-by-hand", key: "skimmer" }]);
  await until("the hand to be noticed", 10_000, async () =>
    host.logs().some((line) => line["channelId"] === pump && /taken back|by hand|not as told/i.test(line.message))
      ? true
      : undefined,
  );
  await outputIs(pump, "it to be as told", (o) => o.actual === 100 && o.confirmation === "confirmed");
});

test.concurrent("a heater is off within a cycle of its probe's death, whoever asks, and on again when it is back (Stale-input lockout)", async () => {
  const { device, heater, loop } = await heatedTank("Dead probe", { minOnS: 0, minOffS: 0 });
  const probe = channelOf(device, "display-temperature").id;
  for (const fault of ["probe-vanishes", "probe-reads-minus-7-1", "hang"]) {
    await setFaults(admin, device.id, [fault]);
    await latestWhere(admin, probe, { what: fault, limitMs: 5_000, is: ({ quality }) => quality === "bad" });
    const off = await outputIs(heater, `${fault} to switch it off`, ({ owner }) => owner === "interlock", 2_000);
    expect(off).toMatchObject({ requested: 0, reason: { code: "sensor-not-good" } });
    if (fault !== "hang") {
      expect(off.actual).toBe(0);
      const refused = await override(heater, 100);
      expect(refused).toMatchObject({ status: 422, body: { error: { code: "interlocked" } } });
      expect(refused.body.error.message).toContain(off.reason.text);
    }
    expect((await admin.get(`/loops/${loop}`)).body.live).toMatchObject({ state: "blocked" });
    await setFaults(admin, device.id, []);
    await outputIs(heater, "it to be on again", (o) => o.owner === "loop" && o.actual === 100, 15_000);
  }
});

test.concurrent("on for its longest time it is off and latched, over a restart and a power cut, until it is reset (Max-runtime interlock · Latched fault)", async ({
  onTestFinished,
}) => {
  let own = await HeadlessHost.start();
  onTestFinished(() => own.dispose());
  let client = await ApiClient.signedIn(own);
  const demo = await demoTank(client);
  const skimmer = channelOf(demo, "skimmer").id;
  const light = channelOf(demo, "light").id;
  const shown = async (id = skimmer) => (await client.get(`/outputs/${id}`)).body;
  const hold = (id: string, level: number, durationS = 600) =>
    client.post(`/outputs/${id}/override`, { level, durationS });
  const again = async (end: () => Promise<unknown>) => {
    await end();
    own = await HeadlessHost.start({ dataDir: own.dataDir });
    client = await ApiClient.signedIn(own);
  };
  expect((await client.post(`/outputs/${skimmer}/reset`)).status).toBe(409);
  expect(
    (await client.patch(`/channels/${skimmer}`, { role: "fan", guards: { maxOnS: 2 } })).body.guards.maxOnS,
  ).toBe(2);
  expect((await hold(skimmer, 100)).body).toMatchObject({ actual: 100, owner: "manual" });
  const fromMs = performance.now();
  await until("its longest time", 6_000, async () => ((await shown()).actual === 0 ? true : undefined));
  expect(Math.abs(performance.now() - fromMs - 2_000)).toBeLessThan(700);
  const isLatched = (output: Json) => {
    expect(output).toMatchObject({ requested: 0, actual: 0, owner: "interlock", reason: { code: "max-on" } });
    expect(output.faults).toMatchObject([{ code: "max-on", latched: true }]);
  };
  isLatched(await shown());
  expect((await hold(skimmer, 100)).status).toBe(422);
  const until1 = (await hold(light, 30)).body.reason.until;

  await again(() => own.stop());
  isLatched(await shown());
  expect((await hold(skimmer, 100)).status).toBe(422);
  const held = await until("the light to be held", 5_000, async () => {
    const output = await shown(light);
    return output.actual === 30 ? output : undefined;
  });
  expect(held).toMatchObject({ owner: "manual" });
  expect(Math.abs(Date.parse(held.reason.until) - Date.parse(until1))).toBeLessThan(1_000);

  expect((await client.post(`/outputs/${skimmer}/reset`)).body).toMatchObject({ faults: [] });
  expect((await client.patch(`/channels/${skimmer}`, { guards: { maxOnS: 600 } })).status).toBe(200);
  expect((await hold(skimmer, 100)).body).toMatchObject({ actual: 100 });
  await again(() => own.cutPower());
  isLatched(await shown());
  expect((await client.post(`/outputs/${skimmer}/reset`)).status).toBe(200);
  expect(await shown()).toMatchObject({ faults: [] });
});
