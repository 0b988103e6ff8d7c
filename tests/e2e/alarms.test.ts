import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, newDataDir, until } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { channelOf, demoTank, isoOf, type Json, setFaults, sleepMs } from "#tests/reef.ts";

let host: HeadlessHost;
let admin: ApiClient;
let operator: ApiClient;
let tank: Json;
const KEEPER = { username: "bella", password: "watches the tank" };

const TRY = {
  name: "Try",
  kind: "high",
  setpoint: 50,
  deadband: 0.1,
  onDelayS: 0,
  offDelayS: 0,
  priority: "low",
  latching: false,
  response: "Nothing: this is a test.",
};

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
  tank = await demoTank(admin);
  await admin.post("/users", { ...KEEPER, role: "operator" });
  operator = await ApiClient.signedIn(host, KEEPER);
});
afterAll(() => host.dispose());

const offered = async (client: ApiClient, name: string): Promise<Json> => {
  const { body } = await client.get("/alarms?limit=1000");
  const alarm = body.items.find((one: Json) => one.name === name);
  if (alarm === undefined) throw new Error(`there is no alarm ${name}: ${body.items.map((a: Json) => a.name)}`);
  return alarm;
};
const stateWhere = (client: ApiClient, id: string, states: readonly string[]): Promise<Json> =>
  until(`an alarm to be ${states}`, 20_000, async () => {
    const { body } = await client.get(`/alarms/${id}`);
    return states.includes(body.state) ? body : undefined;
  });
const eventsOf = async (client: ApiClient, id: string): Promise<Json[]> =>
  (await client.get(`/alarm-events?alarmId=${id}`)).body.items;
const transitionsOf = async (client: ApiClient, id: string): Promise<string[]> =>
  (await eventsOf(client, id)).map((event) => event.transition).reverse();
const eventsWhere = (client: ApiClient, id: string, wanted: readonly string[]) =>
  until(`the events ${wanted}`, 20_000, async () => {
    const said = await transitionsOf(client, id);
    return said.join() === wanted.join() ? said : undefined;
  });
const toldIn = (of: HeadlessHost): Json[] =>
  of.logs().filter(({ message }) => message === "people are told of alarms");

test("every sensor, output and loop has its offered alarms, each with its response, and the controller its own", async () => {
  const { body } = await admin.get("/alarms?limit=1000");
  const named = body.items.map((alarm: Json) => alarm.name);
  expect(named).toEqual(expect.arrayContaining(["Display temperature high", "Display temperature change in 2 h"]));
  expect(named).toEqual(expect.arrayContaining(["Leak high-high", "Heater output-fault", "Controller database"]));
  expect(named).toContain("Reservoir level low");
  expect(new Set(named).size).toBe(named.length);
  for (const alarm of body.items) {
    expect([alarm.name, alarm.response.length > 10, alarm.cause !== "", alarm.consequence !== ""]).toEqual([
      alarm.name,
      true,
      true,
      true,
    ]);
  }
});

test("a wet floor rings, is told at once to who listens, and is acknowledged with name and time; a viewer may not (Alerts: ack, severity, list API)", async () => {
  const leak = await offered(admin, "Leak high-high");
  const client = liveClient(host.url, async () => admin.token);
  const heard: Json[] = [];
  const listening = client.trpc.alarms.live.subscribe(undefined, { onData: (change) => heard.push(change) });
  await until("the snapshot", 10_000, async () => (heard.length > 20 ? true : undefined));
  await setFaults(admin, tank.id, [{ name: "leak" }]);
  const raised = await stateWhere(admin, leak.id, ["unacknowledged"]);
  expect(raised).toMatchObject({ value: 1, priority: "critical", raisedAt: expect.any(String), by: null });
  await until("the news", 10_000, async () =>
    heard.some(({ alarm }) => alarm?.id === leak.id && alarm.state === "unacknowledged") ? true : undefined,
  );
  const standing = (await admin.get("/alarms/standing")).body.items;
  expect(standing[0]).toMatchObject({ id: leak.id, state: "unacknowledged" });
  await until("the announcement", 10_000, async () =>
    toldIn(host).some(({ alarms }) => alarms.includes("Leak high-high")) ? true : undefined,
  );
  const who = { username: "guest", password: "a guest may look around" };
  await admin.post("/users", { ...who, role: "viewer" });
  const viewer = await ApiClient.signedIn(host, who);
  expect((await viewer.get("/alarms/standing")).status).toBe(200);
  expect((await viewer.post(`/alarms/${leak.id}/acknowledge`, {})).status).toBe(403);
  const { status, body } = await operator.post(`/alarms/${leak.id}/acknowledge`, { note: "On my way" });
  expect([status, body.state, body.by, body.note]).toEqual([200, "acknowledged", "bella", "On my way"]);
  await eventsWhere(admin, leak.id, ["raised", "acknowledged"]);
  const [acknowledged] = await eventsOf(admin, leak.id);
  expect(acknowledged).toMatchObject({
    by: "bella",
    note: "On my way",
    from: "unacknowledged",
    to: "acknowledged",
  });
  expect(Math.abs(Date.parse(acknowledged.at) - Date.now())).toBeLessThan(60_000);
  expect((await admin.get("/alarm-events?priority=low")).body.items).toEqual([]);
  expect((await operator.post(`/alarms/${leak.id}/reset`, {})).status).toBe(409);
  expect((await operator.post(`/alarms/${leak.id}/out-of-service`, { reason: "wet test" })).status).toBe(403);
  listening.unsubscribe();
  await client.close();
});

