import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { channelOf, demoTank } from "#tests/reef.ts";

/** Enough of a past that a loop has something to decide on, s. */
const PAST_S = 15;

let host: HeadlessHost;
let admin: ApiClient;
let probe = "";
let heater = "";

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
  const tank = await demoTank(admin);
  probe = channelOf(tank, "display-temperature").id;
  heater = channelOf(tank, "heater").id;
  await until("a past", 40_000, async () => {
    const { body } = await admin.get(`/channels/${probe}/stats`);
    return body.count >= PAST_S ? true : undefined;
  });
});
afterAll(() => host.dispose());

const thermostat = (setpointC: number) => ({
  type: "thermostat",
  name: "What if",
  sensorChannelId: probe,
  heaterChannelId: heater,
  setpointC,
});

test("a viewer sees what another set-point would have done, beside what was done; nothing is saved, and nothing is switched", async () => {
  const who = { username: "guest", password: "a guest may look around" };
  await admin.post("/users", { ...who, role: "viewer" });
  const viewer = await ApiClient.signedIn(host, who);
  const loops = (await admin.get("/loops")).body.items.length;
  const { status, body } = await viewer.post("/loops/preview", { loop: thermostat(20) });
  expect(status).toBe(200);
  expect(body.readings).toBeGreaterThanOrEqual(PAST_S);
  expect(body.resolution).toBe("raw");
  const [output] = body.outputs;
  expect(output).toMatchObject({ channelId: heater, name: "Heater", would: { onS: 0, starts: 0 } });
  expect(output.did.steps.length).toBeGreaterThan(0);
  expect(body.last).toMatchObject({ type: "thermostat" });
  const warm = await viewer.post("/loops/preview", { loop: thermostat(31) });
  expect(warm).toMatchObject({ status: 200 });
  expect(warm.body.outputs[0].would.onS).toBeGreaterThan(5);
  expect((await admin.get("/loops")).body.items).toHaveLength(loops);
});

test("an alarm is tried on the past; what cannot be is refused with every field named", async () => {
  const alarm = {
    name: "Warm",
    channelId: probe,
    kind: "high",
    setpoint: 10,
    deadband: 0.1,
    onDelayS: 1,
    offDelayS: 1,
    priority: "high",
    latching: false,
    response: "Look at the heater.",
  };
  const { status, body } = await admin.post("/alarms/preview", { alarm });
  expect(status).toBe(200);
  expect(body).toMatchObject({ raised: 1, transitions: [{ transition: "raised" }] });
  const long = await admin.post("/alarms/preview", { alarm, from: "2020-01-01T00:00:00Z" });
  expect(long).toMatchObject({ status: 400, body: { error: { code: "invalid" } } });
  const misfit = await admin.post("/loops/preview", { loop: { ...thermostat(25), sensorChannelId: heater } });
  expect(misfit.status).toBe(400);
  expect(JSON.stringify(misfit.body.error.details)).toContain("sensorChannelId");
});

test("of previews asked for at once those put off are told when to come back", async () => {
  const asked = Array.from({ length: 6 }, () => admin.post("/loops/preview", { loop: thermostat(24) }));
  const answers = await Promise.all(asked);
  const late = answers.filter(({ status }) => status !== 200);
  expect(late.length).toBeLessThan(answers.length);
  for (const { status, headers } of late) {
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
});
