import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Output } from "#contract/outputs.ts";
import type { LiveReading } from "#contract/readings.ts";
import type { Health } from "#contract/system.ts";
import { ApiClient } from "#tests/api-client.ts";
import { ADMIN, HeadlessHost, until } from "#tests/headless-host.ts";
import { type LiveClient, liveClient } from "#tests/live-client.ts";
import { channelOf, demoTank, setFaults, sleepMs } from "#tests/reef.ts";

let host: HeadlessHost;
let admin: ApiClient;
const clients: LiveClient[] = [];

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await host.dispose();
});

function connect(token: string | null | (() => Promise<string>), url = host.url): LiveClient {
  const client = liveClient(url, typeof token === "function" ? token : async () => token);
  clients.push(client);
  return client;
}
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { data?: unknown }) => error.data,
  );

test.concurrent("readings: the present state of every sensor first, then each new one within a second (Live updates)", async () => {
  const { trpc } = connect(admin.token);
  const sensors = (await trpc.channels.list.query({ kind: "sensor" })).items;
  const heard: { reading: LiveReading; atMs: number }[] = [];
  const failures: unknown[] = [];
  trpc.readings.live.subscribe(undefined, {
    onData: (reading) => heard.push({ reading, atMs: Date.now() }),
    onError: (error) => failures.push(error),
  });
  await until("three rounds", 10_000, async () => (heard.length >= 4 * sensors.length ? true : undefined));
  const first = heard.slice(0, sensors.length).map(({ reading }) => reading.channelId);
  expect(new Set(first)).toEqual(new Set(sensors.map(({ id }) => id)));
  for (const { reading, atMs } of heard.slice(sensors.length)) {
    expect(reading).toMatchObject({ quality: "good", unit: expect.any(String) });
    expect(atMs - Date.parse(reading.takenAt ?? "")).toBeLessThan(1_000);
  }
  expect(failures).toEqual([]);
});

test.concurrent("an output's change reaches a client within a second, and so does health's (Live updates)", async () => {
  const { trpc } = connect(admin.token);
  const outputs: Output[] = [];
  const healths: Health[] = [];
  trpc.outputs.live.subscribe(undefined, { onData: (output) => outputs.push(output) });
  trpc.system.live.subscribe(undefined, { onData: (health) => healths.push(health) });
  const tank = await demoTank(admin);
  const light = channelOf(tank, "light").id;
  await until("the present state", 3_000, async () =>
    outputs.length >= 7 && healths.length === 1 ? true : undefined,
  );
  for (const level of [55, 0]) {
    const shown = await trpc.outputs.override.mutate({ channelId: light, level, durationS: 60 });
    expect(shown).toMatchObject({ requested: level, actual: level });
    await until("the change", 1_000, async () =>
      outputs.some((o) => o.channelId === light && o.actual === level && o.owner === "manual") ? true : undefined,
    );
  }
  await setFaults(admin, tank.id, [{ name: "plug-unreachable-for-good", key: "circulation" }]);
  await until("health's change", 8_000, async () => (healths.length > 1 ? true : undefined));
  expect(healths.at(-1)).toMatchObject({ status: "degraded", checks: { outputs: { status: "degraded" } } });
  await setFaults(admin, tank.id, []);
});

test.concurrent("0, false and '' arrive as themselves (Live updates)", async () => {
  const { trpc } = connect(admin.token);
  const device = await trpc.devices.create.mutate({
    type: "simulated-tank",
    name: "Off",
    isEnabled: false,
    params: { seed: 0 },
  });
  expect(device).toMatchObject({ isEnabled: false, params: { seed: 0 }, status: { state: "disabled" } });
  for (const name of ["", 0, false]) {
    const refusal = await refusalOf(trpc.devices.patch.mutate({ id: device.id, name: name as string }));
    expect(refusal).toMatchObject({ fault: "invalid" });
    expect(refusal).toHaveProperty("details.0.field", "name");
  }
  for (const input of [0, false, ""]) {
    const refusal = await refusalOf(trpc.devices.list.query(input as never));
    expect(refusal).toMatchObject({ fault: "invalid", details: [{ field: "input" }] });
  }
  await trpc.devices.delete.mutate({ id: device.id });
});

test.concurrent("a client that unsubscribes hears nothing more (Live updates)", async () => {
  const client = connect(admin.token);
  const subscription = client.trpc.readings.live.subscribe(undefined, { onData: () => undefined });
  await until("readings", 5_000, async () => (client.frames > 15 ? true : undefined));
  subscription.unsubscribe();
  await client.trpc.system.info.query();
  const heard = client.frames;
  await sleepMs(2_500);
  expect(client.frames).toBe(heard);
});

