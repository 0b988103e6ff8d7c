import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { ADMIN, HeadlessHost, until } from "#tests/headless-host.ts";
import { arbitraryFor } from "#tests/schema-arbitrary.ts";

let host: HeadlessHost;
let admin: ApiClient;
let operator: ApiClient;
let viewer: ApiClient;
const anyone = () => new ApiClient(host.url);

beforeAll(async () => {
  host = await HeadlessHost.start({ env: { REEF_CORS_ORIGINS: "https://reef.example" } });
  admin = await ApiClient.signedIn(host);
  for (const role of ["operator", "viewer"]) {
    const { status } = await admin.post("/users", { username: role, password: `a ${role} may enter`, role });
    expect(status).toBe(201);
  }
  operator = await ApiClient.signedIn(host, { username: "operator", password: "a operator may enter" });
  viewer = await ApiClient.signedIn(host, { username: "viewer", password: "a viewer may enter" });
});
afterAll(() => host.dispose());

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operation: any;
}
async function operations(): Promise<{ document: any; all: Operation[] }> {
  const { body: document } = await anyone().get("/openapi.json");
  const all = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return { document, all };
}
const PUBLIC = new Set([
  "/health",
  "/openapi.json",
  "/auth/login",
  "/auth/refresh",
  "/auth/logout",
  "/auth/setup",
  "/auth/first-run",
]);
const below = (path: string) => path.replace(/^\/api\/v1/, "");
const concrete = (path: string) => below(path).replace(/\{[^}]+\}/g, "0190aaaa-0000-7000-8000-000000000000");

test("docs, redoc and the OpenAPI document are served without sign-in and without a CDN (Interactive API docs)", async () => {
  for (const path of ["/docs", "/redoc"]) {
    const page = await fetch(host.url + path);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    for (const [, asset] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await fetch(new URL(asset ?? "", page.url))).status).toBe(200);
    }
  }
  const { document, all } = await operations();
  expect(document.openapi).toMatch(/^3\.1/);
  expect(all.length).toBeGreaterThan(30);
});

test("every read a viewer may make answers, without a query", async () => {
  const { all } = await operations();
  for (const { method, path } of all.filter((o) => o.method === "GET" && !o.path.includes("{"))) {
    const { status } = await admin.ask(method, below(path));
    expect([path, status]).toEqual([path, 200]);
  }
});

test("without a token everything but signing in is 401 (Login JWT)", async () => {
  const { all } = await operations();
  for (const { method, path } of all.filter((o) => !PUBLIC.has(below(o.path)))) {
    const { status, body } = await anyone().ask(method, concrete(path));
    expect([method, path, status]).toEqual([method, path, 401]);
    expect(body.error).toMatchObject({ code: "unauthenticated" });
  }
  const forged = anyone();
  forged.token = `${admin.token?.slice(0, -3)}AAA`;
  expect((await forged.get("/devices")).status).toBe(401);
});

test("a viewer gets 403 on every write, whatever its body or id (Role-based access)", async () => {
  const { all } = await operations();
  const own = new Set(["PATCH /users/me", "PATCH /users/me/preferences", "PUT /users/me/pin"]);
  const writes = all.filter(
    (o) => o.method !== "GET" && !PUBLIC.has(below(o.path)) && !own.has(`${o.method} ${below(o.path)}`),
  );
  expect(writes.length).toBeGreaterThan(15);
  for (const { method, path } of writes.filter((o) => !o.path.endsWith("/preview"))) {
    const { status } = await viewer.ask(method, concrete(path), { nonsense: true });
    expect([method, path, status]).toEqual([method, path, 403]);
  }
  expect((await viewer.get("/users")).status).toBe(403);
  expect((await operator.post("/devices", {})).status).toBe(403);
  expect((await operator.get("/users")).status).toBe(403);
});