test("one that latches stays until somebody resets it, and not before what raised it is over", async () => {
  const channelId = channelOf(tank, "display-temperature").id;
  const { body: made } = await admin.post("/alarms", {
    ...TRY,
    name: "Latches",
    channelId,
    setpoint: 10,
    latching: true,
  });
  await stateWhere(admin, made.id, ["unacknowledged"]);
  expect((await operator.post(`/alarms/${made.id}/reset`, {})).status).toBe(409);
  await operator.post(`/alarms/${made.id}/acknowledge`, {});
  await admin.patch(`/alarms/${made.id}`, { setpoint: 50 });
  await stateWhere(admin, made.id, ["latched"]);
  expect((await operator.post(`/alarms/${made.id}/reset`, {})).body.state).toBe("normal");
  await eventsWhere(admin, made.id, ["raised", "acknowledged", "returned", "reset"]);
});

test("kill -9 of everything: what was acknowledged is still, and nobody is told of it anew (Power cut)", async () => {
  const probe = channelOf(tank, "display-temperature").id;
  const made = (await admin.post("/alarms", { ...TRY, name: "Stands", channelId: probe, setpoint: 10 })).body;
  await stateWhere(admin, made.id, ["unacknowledged"]);
  await operator.post(`/alarms/${made.id}/acknowledge`, { note: "Known" });
  await host.cutPower();
  await host.exited;
  const { dataDir } = host;
  host = await HeadlessHost.start({ dataDir });
  admin = await ApiClient.signedIn(host);
  operator = await ApiClient.signedIn(host, KEEPER);
  const { body } = await admin.get(`/alarms/${made.id}`);
  expect(body).toMatchObject({ state: "acknowledged", by: "bella", note: "Known" });
  await until("the probe to be heard again", 20_000, async () =>
    (await admin.get(`/alarms/${made.id}`)).body.isInputUnknown ? undefined : true,
  );
  await sleepMs(4_000);
  await eventsWhere(admin, made.id, ["raised", "acknowledged"]);
  expect(toldIn(host).filter((line) => line["alarms"].includes("Stands"))).toEqual([]);
  expect((await admin.delete(`/alarms/${made.id}`)).status).toBe(204);
  await eventsWhere(admin, made.id, ["raised", "acknowledged", "returned"]);
});

