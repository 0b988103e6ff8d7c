import { afterAll, expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { HEATER_ID, PASSWORD, PROBE_ID, TANK_ID } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";

const bench = await WebBench.started();
afterAll(() => bench.stop());
const UNKNOWN_ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const API = "/api/v1";
const MB = 1_048_576;

const fieldsOf = (body: { error: { details: { field: string }[] } }) =>
  body.error.details.map((detail) => detail.field).sort((a, b) => a.localeCompare(b));

test("a session from login to logout", async () => {
  const login = await bench.ask("POST", `${API}/auth/login`, {
    as: null,
    body: { username: "viewer", password: PASSWORD },
  });
  expect(login).toMatchObject({
    status: 200,
    body: { expiresInS: 900, user: { username: "viewer", role: "viewer" } },
  });
  const headers = { authorization: `Bearer ${login.body.accessToken}` };
  expect((await bench.ask("GET", `${API}/users/me`, { as: null, headers })).body).toMatchObject({
    username: "viewer",
  });

  const { body: next } = await bench.ask("POST", `${API}/auth/refresh`, {
    as: null,
    body: { refreshToken: login.body.refreshToken },
  });
  const out = await bench.ask("POST", `${API}/auth/logout`, {
    as: null,
    body: { refreshToken: next.refreshToken },
  });
  expect(out).toMatchObject({ status: 204, body: "" });
  expect((await bench.ask("GET", `${API}/users/me`, { as: null, headers })).status).toBe(401);
});

test("logout without a body ends the session of its bearer; without either it names what is missing", async () => {
  const login = await bench.ask("POST", `${API}/auth/login`, {
    as: null,
    body: { username: "viewer", password: PASSWORD },
  });
  const headers = { authorization: `Bearer ${login.body.accessToken}` };
  expect((await bench.ask("POST", `${API}/auth/logout`, { as: null, headers })).status).toBe(204);
  expect((await bench.ask("GET", `${API}/users/me`, { as: null, headers })).status).toBe(401);
  const nobody = await bench.ask("POST", `${API}/auth/logout`, { as: null });
  expect(nobody.status).toBe(400);
  expect(fieldsOf(nobody.body)).toEqual(["refreshToken"]);
});

test("a wrong login is 401, also with an old token in its headers, and setup is 401 once a user exists", async () => {
  const body = { username: "viewer", password: "wrong password" };
  const headers = { authorization: "Bearer old.old.old" };
  expect((await bench.ask("POST", `${API}/auth/login`, { as: null, body, headers })).status).toBe(401);
  const right = { username: "viewer", password: PASSWORD };
  expect((await bench.ask("POST", `${API}/auth/login`, { as: null, body: right, headers })).status).toBe(200);
  const setup = { code: "0000-0000-0000-0000", username: "evil", password: PASSWORD };
  expect((await bench.ask("POST", `${API}/auth/setup`, { as: null, body: setup })).status).toBe(401);
});

test("creating answers 201 with the thing, deleting 204 without a body", async () => {
  const body = { username: "helper", password: PASSWORD, role: "operator" };
  const created = await bench.ask("POST", `${API}/users`, { body });
  expect(created).toMatchObject({ status: 201, body: { username: "helper", role: "operator" } });
  expect((await bench.ask("POST", `${API}/users`, { body })).body).toMatchObject({ error: { code: "conflict" } });
  const gone = await bench.ask("DELETE", `${API}/users/${created.body.id}`);
  expect(gone).toMatchObject({ status: 204, body: "" });
  expect((await bench.ask("GET", `${API}/users/${created.body.id}`)).status).toBe(404);

  const device = await bench.ask("POST", `${API}/devices`, { body: { type: "ds18b20", name: "Sump" } });
  expect(device).toMatchObject({ status: 201, body: { channels: [], isEnabled: true } });
  expect((await bench.ask("DELETE", `${API}/devices/${device.body.id}`)).status).toBe(204);
  const loop = { type: "thermostat", name: "Heat", sensorChannelId: PROBE_ID, heaterChannelId: HEATER_ID };
  expect(await bench.ask("POST", `${API}/loops`, { body: loop })).toMatchObject({
    status: 201,
    body: { setpointC: 25.5 },
  });
});

test("outputs and the emergency stop answer with their new state", async () => {
  const path = `${API}/outputs/${HEATER_ID}/override`;
  const set = await bench.ask("POST", path, { as: "operator", body: { level: 0, durationS: 60 } });
  expect(set).toMatchObject({ status: 200, body: { owner: "manual", requested: 0 } });
  expect(await bench.ask("DELETE", path, { as: "operator" })).toMatchObject({
    status: 200,
    body: { owner: "none" },
  });
  expect((await bench.ask("POST", `${API}/outputs/${HEATER_ID}/reset`, { as: "operator" })).status).toBe(409);
  const stop = `${API}/emergency-stop`;
  expect(await bench.ask("POST", stop, { as: "operator" })).toMatchObject({
    status: 200,
    body: { isActive: true, by: "operator" },
  });
  expect(await bench.ask("DELETE", stop, { as: "operator" })).toMatchObject({
    status: 200,
    body: { isActive: false },
  });
});

test("literal paths win over parameters", async () => {
  expect((await bench.ask("GET", `${API}/devices/types`)).body.items[0]).toMatchObject({ type: "simulated-tank" });
  expect((await bench.ask("GET", `${API}/users/me`)).body).toMatchObject({ username: "admin" });
});

test("lists come in pages", async () => {
  const first = await bench.ask("GET", `${API}/channels?limit=1`);
  expect(first.body.items.map((channel: { id: string }) => channel.id)).toEqual([PROBE_ID]);
  const second = await bench.ask("GET", `${API}/channels?limit=1&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ items: [{ id: HEATER_ID }], nextCursor: null });
  const filtered = await bench.ask("GET", `${API}/channels?kind=switch&deviceId=${TANK_ID}`);
  expect(filtered.body.items).toHaveLength(1);
});

test.each([
  "limit=0",
  "limit=1001",
  "limit=",
  "limit=ten",
  "limit=NaN",
  "limit=Infinity",
  "limit=1e999",
  "limit=1.5",
  "limit=%GG",
])("?%s is refused by name", async (query) => {
  const { status, body } = await bench.ask("GET", `${API}/channels?${query}`);
  expect([status, fieldsOf(body)]).toEqual([400, ["limit"]]);
});

test("unknown, repeated and malformed query parameters are all named", async () => {
  expect(fieldsOf((await bench.ask("GET", `${API}/channels?kind=pump&colour=red&cursor=`)).body)).toEqual([
    "colour",
    "cursor",
    "kind",
  ]);
  expect(fieldsOf((await bench.ask("GET", `${API}/channels?limit=1&limit=2`)).body)).toEqual(["limit"]);
  expect(fieldsOf((await bench.ask("GET", `${API}/acquisition?x=1`)).body)).toEqual(["x"]);
  expect(fieldsOf((await bench.ask("POST", `${API}/devices?type=host`, { body: { name: "A" } })).body)).toContain(
    "type",
  );
  expect((await bench.ask("GET", `${API}/channels?__proto__=1`)).status).toBe(400);
  expect((await bench.ask("GET", `${API}/channels?cursor=nonsense`)).status).toBe(400);
});

test("every offending field of a body is named", async () => {
  const body = { username: "a b", password: "short", role: "god", isAdmin: true };
  const { status, body: answer } = await bench.ask("POST", `${API}/users`, { body });
  expect(status).toBe(400);
  expect(answer.error.code).toBe("invalid");
  expect(fieldsOf(answer)).toEqual(["isAdmin", "password", "role", "username"]);
});

test("a body that is needed and not there names the fields it needs", async () => {
  const { status, body } = await bench.ask("POST", `${API}/auth/login`, { as: null });
  expect([status, fieldsOf(body)]).toEqual([400, ["password", "username"]]);
});

test("a body that is not needed may be missing, empty, or an empty object, but nothing else", async () => {
  const post = (body?: unknown) =>
    bench.ask("POST", `${API}/acquisition/start`, body === undefined ? {} : { body });
  expect((await post()).status).toBe(200);
  expect((await post({})).status).toBe(200);
  expect((await post({ force: true })).status).toBe(400);
  expect((await post("null")).status).toBe(400);
  const chunked =
    "POST /api/v1/acquisition/start HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n";
  const token = `Authorization: Bearer ${bench.services.tokens.admin}\r\n`;
  expect(await bench.raw(`${chunked}${token}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
});

test.each([
  ["not JSON at all", "{"],
  ["an array", "[]"],
  ["text", '"x"'],
  ["nothing but space", " "],
  ["nested without end", `{"name":"x","type":"host","params":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`],
  ["reaching for the prototype", '{"name":"x","type":"host","__proto__":{"isEnabled":false}}'],
  ["reaching for it inside", '{"name":"x","type":"host","params":{"__proto__":{"a":1}}}'],
  ["NUL in a value", '{"name":"x","type":"host","params":{"host":"a\\u0000b"}}'],
  ["an infinite number", '{"name":"x","type":"host","params":{"n":1e999}}'],
  ["a wrong type", '{"name":5,"type":"host"}'],
])("a body that is %s is 400", async (_, body) => {
  const answer = await bench.ask("POST", `${API}/devices`, { body });
  expect(answer.status).toBe(400);
  expect(fieldsOf(answer.body).length).toBeGreaterThan(0);
});

test("of a key given twice the last counts, as JSON has it", async () => {
  const body = '{"name":"first","type":"host","name":"second"}';
  expect((await bench.ask("POST", `${API}/devices`, { body })).body).toMatchObject({ name: "second" });
});

test("invalid UTF-8 is 400", async () => {
  const bytes = '{"name":"\xff"}';
  const answer = await fetch(`${bench.url}/api/v1/devices`, {
    method: "POST",
    headers: { authorization: `Bearer ${bench.services.tokens.admin}`, "content-type": "application/json" },
    body: Buffer.from(bytes, "latin1"),
  });
  expect(answer.status).toBe(400);
});

test("numbers that JSON can write and no output can be are refused", async () => {
  for (const level of ["1e999", "-1", "101", '"5"', "null", "true"]) {
    const body = `{"level":${level},"durationS":60}`;
    const answer = await bench.ask("POST", `${API}/outputs/${HEATER_ID}/override`, { body });
    expect([answer.status, fieldsOf(answer.body)]).toEqual([400, ["level"]]);
  }
});

test("an id of nothing is 404, whether it is an id or not", async () => {
  const ids = [UNKNOWN_ID, "nothing", "1", "%00", "..%2F..", "' OR 1=1", "%E0%A4%A", "a".repeat(2_000)];
  for (const id of ids) {
    expect([id, (await bench.ask("GET", `${API}/devices/${id}`)).status]).toEqual([id, 404]);
    expect([id, (await bench.ask("PATCH", `${API}/devices/${id}`, { body: { name: "A" } })).status]).toEqual([
      id,
      404,
    ]);
    expect([id, (await bench.ask("DELETE", `${API}/outputs/${id}/override`)).status]).toEqual([id, 404]);
  }
});

test("what is checked first answers first: 401, 403, 413, 415, 400, 404", async () => {
  const wrong = { body: "x".repeat(MB + 1), headers: { "content-type": "text/plain" } };
  const path = `${API}/devices/nothing`;
  expect((await bench.ask("PATCH", path, { ...wrong, as: null })).status).toBe(401);
  expect((await bench.ask("PATCH", path, { ...wrong, as: "viewer" })).status).toBe(403);
  expect((await bench.ask("PATCH", path, wrong)).status).toBe(413);
  expect((await bench.ask("PATCH", path, { ...wrong, body: "{" })).status).toBe(415);
  expect((await bench.ask("PATCH", path, { body: { nmae: "A" } })).status).toBe(400);
  expect((await bench.ask("PATCH", path, { body: { name: "A" } })).status).toBe(404);
});

test("a POST without a body is 401 before anything else, and never 415", async () => {
  const answer = await bench.ask("POST", `${API}/acquisition/stop`, { as: null });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
});

test("a body of any other type is 415; parameters of the type do not matter", async () => {
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonx",
  ]) {
    const answer = await bench.ask("POST", `${API}/devices`, { body: "{}", headers: { "content-type": type } });
    expect([type, answer.status]).toEqual([type, 415]);
  }
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  expect((await bench.ask("POST", `${API}/acquisition/start`, { body: "{}", headers })).status).toBe(200);
});