test("tokens: refresh gives new ones, an old one ends its family, after logout it is 401 (Token refresh / logout)", async () => {
  const client = await ApiClient.signedIn(host, { username: "viewer", password: "a viewer may enter" });
  const first = client.refreshToken;
  const { status, body } = await client.post("/auth/refresh", { refreshToken: first });
  expect(status).toBe(200);
  expect(body).toMatchObject({ expiresInS: 900, user: { username: "viewer" } });
  expect(body.refreshToken).not.toBe(first);
  expect((await client.post("/auth/refresh", { refreshToken: first })).status).toBe(401);
  expect((await client.post("/auth/refresh", { refreshToken: body.refreshToken })).status).toBe(401);
  expect((await client.get("/devices")).status).toBe(401);
  await client.login({ username: "viewer", password: "a viewer may enter" });
  expect((await client.post("/auth/logout", { refreshToken: client.refreshToken })).status).toBeLessThan(300);
  expect((await client.post("/auth/refresh", { refreshToken: client.refreshToken })).status).toBe(401);
});

test("users: an admin lists, edits and deletes; others edit themselves alone; the last admin stays (User management)", async () => {
  const { body: made } = await admin.post("/users", {
    username: "guest",
    password: "guest of the tank",
    role: "viewer",
  });
  expect(made).toMatchObject({ username: "guest", role: "viewer" });
  expect(JSON.stringify(made)).not.toContain("assword");
  expect(
    (await admin.post("/users", { username: "guest", password: "guest of the tank", role: "viewer" })).status,
  ).toBe(409);
  expect((await admin.patch(`/users/${made.id}`, { role: "operator" })).body.role).toBe("operator");
  const guest = await ApiClient.signedIn(host, { username: "guest", password: "guest of the tank" });
  expect((await guest.patch("/users/me", { role: "admin" })).status).toBe(400);
  expect((await guest.patch("/users/me", { password: "another long one" })).status).toBe(400);
  expect((await guest.patch("/users/me", { password: "another long one", currentPassword: "wrong" })).status).toBe(
    400,
  );
  const changed = await guest.patch("/users/me", {
    password: "another long one",
    currentPassword: "guest of the tank",
  });
  expect(changed.status).toBe(200);
  expect((await admin.delete(`/users/${made.id}`)).status).toBe(204);
  expect((await guest.get("/users/me")).status).toBe(401);
  const me = (await admin.get("/users/me")).body;
  expect((await admin.delete(`/users/${me.id}`)).status).toBe(409);
  expect((await admin.patch(`/users/${me.id}`, { role: "viewer" })).status).toBe(409);
});

test("bad input is 400 with every field named", async () => {
  const { status, body } = await admin.post("/devices", {
    type: 5,
    name: "'; DROP TABLE device; --",
    isEnabled: "yes",
    color: "red",
  });
  expect(status).toBe(400);
  expect(body.error.details.map((d: { field: string }) => d.field).toSorted()).toEqual([
    "color",
    "isEnabled",
    "name",
    "type",
  ]);
  expect(body.error).not.toHaveProperty("stack");

  const channel = (await admin.get("/channels?kind=sensor")).body.items[0];
  for (const pollIntervalS of [-1, 0, "NaN", "Infinity", 86_401, null]) {
    const answer = await admin.patch(`/channels/${channel.id}`, { pollIntervalS });
    expect([pollIntervalS, answer.status, answer.body.error.details[0]?.field]).toEqual([
      pollIntervalS,
      400,
      "pollIntervalS",
    ]);
  }
  expect((await admin.patch(`/channels/${channel.id}`, { limits: { min: 5, max: 4 } })).status).toBe(400);
  for (const query of [
    "from=yesterday",
    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
    "maxPoints=NaN",
    "maxPoints=Infinity",
    "maxPoints=-3",
    "color=red",
  ]) {
    expect([query, (await admin.get(`/channels/${channel.id}/history?${query}`)).status]).toEqual([query, 400]);
  }
  expect((await admin.get("/channels?limit=1001")).status).toBe(400);
  expect((await admin.get("/channels?cursor=%00")).status).toBe(400);
  const raw = (method: string, path: string, body: string) =>
    fetch(`${host.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${admin.token}`, "content-type": "application/json" },
      body,
    });
  // JSON can write a number that is infinite once it is read.
  expect((await raw("PATCH", `/channels/${channel.id}`, '{"pollIntervalS":1e999}')).status).toBe(400);
  const unreadable = await raw("POST", "/devices", "{not json");
  expect(unreadable.status).toBe(400);
});