test("crossing a limit is one event, however many readings are beyond it; back and beyond again is a second (Alerts: threshold, dedupe, auto-resolve and refire)", async () => {
  const probe = channelOf(tank, "display-temperature").id;
  const alarm = { ...TRY, channelId: probe };
  const refused = await admin.post("/alarms", {
    ...alarm,
    kind: "rate-of-change",
    loopId: channelOf(tank, "ph").id,
  });
  expect(refused.status).toBe(400);
  const fields = refused.body.error.details.map(({ field }: Json) => field);
  expect(fields).toEqual(expect.arrayContaining(["windowS", "loopId"]));
  const { status, body: made } = await admin.post("/alarms", alarm);
  expect(status).toBe(201);
  expect(made).toMatchObject({ state: "normal", unit: "°C" });
  await admin.patch(`/alarms/${made.id}`, { setpoint: 10 });
  await stateWhere(admin, made.id, ["unacknowledged"]);
  await sleepMs(3_000);
  await eventsWhere(admin, made.id, ["raised"]);
  await admin.patch(`/alarms/${made.id}`, { setpoint: 50 });
  const returned = await stateWhere(admin, made.id, ["returned-unacknowledged"]);
  expect(returned.value).toBeGreaterThan(10);
  await admin.patch(`/alarms/${made.id}`, { setpoint: 10 });
  await eventsWhere(admin, made.id, ["raised", "returned", "raised"]);
  const [last] = await eventsOf(admin, made.id);
  expect(last).toMatchObject({ name: "Try", channelId: probe, unit: "°C", value: expect.any(Number), by: null });

  const shelved = await operator.post(`/alarms/${made.id}/shelve`, { durationS: 3_600, note: "Later" });
  expect(shelved.body).toMatchObject({ state: "shelved", by: "bella", note: "Later" });
  expect(Date.parse(shelved.body.shelvedUntil) - Date.now()).toBeGreaterThan(3_500_000);
  expect((await operator.post(`/alarms/${made.id}/shelve`, { durationS: 90_000 })).status).toBe(400);
  expect((await operator.post(`/alarms/${made.id}/unshelve`, {})).body.state).toBe("unacknowledged");
  const out = await admin.post(`/alarms/${made.id}/out-of-service`, { reason: "Probe is being cleaned" });
  expect(out.body).toMatchObject({ state: "out-of-service", note: "Probe is being cleaned" });
  expect((await admin.post(`/alarms/${made.id}/in-service`, {})).body.state).toBe("unacknowledged");

  const figures = (await admin.get(`/alarms/statistics?from=${isoOf(Date.now() - 3_600_000)}`)).body;
  expect(figures.raised).toBeGreaterThanOrEqual(3);
  expect(figures.byPriority.critical).toBeGreaterThan(0);
  expect(figures.most.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(["Try", "Leak high-high"]));
  expect(figures.medianAcknowledgeS).not.toBeNull();
  const preview = await admin.post("/alarms/preview", { alarm: { ...alarm, setpoint: 10 } });
  expect([preview.status, preview.body.raised]).toEqual([200, 1]);
  const rate = { ...alarm, kind: "rate-of-change", setpoint: 0.6, windowS: 7_200 };
  expect((await admin.post("/alarms/preview", { alarm: rate })).body).toMatchObject({ raised: 0 });

  const inUse = await admin.delete(`/devices/${tank.id}`);
  expect(inUse.status).toBe(409);
  expect(JSON.stringify(inUse.body)).toContain("Try");
  expect((await admin.delete(`/alarms/${made.id}`)).status).toBe(204);
  expect((await admin.get(`/alarms/${made.id}`)).status).toBe(404);
  expect((await transitionsOf(admin, made.id)).at(-1)).toBe("returned");
});

test("five probes that die in one sample are one message with five alarms (Common-cause grouping)", async () => {
  const keys = ["display-temperature", "sump-temperature", "ph", "orp", "salinity"];
  const alarms: Json[] = [];
  for (const key of keys) {
    const alarm = await offered(admin, `${channelOf(tank, key).name} bad-measurement`);
    alarms.push((await admin.patch(`/alarms/${alarm.id}`, { onDelayS: 1 })).body);
  }
  await setFaults(
    admin,
    tank.id,
    keys.map((key) => ({ name: "probe-vanishes", key })),
  );
  const told = await until("one announcement", 60_000, async () =>
    toldIn(host).find((line) => line["kind"] === "raised" && line["alarms"].includes(alarms[0].name)),
  );
  expect(told["cause"]).not.toBeNull();
  expect(alarms.map(({ name }) => told["alarms"].includes(name))).toEqual(keys.map(() => true));
  const grouped = await until("the events to know their group", 20_000, async () => {
    const events = await Promise.all(alarms.map(async ({ id }) => (await eventsOf(admin, id)).at(-1)));
    return events.every((event) => event?.groupId != null) ? events : undefined;
  });
  expect(new Set(grouped.map(({ groupId }) => groupId)).size).toBe(1);
});

test("an own data folder without a past starts with no alarm", async ({ onTestFinished }) => {
  const other = await HeadlessHost.start({ dataDir: await newDataDir() });
  onTestFinished(() => other.dispose());
  const client = await ApiClient.signedIn(other);
  await sleepMs(5_000);
  expect((await client.get("/alarms/standing")).body.items).toEqual([]);
});