test("a large body is answered 413, and the client can read it", async () => {
  const answer = await bench.ask("POST", `${API}/devices`, { body: `{"name":"${"x".repeat(10 * MB)}"}` });
  expect(answer).toMatchObject({ status: 413, body: { error: { code: "payload-too-large" } } });
});

test("a large body of unknown length is answered 413 before it ends", async () => {
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  const head =
    "POST /api/v1/devices HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n";
  const token = `Authorization: Bearer ${bench.services.tokens.admin}\r\n\r\n`;
  const next = "GET /api/v1/emergency-stop HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const answer = await bench.raw(`${head + token + chunk.repeat(40)}0\r\n\r\n${next}`);
  expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 401"]);
});

test("unknown paths are 404, known ones with a wrong method 405 with what is allowed", async () => {
  for (const path of ["", "/", "/nothing", "/devices/", `/devices/${TANK_ID}/nothing`, "/Devices", "//devices"]) {
    expect([path, (await bench.ask("GET", API + path)).status]).toEqual([path, 404]);
  }
  expect((await bench.ask("GET", `${API}/nothing`, { as: null })).status).toBe(401);
  const wrong = await bench.ask("DELETE", `${API}/users/me`);
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, PATCH, HEAD, OPTIONS"]);
  expect((await bench.ask("GET", `${API}/auth/login`, { as: null })).status).toBe(405);
});