test("404, 405, 413, 415 come as promised, and 401 before all of them", async () => {
  const auth = { authorization: `Bearer ${admin.token}` };
  const big = JSON.stringify({ name: "x".repeat(10 * 2 ** 20) });
  const post = (headers: Record<string, string>, body: string) =>
    fetch(`${host.url}/api/v1/devices`, { method: "POST", headers, body });
  expect((await post({ ...auth, "content-type": "application/json" }, big)).status).toBe(413);
  expect((await post({ "content-type": "application/json" }, big)).status).toBe(401);
  expect((await post({ ...auth, "content-type": "text/plain" }, "hello")).status).toBe(415);
  for (const id of ["nothing", "0190aaaa-0000-7000-8000-000000000000", "%00", "..%2f..%2fetc"]) {
    expect([id, (await admin.get(`/devices/${id}`)).status]).toEqual([id, 404]);
    expect([id, (await admin.get(`/channels/${id}/latest`)).status]).toEqual([id, 404]);
  }
  expect((await admin.get("/nowhere")).status).toBe(404);
  expect((await admin.ask("PUT", "/devices")).status).toBe(405);
});

test("lists come in pages that together are the whole, in creation order", async () => {
  const whole = (await admin.get("/channels?limit=1000")).body;
  expect(whole.nextCursor).toBeNull();
  const paged: unknown[] = [];
  let cursor = "";
  do {
    const { body } = await admin.get(`/channels?limit=5${cursor}`);
    expect(body.items.length).toBeLessThanOrEqual(5);
    paged.push(...body.items);
    cursor = body.nextCursor === null ? "" : `&cursor=${encodeURIComponent(body.nextCursor)}`;
  } while (cursor !== "");
  expect(paged.map((c: any) => c.id)).toEqual(whole.items.map((c: any) => c.id));
  expect(whole.items.map((c: any) => c.id)).toEqual(whole.items.map((c: any) => c.id).toSorted());
});

