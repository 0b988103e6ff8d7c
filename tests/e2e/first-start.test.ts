import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";

describe("a new user's first start (Setup/start scripts · Health endpoint · PWM no-op / simulator · Units on devices)", () => {
  let host: HeadlessHost;
  let keeper: ApiClient;
  let readyAfterMs: number;

  beforeAll(async () => {
    const from = performance.now();
    host = await HeadlessHost.start();
    readyAfterMs = performance.now() - from;
    keeper = await ApiClient.signedIn(host);
  });
  afterAll(() => host.dispose());

  test("prints exactly one line, the ready line, and it is true", () => {
    expect(readyAfterMs).toBeLessThan(30_000);
    expect(host.stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(host.stdout)).toEqual({ event: "ready", url: host.url, pid: host.child.pid });
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("every log line is JSON on stderr with a time in UTC", () => {
    const lines = host.stderr.trim().split("\n");
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line).at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test("is healthy within 10 s, in every check", async () => {
    const { body } = await until("health to be ok", 10_000, async () => {
      const answer = await keeper.get("/health");
      return answer.body.status === "ok" ? answer : undefined;
    });
    expect(Object.keys(body.checks).toSorted()).toEqual([
      "acquisition",
      "clock",
      "database",
      "disk",
      "localStore",
      "outputs",
    ]);
    for (const check of Object.values<{ status: string; detail: string; since: string }>(body.checks)) {
      expect(check.status).toBe("ok");
      expect(check.detail.length).toBeGreaterThan(3);
      expect(check.since).toMatch(/Z$/);
    }
    expect(body.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("the demo tank is the first device, says it is simulated, and its temperature moves", async () => {
    const { body } = await keeper.get("/devices");
    const [demo] = body.items;
    expect(demo).toMatchObject({
      type: "simulated-tank",
      isEnabled: true,
      simulated: true,
      status: { state: "online" },
    });
    const probe = demo.channels.find(
      (c: { quantity: string; role: string }) => c.quantity === "temperature" && c.role === "display",
    );
    expect(probe.unit).toBe("°C");
    const seen = new Set<number>();
    await until("the temperature to move", 10_000, async () => {
      const { body: latest } = await keeper.get(`/channels/${probe.id}/latest`);
      expect(latest).toMatchObject({ unit: "°C", quality: "good" });
      seen.add(latest.value);
      return seen.size > 1 ? true : undefined;
    });
    for (const value of seen) expect(value).toBeGreaterThan(24.5);
    for (const value of seen) expect(value).toBeLessThan(26.5);
  });

  test("its probes are in history within seconds, and a minute has a point a second", async () => {
    const { body: channels } = await keeper.get("/channels?quantity=temperature&role=display");
    const id = channels.items[0].id;
    const { body } = await until("ten points", 20_000, async () => {
      const answer = await keeper.get(`/channels/${id}/history`);
      return answer.body.points.length >= 10 ? answer : undefined;
    });
    expect(body).toMatchObject({ channelId: id, unit: "°C", resolution: "raw" });
    const instants = body.points.map((p: { at: string }) => Date.parse(p.at));
    const gaps = instants.slice(1).map((at: number, i: number) => at - instants[i]);
    for (const gap of gaps) expect(Math.abs(gap - 1_000)).toBeLessThan(500);
    const { body: stats } = await keeper.get(`/channels/${id}/stats`);
    expect(stats.count).toBeGreaterThanOrEqual(10);
    expect(stats.latest.value).toBeGreaterThan(24);
  });

  test("the heater is wanted, on, and says why in a sentence", async () => {
    const heater = await until("the heater to be confirmed on", 15_000, async () => {
      const { body } = await keeper.get("/outputs");
      const found = body.items.find((o: { role: string }) => o.role === "heater");
      return found?.actual === 100 && found.confirmation === "confirmed" ? found : undefined;
    });
    expect(heater).toMatchObject({ requested: 100, owner: "loop", faults: [] });
    expect(heater.reason.text).toMatch(/\d.*°C/);
    const loop = await until("its loop to say so", 5_000, async () => {
      const { body } = await keeper.get("/loops");
      return body.items[0].live.state === "heating" ? body.items[0] : undefined;
    });
    expect(loop).toMatchObject({ type: "thermostat", setpointC: 25.5 });
  });

  test("the data folder and the key are closed to others", async () => {
    expect((await stat(join(host.dataDir, "local.key"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(host.dataDir, "local.db"))).mode & 0o077).toBe(0);
    expect((await stat(host.dataDir)).mode & 0o066).toBe(0);
  });

  test("a second start on the same data directory refuses, naming the first, and drives nothing (Second start)", async () => {
    const second = await HeadlessHost.spawn({ dataDir: host.dataDir });
    const { code } = await second.exited;
    expect(code).toBe(1);
    expect(second.stderr).toContain(String(host.pid));
    expect(second.stderr).toContain(host.url);
    expect(second.stdout).toBe("");
    expect((await keeper.get("/health")).body.status).toBe("ok");
  });

  test("SIGTERM while the heater is on: the heater is off before the process is gone, exit 0 within 5 s (Failsafe state)", async () => {
    const postgres = await host.postgresPids();
    const { code, tookMs } = await host.stop();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5_000);
    const safe = host.logs().filter((line) => line.message === "output is in its safe state");
    expect(safe.find((line) => line["name"] === "Heater")).toMatchObject({ levelPct: 0 });
    const stopped = host.logs().findIndex((line) => line.message === "stopped");
    expect(host.logs().findIndex((line) => line.message === "output is in its safe state")).toBeLessThan(stopped);
    expect(postgres.length).toBeGreaterThan(0);
    expect(await host.postgresPids()).toEqual([]);
  });

  test("started again: nothing is lost and nothing is made twice (DB init, admin seed)", async () => {
    const again = await HeadlessHost.start({ dataDir: host.dataDir });
    const client = await ApiClient.signedIn(again);
    expect((await client.get("/devices")).body.items).toHaveLength(1);
    const names = (await client.get("/loops")).body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect((await client.get("/users")).body.items).toHaveLength(1);
    const { body } = await client.get("/channels?quantity=temperature&role=display");
    const { body: stats } = await client.get(`/channels/${body.items[0].id}/stats`);
    expect(stats.count).toBeGreaterThanOrEqual(10);
    await again.stop();
  });
});

test.each([
  [{ REEF_HTTP_PORT: "70000" }, "REEF_HTTP_PORT"],
  [{ DATABASE_URL: "mysql://u:topsecret@h/db" }, "DATABASE_URL"],
  [{ REEF_HTTP_HOST: "0.0.0.0", REEF_TLS: "off" }, "REEF_TLS"],
  [{ REEF_ADMIN_PASSWORD: "short" }, "REEF_ADMIN_PASSWORD"],
])("a bad setting %o stops the start with one line that names it (Config validation)", async (env, variable) => {
  const host = await HeadlessHost.spawn({ env: env as Record<string, string> });
  const { code } = await host.exited;
  expect(code).toBe(1);
  expect(host.stderr.trim().split("\n")).toHaveLength(1);
  expect(host.stderr).toContain(variable);
  expect(host.stderr).not.toMatch(/topsecret|short\b/);
  await host.dispose();
});

test("without an admin in the environment there is none: a one-time code in the log makes the first (Safe first-run admin)", async () => {
  const host = await HeadlessHost.start({ withoutAdmin: true });
  const client = new ApiClient(host.url);
  for (const password of ["admin", "password", "reef", ""]) {
    const { status } = await client.post("/auth/login", { username: "admin", password });
    expect([400, 401]).toContain(status);
  }
  const admin = { username: "first", password: "a long enough one" };
  expect((await client.post("/auth/setup", { ...admin, code: "000000" })).status).toBe(401);
  expect((await client.post("/auth/setup", { ...admin, code: "x", role: "admin" })).status).toBe(400);
  const line = host.logs().find((l) => /setup code/i.test(l.message));
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4})+/.exec(line?.message ?? "")?.[0];
  expect((await client.post("/auth/setup", { ...admin, code })).status).toBe(201);
  expect((await client.post("/auth/setup", { ...admin, username: "second", code })).status).toBe(401);
  await client.login(admin);
  expect((await client.get("/users/me")).body).toMatchObject({ username: "first", role: "admin" });
  await host.dispose();
});

test("--help explains, an unknown option is refused in one line", async () => {
  const help = await HeadlessHost.spawn({ args: ["--help"] });
  expect((await help.exited).code).toBe(0);
  expect(help.stdout).toContain("SIGTERM");
  const wrong = await HeadlessHost.spawn({ args: ["--frobnicate"] });
  expect((await wrong.exited).code).toBe(1);
  expect(wrong.stderr.trim()).toBe("There is no option --frobnicate; --help lists what there is.");
  await help.dispose();
  await wrong.dispose();
});