test("HEAD answers as GET does, without the body", async () => {
  const answer = await bench.ask("HEAD", `${API}/devices`);
  expect([answer.status, answer.body]).toEqual([200, ""]);
  expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(100);
});

test("refusals of the tank are 422, of the database 503, and a bug is 500 without its words", async () => {
  const override = () =>
    bench.ask("POST", `${API}/outputs/${HEATER_ID}/override`, {
      as: "operator",
      body: { level: 100, durationS: 1 },
    });
  for (const code of ["interlocked", "emergency-stopped", "device-unreachable", "bus-timeout"] as const) {
    bench.services.outputs.refusal = new ReefFault(code, "It may not");
    expect(await override()).toMatchObject({
      status: 422,
      body: { error: { code, message: "It may not", details: [] } },
    });
  }
  bench.services.history.isAway = true;
  const history = await bench.ask("GET", `${API}/channels/${PROBE_ID}/history`);
  expect(history).toMatchObject({ status: 503, body: { error: { code: "database-away" } } });
  expect(history.headers.get("retry-after")).toBe("5");

  bench.services.system.failure = new Error("secret words");
  const usage = await bench.ask("GET", `${API}/system/usage`);
  expect(usage.status).toBe(500);
  expect(JSON.stringify(usage.body)).not.toMatch(/secret|stack|\.ts/);
  expect(bench.services.log.messages).toContain("error a request failed by a bug of ours");
});

