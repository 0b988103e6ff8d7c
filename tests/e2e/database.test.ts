import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { DatabaseProxy, databaseUrl } from "#tests/database-proxy.ts";
import { ADMIN, HeadlessHost, newDataDir, until } from "#tests/headless-host.ts";
import { type FreshDatabase, freshDatabase, queryAs } from "#tests/postgres.ts";
import { channelOf, demoTank, type Json, latestWhere, rowsBetween, sleepMs } from "#tests/reef.ts";

const OTHER = { username: "otto", password: "otto looks after it too" };

let fresh: FreshDatabase;
let proxy: DatabaseProxy;
let url: string;
let host: HeadlessHost;
let admin: ApiClient;

beforeAll(async () => {
  fresh = await freshDatabase();
  proxy = new DatabaseProxy(fresh.config);
  await proxy.open();
  url = databaseUrl(fresh.config, proxy);
  host = await HeadlessHost.start({ env: { DATABASE_URL: url } });
  admin = await ApiClient.signedIn(host);
});
afterAll(async () => {
  await host.dispose();
  await proxy.shut();
  await fresh.remove();
});

const historyStarts = (client: ApiClient, channelId: string, count: number) =>
  until("history", 15_000, async () => {
    const rows = await rowsBetween(client, channelId, { fromMs: 0, toMs: Date.now() });
    return rows.length >= count ? rows : undefined;
  });

async function dump(): Promise<string> {
  const tables = await queryAs<{ name: string }>(
    fresh.config,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(5);
  const rows: string[] = [];
  for (const { name } of tables) {
    const part = await queryAs<{ row: string }>(fresh.config, `select row_to_json(t)::text as row from ${name} t`);
    rows.push(...part.map(({ row }) => row));
  }
  return rows.join("\n");
}

test.concurrent("nothing secret is in the database, in an answer or in the log; a password only as an argon2id hash (Credential encryption)", async () => {
  expect((await admin.get("/system/info")).body.database).toMatchObject({ kind: "external" });
  expect((await admin.post("/users", { ...OTHER, role: "viewer" })).status).toBe(201);
  const other = await ApiClient.signedIn(host, OTHER);
  await historyStarts(admin, channelOf(await demoTank(admin), "ph").id, 2);
  const answers: string[] = [];
  const { body: document } = await admin.get("/openapi.json");
  for (const [path, methods] of Object.entries<Json>(document.paths)) {
    if (methods.get === undefined || path.includes("{")) continue;
    answers.push(JSON.stringify((await admin.get(path.replace("/api/v1", ""))).body));
  }
  const stored = await dump();
  expect(stored).toContain(OTHER.username);
  expect(stored).toContain("display-temperature");
  const said = `${answers.join("\n")}\n${host.stderr}\n${host.stdout}`;
  const secrets = [ADMIN.password, OTHER.password];
  const tokens = [admin, other].flatMap(({ token, refreshToken }) => [token ?? "?", refreshToken]);
  for (const secret of [...secrets, ...tokens, String(fresh.config.password)]) {
    expect(stored).not.toContain(secret);
    expect(said).not.toContain(secret);
  }
  expect(said).not.toContain("argon2");
  const hashes = stored.match(/"\$argon2id\$[^"]+"/g) ?? [];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashes.length).toBeGreaterThanOrEqual(2);
});

test.concurrent("two controllers share a database, and neither sees what is the other's (Fleet)", async ({
  onTestFinished,
}) => {
  const second = await HeadlessHost.start({ env: { DATABASE_URL: url } });
  onTestFinished(() => second.dispose());
  const theirs = await ApiClient.signedIn(second);
  const [ourTank, theirTank] = [await demoTank(admin), await demoTank(theirs)];
  expect(theirTank.id).not.toBe(ourTank.id);
  const ids = async (client: ApiClient, path: string) =>
    (await client.get(path)).body.items.map((i: Json) => i.id ?? i.channelId);
  for (const path of ["/devices", "/channels?limit=1000", "/loops", "/users", "/outputs"]) {
    const [ours, others] = [await ids(admin, path), await ids(theirs, path)];
    expect([path, ours.length > 0, ours.filter((id: string) => others.includes(id))]).toEqual([path, true, []]);
  }
  const ours = channelOf(ourTank, "display-temperature").id;
  for (const path of [
    `/devices/${ourTank.id}`,
    `/channels/${ours}`,
    `/channels/${ours}/history`,
    `/channels/${ours}/latest`,
  ]) {
    expect([path, (await theirs.get(path)).status]).toEqual([path, 404]);
  }
  expect((await theirs.delete(`/devices/${ourTank.id}`)).status).toBe(404);
  const stop = await theirs.post("/emergency-stop");
  expect(stop.body.isActive).toBe(true);
  expect((await admin.get("/emergency-stop")).body.isActive).toBe(false);
  await historyStarts(theirs, channelOf(theirTank, "display-temperature").id, 2);
  expect((await admin.get("/system/info")).body.controllerId).not.toBe(
    (await theirs.get("/system/info")).body.controllerId,
  );
});

test.concurrent("a database of a newer program is refused in one clear line, and left alone (Migrations)", async ({
  onTestFinished,
}) => {
  const newer = await freshDatabase();
  onTestFinished(() => newer.remove());
  const door = new DatabaseProxy(newer.config);
  await door.open();
  onTestFinished(() => door.shut());
  const env = { DATABASE_URL: databaseUrl(newer.config, door) };
  const first = await HeadlessHost.start({ env });
  await first.stop();
  await queryAs(
    newer.config,
    "insert into schema_migration (version, name, checksum) values (999, 'from-the-future', 'x')",
  );
  const before = await queryAs(newer.config, "select * from schema_migration");
  for (const dataDir of [await newDataDir(), first.dataDir]) {
    const refused = await HeadlessHost.spawn({ env, dataDir });
    onTestFinished(() => refused.dispose());
    expect(await refused.exited).toMatchObject({ code: 1 });
    const heater = refused.logs().filter((line) => line["name"] === "Heater");
    if (dataDir === first.dataDir) expect(heater.at(-1)).toMatchObject({ message: "output is in its safe state" });
    const lines = refused.stderr
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("{"));
    expect(lines).toEqual([expect.stringMatching(/version 999.*newer program/)]);
  }
  expect(await queryAs(newer.config, "select * from schema_migration")).toEqual(before);
});

