import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { WebServer } from "#main/web/web-server.ts";
import { health } from "#tests/builders/api-things.ts";
import { HEATER_ID, PROBE_ID, START_MS } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";

const dir = await mkdtemp(join(tmpdir(), "reef-web-"));
await mkdir(join(dir, "app/assets"), { recursive: true });
await mkdir(join(dir, "docs-ui"));
const PAGE = "<title>the app</title><script>begin()</script>";
const BEGIN_HASH = createHash("sha256").update("begin()").digest("base64");
await writeFile(join(dir, "app/index.html"), PAGE);
await writeFile(join(dir, "app/assets/index-abc.js"), "run()");
await writeFile(join(dir, "app/.secret"), "hidden");
await writeFile(join(dir, "outside.txt"), "outside");
await writeFile(join(dir, "docs-ui/redoc.standalone.js"), "redoc()");
const allowedOrigin = "https://reef.example";
const bench = await WebBench.started({
  rendererDir: join(dir, "app"),
  docsUiDir: join(dir, "docs-ui"),
  corsOrigins: [allowedOrigin],
});
afterAll(async () => {
  await bench.stop();
  await rm(dir, { recursive: true });
});
const get = (path: string, headers: Record<string, string> = {}) => bench.ask("GET", path, { as: null, headers });

test("the app's page is served at / and at every path of the app, and its assets are kept for ever", async () => {
  for (const path of ["/", "/channels", "/outputs/42"]) {
    const page = await get(path);
    expect([page.status, page.body]).toEqual([200, PAGE]);
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const policy = page.headers.get("content-security-policy");
    expect(policy).toContain(`script-src 'self' 'sha256-${BEGIN_HASH}';`);
    expect(policy).not.toContain("unsafe");
  }
  const asset = await get("/assets/index-abc.js");
  expect([asset.body, asset.headers.get("cache-control")]).toEqual([
    "run()",
    "public, max-age=31536000, immutable",
  ]);
  expect(asset.headers.get("content-type")).toContain("javascript");
  const etag = asset.headers.get("etag") ?? "";
  expect((await get("/assets/index-abc.js", { "if-none-match": etag })).status).toBe(304);
  expect((await get("/assets/gone.js")).status).toBe(404);
});