test("a page from an unknown origin gets no allow-origin header; a listed one does (Restricted CORS)", async () => {
  const from = (origin: string) =>
    fetch(`${host.url}/api/v1/devices`, { headers: { origin, authorization: `Bearer ${admin.token}` } });
  expect((await from("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
  expect((await from("https://reef.example")).headers.get("access-control-allow-origin")).toBe(
    "https://reef.example",
  );
});

test("all instants are ISO 8601 in UTC (UTC timestamps)", async () => {
  const { body: devices } = await admin.get("/devices");
  const { body: outputs } = await admin.get("/outputs");
  const { body: info } = await admin.get("/system/info");
  for (const at of [devices.items[0].status.since, outputs.items[0].since, info.startedAt]) {
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});

test("device types list the simulated tank and this machine's drivers, with their parameters as JSON Schema (Device type plug-ins)", async () => {
  const { body } = await viewer.get("/devices/types");
  const types = new Map(body.items.map((t: any) => [t.type, t]));
  for (const type of ["simulated-tank", "replay", "ds18b20", "host"])
    expect(types.get(type)).toMatchObject({ type, paramsSchema: { type: "object" } });
  expect(types.get("simulated-tank")).toMatchObject({ simulated: true, supported: true });
});

test("/metrics needs a sign-in and says what the API says (Prometheus)", async () => {
  expect((await fetch(`${host.url}/metrics`)).status).toBe(401);
  const answer = await fetch(`${host.url}/metrics`, { headers: { authorization: `Bearer ${viewer.token}` } });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  for (const line of text.split("\n").filter((l) => l !== ""))
    expect(line).toMatch(/^(#.*|[a-zA-Z_:][\w:]*(\{.*\})? \S+( \d+)?)$/);
  expect(text).toMatch(/reef_[a-z_]*\{[^}]*quantity="temperature"/);
});

test("host information and usage match the machine's (Host info / usage)", async () => {
  const os = await import("node:os");
  const { body: info } = await viewer.get("/system/info");
  expect(info).toMatchObject({
    host: os.hostname(),
    simulated: true,
    hardware: "simulated",
    database: { kind: "embedded" },
  });
  const { body: usage } = await viewer.get("/system/usage");
  expect(Math.abs(usage.memoryTotalBytes / os.totalmem() - 1)).toBeLessThan(0.05);
  expect(Math.abs(usage.memoryUsedBytes - (os.totalmem() - os.freemem())) / os.totalmem()).toBeLessThan(0.05);
});

test("a connection that never finishes its request does not stay open for ever, and costs the others nothing", async () => {
  const socket = connect(Number(new URL(host.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  expect((await anyone().get("/health")).status).toBe(200);
  socket.destroy();
});

test("2,000 generated requests against the OpenAPI document: never a 5xx", async () => {
  const { document, all } = await operations();
  const ids = [
    ...(await admin.get("/channels")).body.items.map((c: any) => c.id),
    ...(await admin.get("/devices")).body.items.map((d: any) => d.id),
    ...(await admin.get("/loops")).body.items.map((l: any) => l.id),
  ];
  const asText = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  const request = fc.constantFrom(...all).chain(({ method, path, operation }) => {
    const parameters: any[] = operation.parameters ?? [];
    const body = operation.requestBody?.content?.["application/json"]?.schema;
    return fc.record({
      method: fc.constant(method),
      path: fc.constant(path),
      parameters: fc.tuple(
        ...parameters.map((p) => fc.tuple(fc.constant(p), arbitraryFor(p.schema, ids, document), fc.boolean())),
      ),
      body: body === undefined ? fc.constant(undefined) : arbitraryFor(body, ids, document),
    });
  });
  let token = admin.token;
  const client = new ApiClient(host.url);
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, parameters, body }) => {
      let target = path;
      const query = new URLSearchParams();
      for (const [parameter, value, isGiven] of parameters) {
        if (parameter.in === "path")
          target = target.replace(
            `{${parameter.name}}`,
            encodeURIComponent(asText(value).toWellFormed().slice(0, 200)) || "x",
          );
        else if (isGiven || parameter.required)
          query.append(parameter.name, asText(value).toWellFormed().slice(0, 500));
      }
      const search = query.size === 0 ? "" : `?${query}`;
      client.token = token;
      const answer = await client.ask(method, below(target) + search, body);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      if (answer.status === 401 && !PUBLIC.has(below(path))) {
        client.token = null;
        await client.login(ADMIN).catch(() => undefined);
        token = client.token ?? token;
      }
      expect([method, target, answer.status < 500, answer.body]).toEqual([method, target, true, answer.body]);
    }),
    { numRuns: 2_000, endOnFailure: true },
  );
  expect(seen.get(200) ?? 0).toBeGreaterThan(100);
  expect(seen.get(400) ?? 0).toBeGreaterThan(100);
  expect((await admin.get("/health")).status).toBe(200);
}, 300_000);

test("nothing secret is in the logs or in the OpenAPI document", async () => {
  const { document } = await operations();
  const text = host.stderr + JSON.stringify(document);
  for (const secret of [ADMIN.password, "a viewer may enter", admin.token ?? "?", admin.refreshToken])
    expect(text).not.toContain(secret);
});

test("twenty wrong passwords in a minute: 429 with Retry-After (Login throttling)", async () => {
  const statuses: number[] = [];
  let retryAfter: string | null = null;
  for (let i = 0; i < 25; i++) {
    const answer = await anyone().post("/auth/login", { username: "keeper", password: `wrong ${i}` });
    statuses.push(answer.status);
    retryAfter = answer.headers.get("retry-after") ?? retryAfter;
  }
  expect(statuses.every((s) => s === 401 || s === 429)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  expect(Number(retryAfter)).toBeGreaterThan(0);
  await until("the log to be written", 2_000, async () => (host.stderr.length > 0 ? true : undefined));
}, 60_000);