test.concurrent("a wrong password is named, and stops a first start; one that became wrong stops no tank (Config validation · Health endpoint)", async ({
  onTestFinished,
}) => {
  const env = { DATABASE_URL: databaseUrl(fresh.config, { port: proxy.port, password: "not the password" }) };
  const known = await HeadlessHost.start({ env: { DATABASE_URL: url } });
  await known.stop();
  const again = await HeadlessHost.start({ env, dataDir: known.dataDir });
  onTestFinished(() => again.dispose());
  const client = await ApiClient.signedIn(again);
  const { body } = await client.get("/health");
  expect(body).toMatchObject({ status: "degraded", checks: { database: { status: "degraded" } } });
  expect(body.checks.database.detail).toMatch(/user or password of DATABASE_URL/);
  const probe = channelOf(await demoTank(client), "display-temperature").id;
  await latestWhere(client, probe, { what: "a reading", limitMs: 5_000, is: ({ quality }) => quality === "good" });
  expect((await client.get(`/channels/${probe}/history`)).status).toBe(503);

  const first = await HeadlessHost.spawn({ env });
  onTestFinished(() => first.dispose());
  const { code } = await first.exited;
  expect(code).toBe(1);
  const lines = first.stderr
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("{"));
  expect(lines).toEqual([expect.stringMatching(/user or password of DATABASE_URL/)]);
  expect(again.stderr + first.stderr).not.toMatch(/not%20the%20password|not the password/);
});

test.concurrent("the server gone at the start: control runs, health says so, nothing is lost when it comes (Postgres away)", async ({
  onTestFinished,
}) => {
  const own = await freshDatabase();
  onTestFinished(() => own.remove());
  const door = new DatabaseProxy(own.config);
  await door.open();
  const env = { DATABASE_URL: databaseUrl(own.config, door) };
  onTestFinished(() => door.shut());
  await door.shut();

  const waiting = await HeadlessHost.spawn({ env });
  onTestFinished(() => waiting.dispose());
  await sleepMs(2_000);
  expect(waiting.stdout).toBe("");
  expect(waiting.logs().some(({ part, level }) => part === "database" && level === "warn")).toBe(true);
  await door.open();
  await waiting.ready(20_000);
  const file = join(waiting.dataDir, "comes later.csv");
  const late = await (await ApiClient.signedIn(waiting)).post("/devices", {
    type: "replay",
    name: "Comes later",
    params: { file },
  });
  expect(late.body).toMatchObject({ channels: [], status: { state: "offline" } });
  expect((await waiting.stop()).code).toBe(0);

  await door.shut();
  const again = await HeadlessHost.start({ env, dataDir: waiting.dataDir });
  onTestFinished(() => again.dispose());
  const startedAtMs = Date.now();
  await writeFile(file, "takenAt,channel,quantity,value,unit\n2026-01-01T00:00:00Z,late,generic,1,\n");
  const client = await ApiClient.signedIn(again);
  const tank = await demoTank(client);
  const probe = channelOf(tank, "display-temperature").id;
  expect((await client.get("/health")).body).toMatchObject({
    status: "degraded",
    checks: { database: { status: "degraded" } },
  });
  await latestWhere(client, probe, { what: "a reading", limitMs: 5_000, is: ({ quality }) => quality === "good" });
  const heater = channelOf(tank, "heater").id;
  expect((await client.get(`/outputs/${heater}`)).body).toMatchObject({ confirmation: "confirmed" });
  for (const refused of [
    await client.get(`/channels/${probe}/history`),
    await client.post("/devices", { type: "host", name: "Not now" }),
    await client.patch(`/channels/${probe}`, { name: "Not now" }),
  ]) {
    expect(refused).toMatchObject({ status: 503, body: { error: { code: "database-away" } } });
  }
  const latecomer = async () => (await client.get(`/devices/${late.body.id}`)).body;
  await until("a new device", 15_000, async () =>
    (await latecomer()).status.lastError === null ? true : undefined,
  );
  expect((await latecomer()).channels).toEqual([]);
  expect((await client.get("/devices")).body.items).toHaveLength(2);
  await door.open();
  await until("health", 20_000, async () =>
    (await client.get("/health")).body.status === "ok" ? true : undefined,
  );
  const toMs = Date.now();
  const rows = await until("what was taken meanwhile", 15_000, async () => {
    const found = await rowsBetween(client, probe, { fromMs: startedAtMs, toMs: Date.now() });
    return Date.parse(found.at(-1)?.at ?? 0) > toMs ? found : undefined;
  });
  expect((await latecomer()).channels).toMatchObject([{ name: "late" }]);
  const instants = rows.map((row) => Date.parse(row.at));
  expect(instants[0]).toBeLessThan(startedAtMs + 1_500);
  for (const [i, at] of instants.slice(1).entries()) expect(at - (instants[i] ?? 0)).toBeLessThan(1_500);
});