test("who asks only for the head is told how long page and assets are, and gets neither", async () => {
  for (const [path, bytes] of [
    ["/", PAGE.length],
    ["/assets/index-abc.js", "run()".length],
  ] as const) {
    const head = await bench.raw(`HEAD ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head).toContain(`Content-Length: ${bytes}\r\n`);
    expect(head.split("\r\n\r\n")[1]).toBe("");
  }
});

test("no file outside the app's folder, and no hidden one, can be reached", async () => {
  for (const path of [
    "/../outside.txt",
    "/..%2foutside.txt",
    "/%2e%2e/outside.txt",
    "/assets/..%5c..%5coutside.txt",
    "/.secret",
    "/%00",
    "/%GG",
  ]) {
    const answer = await bench.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect([path, /outside$|hidden$/.test(answer)]).toEqual([path, false]);
  }
});

test("health needs no sign-in, and is 503 when it fails", async () => {
  expect(await get("/health")).toMatchObject({ status: 200, body: { status: "ok", version: "1.2.3" } });
  bench.services.system.become(health("degraded"));
  expect((await get("/health")).status).toBe(200);
  bench.services.system.become(health("failing"));
  expect(await get("/health")).toMatchObject({
    status: 503,
    body: { checks: { database: { status: "failing" } } },
  });
});

test("metrics need a viewer, and tell good readings and the quality of all", async () => {
  expect((await get("/metrics")).status).toBe(401);
  const ask = () => bench.ask("GET", "/metrics", { as: "viewer" });
  const labels = `channel="${PROBE_ID}",name="Water",quantity="temperature",unit="°C"`;
  const reading = { channelId: PROBE_ID, takenAtMs: START_MS, raw: null, coversS: 1 };
  bench.services.readings.publish({ ...reading, value: 25.5, quality: "good", reason: null });
  const { headers, body } = await ask();

  expect(headers.get("content-type")).toContain("text/plain");
  expect(body).toContain(`reef_reading{${labels}} 25.5\n`);
  expect(body).toContain(`reef_output_requested_percent{channel="${HEATER_ID}",name="Heater",role="heater"} 0\n`);
  expect(body).toMatch(/reef_journal_pending_rows 3\n[\s\S]*process_resident_memory_bytes \d+/);
  bench.services.readings.publish({ ...reading, value: null, quality: "bad", reason: "comm" });
  const later = (await ask()).body;
  expect(later).not.toContain(`reef_reading{`);
  expect(later).toContain(`reef_reading_quality{${labels}} 0\n`);
});

test("the documentation's pages load our own files alone, without inline scripts", async () => {
  for (const path of ["/docs", "/redoc"]) {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/https?:|<script>|onload=/);
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
  }
  expect((await get("/docs/start.js")).body).toContain("/openapi.json");
  expect((await get("/redoc/start.js")).body).toContain("disableTelemetry: true");
  expect((await get("/redoc/redoc.standalone.js")).body).toBe("redoc()");
  expect((await get("/docs/swagger-ui.css")).status).toBe(404);
});

test("only listed origins may read answers", async () => {
  const preflight = await bench.ask("OPTIONS", "/api/v1/devices", {
    as: null,
    headers: { origin: allowedOrigin },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe(allowedOrigin);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
  for (const origin of ["https://evil.example", "https://reef.example.evil.example", "null"]) {
    const { headers } = await bench.ask("GET", "/api/v1/devices", { headers: { origin } });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("other methods are 405 outside the API, and /trpc wants a WebSocket", async () => {
  const answer = await bench.ask("POST", "/health", { as: null });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  expect((await get("/trpc")).status).toBe(426);
});

test("what is not HTTP is answered 400, and too long a URL 431, in JSON", async () => {
  expect(await bench.raw("nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 [\s\S]*"code":"invalid"/);
  const long = `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
  expect(await bench.raw(long)).toMatch(/^HTTP\/1.1 431 [\s\S]*"code":"invalid"/);
});

test("a port that is taken and a certificate that cannot be read say which setting to change", async () => {
  const { services } = bench;
  const settings = { host: "127.0.0.1", corsOrigins: [], rendererDir: null, docsUiDir: null, version: "1" };
  const parts = { services, log: services.log, clock: services.clock };
  const port = Number(new URL(bench.url).port);
  const busy = new WebServer({ ...parts, settings: { ...settings, port, tls: { mode: "off" } } });
  await expect(busy.start()).rejects.toMatchObject({
    code: "bad-setting",
    message: expect.stringContaining("REEF_HTTP_PORT"),
  });
  const tls = { mode: "cert", certFile: join(dir, "none.pem"), keyFile: join(dir, "none.pem") } as const;
  const secure = new WebServer({ ...parts, settings: { ...settings, port: 0, tls } });
  await expect(secure.start()).rejects.toMatchObject({
    code: "bad-setting",
    message: expect.stringContaining("REEF_TLS_CERT"),
  });
});

test("with a certificate everything is served over TLS", async () => {
  const pem = (name: string) => fileURLToPath(new URL(`../../support/fixtures/tls/${name}.pem`, import.meta.url));
  const secure = await WebBench.started({ tls: { mode: "cert", certFile: pem("cert"), keyFile: pem("key") } });
  expect(secure.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const ca = await readFile(pem("cert"));
  const status = await new Promise((resolve, reject) => {
    request(`${secure.url}/health`, { ca }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(status).toBe(200);
  await secure.stop();
});

test("the document that the build made is served while it is of this version", async () => {
  const built = '{"openapi":"3.1.0","info":{"version":"1.2.3"},"made":"by the build"}';
  await writeFile(join(dir, "docs-ui/openapi.json"), built);
  expect((await get("/openapi.json")).body).toMatchObject({ made: "by the build" });
  const newer = await WebBench.started({ docsUiDir: join(dir, "docs-ui"), version: "1.3.0" });
  expect((await newer.ask("GET", "/openapi.json", { as: null })).body).not.toHaveProperty("made");
  await newer.stop();
});

test("stopping ends idle and half-sent requests", async () => {
  const other = await WebBench.started();
  const hanging = other.raw("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
  await other.ask("GET", "/health");
  await other.stop();
  await hanging;
  await expect(other.ask("GET", "/health")).rejects.toThrow();
});