test("the 21st wrong login is 429 and says when to come back", async () => {
  const other = await WebBench.started();
  const wrong = () =>
    other.ask("POST", `${API}/auth/login`, { as: null, body: { username: "viewer", password: "wrong" } });
  for (let i = 0; i < 20; i++) expect((await wrong()).status).toBe(401);
  const refused = await wrong();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
  await other.stop();
});

test("no answer is kept by a cache, sniffed or framed", async () => {
  const { headers } = await bench.ask("GET", `${API}/devices`);
  expect(Object.fromEntries(headers)).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "content-type": "application/json; charset=utf-8",
  });
});

test("the tank's settings: a viewer reads, an admin changes, and every wrong field is named", async () => {
  const path = `${API}/settings`;
  expect((await bench.ask("GET", path, { as: "viewer" })).body).toEqual({
    tankName: "Reef tank",
    timeZone: "UTC",
    place: null,
    systemVolumeL: null,
    sumpFreeL: null,
    backDrainL: null,
  });
  const body = { timeZone: "Europe/Berlin", systemVolumeL: 400.5 };
  expect((await bench.ask("PATCH", path, { as: "operator", body })).status).toBe(403);
  expect(await bench.ask("PATCH", path, { body })).toMatchObject({ status: 200, body });
  const wrong = await bench.ask("PATCH", path, {
    body: { timeZone: "Mars/Olympus", place: { latitudeDeg: 91, longitudeDeg: 0 }, systemVolumeL: -1, tariff: 1 },
  });
  expect([wrong.status, fieldsOf(wrong.body)]).toEqual([
    400,
    ["place.latitudeDeg", "systemVolumeL", "tariff", "timeZone"],
  ]);
});