test.concurrent("a bad token is refused with 4401, a socket without one may only sign in (Live updates)", async () => {
  const forged = connect(`${admin.token?.slice(0, -4)}AAAA`);
  forged.trpc.devices.list.query({}).catch(() => undefined);
  await until("4401", 5_000, async () => (forged.closes.includes(4401) ? true : undefined));
  await forged.close();

  const { trpc } = connect(null);
  for (const call of [() => trpc.devices.list.query({}), () => trpc.emergencyStop.engage.mutate()]) {
    expect(await refusalOf(call())).toMatchObject({ fault: "unauthenticated" });
  }
  let refusal: unknown = null;
  trpc.readings.live.subscribe(undefined, {
    onError: (error) => {
      refusal = error.data;
    },
  });
  await until("the subscription's refusal", 3_000, async () => refusal ?? undefined);
  expect(refusal).toMatchObject({ fault: "unauthenticated" });
  expect(await refusalOf(trpc.auth.login.mutate({ ...ADMIN, password: "not this one" }))).toMatchObject({
    fault: "unauthenticated",
  });
  await trpc.auth.login.mutate(ADMIN);
  expect((await trpc.users.me.query()).username).toBe(ADMIN.username);
});

test.concurrent("whose session ends is out at once, and his socket is closed with 4401 (Live updates · Token refresh / logout)", async () => {
  const session = await ApiClient.signedIn(host);
  const client = connect(session.token);
  client.trpc.readings.live.subscribe(undefined, { onData: () => undefined });
  await until("readings", 5_000, async () => (client.frames > 0 ? true : undefined));
  await session.post("/auth/logout", { refreshToken: session.refreshToken });
  expect(await refusalOf(client.trpc.system.info.query())).toMatchObject({ fault: "unauthenticated" });
  await until("4401", 15_000, async () => (client.closes.includes(4401) ? true : undefined));
  await client.close();
});

test.concurrent("garbage, a page of another site and a frame without end harm nobody (Live updates)", async () => {
  const address = `${host.url.replace("http", "ws")}/trpc`;
  const stranger = new WebSocket(address, { origin: "https://evil.example" });
  const [, response] = await once(stranger, "unexpected-response");
  expect(response.statusCode).toBe(403);
  stranger.on("error", () => undefined).terminate();

  const rude = new WebSocket(address);
  await once(rude, "open");
  const noise = ["", "x", "null", "[]", "[[]]", '{"id":null}', '{"id":1,"method":"subscription.stop"}', "PONG"];
  for (const text of [...noise, '{"id":1,"method":"query","params":{"path":"__proto__.x"}}']) rude.send(text);
  rude.send(Buffer.from([0, 255, 1, 254]));
  rude.send("x".repeat(2 * 2 ** 20));
  const [code] = await once(rude, "close");
  expect(code).toBe(1009);
  expect((await admin.get("/health")).status).toBe(200);
  expect(host.logs().filter(({ level }) => level === "error")).toEqual([]);
});

test.concurrent("after a restart of the controller a client is back by itself, with a fresh token, and hears on (Live updates)", async ({
  onTestFinished,
}) => {
  let own = await HeadlessHost.start();
  onTestFinished(() => own.dispose());
  const { port } = new URL(own.url);
  const tokens: string[] = [];
  const client = connect(async () => {
    const { token } = await ApiClient.signedIn(own);
    tokens.push(token ?? "");
    return token ?? "";
  }, own.url);
  const heard: LiveReading[] = [];
  client.trpc.readings.live.subscribe(undefined, { onData: (reading) => heard.push(reading) });
  await until("readings", 5_000, async () => (heard.length > 20 ? true : undefined));
  await own.stop();
  // What comes after it are tries that nobody answers yet.
  expect(client.closes[0]).toBe(1001);
  own = await HeadlessHost.start({ dataDir: own.dataDir, env: { REEF_HTTP_PORT: port } });
  const restartedAtMs = Date.now();
  heard.length = 0;
  await until("new readings", 10_000, async () =>
    heard.some(({ takenAt, quality }) => quality === "good" && Date.parse(takenAt ?? "") > restartedAtMs)
      ? true
      : undefined,
  );
  expect(client.opens).toBe(2);
  expect(new Set(tokens).size).toBe(tokens.length);
  await client.close();
});