test("everyone has preferences of his own, and changes what he names", async () => {
  const path = `${API}/users/me/preferences`;
  const body = { theme: "dark", dashboard: { hiddenTiles: ["ph"] } };
  expect((await bench.ask("PATCH", path, { as: "viewer", body })).body).toMatchObject({
    theme: "dark",
    language: null,
    dashboard: { tileOrder: [], hiddenTiles: ["ph"] },
  });
  expect((await bench.ask("GET", path, { as: "viewer" })).body.theme).toBe("dark");
  expect((await bench.ask("GET", path, { as: "operator" })).body.theme).toBe("system");
  expect((await bench.ask("GET", path, { as: null })).status).toBe(401);
  const wrong = await bench.ask("PATCH", path, {
    body: { theme: "blue", dashboard: { tileOrder: [1] }, font: 1 },
  });
  expect([wrong.status, fieldsOf(wrong.body)]).toEqual([400, ["dashboard.tileOrder.0", "font", "theme"]]);

  bench.services.preferenceStore.isAway = true;
  expect((await bench.ask("PATCH", path, { as: "viewer", body })).body.error.code).toBe("database-away");
  expect((await bench.ask("GET", path, { as: "viewer" })).body.theme).toBe("dark");
  bench.services.preferenceStore.isAway = false;
});

test("a PIN is set by its owner with his password, and shows as hasPin alone", async () => {
  const path = `${API}/users/me/pin`;
  const put = (body: object) => bench.ask("PUT", path, { as: "operator", body });
  expect((await put({ pin: "4711", currentPassword: PASSWORD })).body).toMatchObject({ hasPin: true });
  expect(JSON.stringify((await bench.ask("GET", `${API}/users`)).body)).not.toMatch(/4711|argon2/);
  for (const pin of ["123", "123456789", "12a4", 4711]) {
    const wrong = await put({ pin, currentPassword: PASSWORD });
    expect([wrong.status, fieldsOf(wrong.body)]).toEqual([400, ["pin"]]);
  }
  expect(await put({ pin: null, currentPassword: PASSWORD })).toMatchObject({
    status: 200,
    body: { hasPin: false },
  });
  expect((await bench.ask("PUT", path, { as: null, body: {} })).status).toBe(401);
});

test("nobody in particular may ask whether a first admin is needed, and gets no code over the network", async () => {
  const { status, body } = await bench.ask("GET", `${API}/auth/first-run`, { as: null });
  expect([status, body]).toEqual([200, { isNeeded: false, code: null }]);
});

test("the log is the admin's, by level and page", async () => {
  for (const level of ["info", "warn"]) {
    bench.services.logs.write(
      JSON.stringify({ at: "2026-01-01T00:00:00.000Z", level, part: "x", message: level }),
    );
  }
  expect((await bench.ask("GET", `${API}/system/logs`, { as: "operator" })).status).toBe(403);
  const page = await bench.ask("GET", `${API}/system/logs?level=warn&limit=1`);
  expect(page.body).toMatchObject({ items: [{ level: "warn", message: "warn", fields: {} }], nextCursor: null });
  const wrong = await bench.ask("GET", `${API}/system/logs?level=loud`);
  expect([wrong.status, fieldsOf(wrong.body)]).toEqual([400, ["level"]]);
});
