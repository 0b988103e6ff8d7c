import { createHash } from "node:crypto";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { answerFrom } from "#main/electron/app-files.ts";
import { type PageRequest, pageUrl, policyFor } from "#main/electron/app-page.ts";

let rendererDir = "";
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "reef-app-"));
  rendererDir = join(folder, "renderer");
  await mkdir(join(rendererDir, "assets"), { recursive: true });
  await writeFile(join(rendererDir, "index.html"), "<head><title>Reef</title><script>begin()</script></head>");
  await writeFile(join(rendererDir, "assets/app.js"), "export {};");
  await writeFile(join(folder, "secret.txt"), "the keeper's");
});

const OWN: PageRequest = { isKiosk: false, remote: null, isOfRunningCore: false };

const ask = (path: string, { page = OWN, ...init }: RequestInit & { page?: PageRequest } = {}) =>
  answerFrom({
    rendererDir,
    policy: (scripts) => ["default-src 'none'", ...scripts].join("; "),
    page: () => page,
    devServer: null,
  })(new Request(`app://reef${path}`, init));

test("every answer carries the policy and may not be sniffed", async () => {
  for (const path of ["/assets/app.js", "/none.js"]) {
    const { headers } = await ask(path);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("files are served by their type, and each path of the app is its page", async () => {
  const script = await ask("/assets/app.js");
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(await script.text()).toBe("export {};");
  for (const path of ["/", "/history/probe-1?range=24h", "/index.html"]) {
    const page = await ask(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
  }
});

test("the script that stands in the page may run, by its hash, and no other", async () => {
  const hash = createHash("sha256").update("begin()").digest("base64");
  const { headers } = await ask("/");
  expect(headers.get("content-security-policy")).toBe(`default-src 'none'; 'sha256-${hash}'`);
});

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e%2fsecret.txt",
  "/assets/..%5c..%5csecret.txt",
  "/.hidden",
  "/%00",
  "/C:/secret.txt",
  "/missing.js",
])("%s leads nowhere", async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe("");
});

test("another host of the scheme and anything but reading are refused", async () => {
  const answer = answerFrom({ rendererDir, policy: () => "", page: () => OWN, devServer: null });
  expect((await answer(new Request("app://other/"))).status).toBe(404);
  expect((await ask("/", { method: "POST", body: "x" })).status).toBe(404);
});

test("the policy has no eval and nothing inline, and names the one core there may be", () => {
  const own = policyFor({ remote: null, devServer: null, scripts: [] });
  expect(own).not.toMatch(/unsafe|data:|\*|http|ws/);
  expect(own).toContain("connect-src 'self';");
  expect(own).toContain("default-src 'none'");
  const remote = policyFor({ remote: "https://reef.local:8000", devServer: null, scripts: ["'sha256-x'"] });
  expect(remote).toContain("connect-src 'self' https://reef.local:8000 wss://reef.local:8000;");
  expect(remote).toContain("script-src 'self' 'sha256-x';");
  expect(policyFor({ remote: "http://127.0.0.1:8000", devServer: null, scripts: [] })).toContain(
    " ws://127.0.0.1:8000;",
  );
});

test("the page learns from its address where the core is and how to look", () => {
  expect(pageUrl({ isKiosk: false, remote: null, isOfRunningCore: false })).toBe("app://reef/");
  const url = new URL(pageUrl({ isKiosk: true, remote: "https://reef.local:8000", isOfRunningCore: true }));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    remote: "https://reef.local:8000",
    kiosk: "1",
    running: "1",
  });
});

test("a reload of a route keeps what the window was opened for, and files are as they are", async () => {
  const page = { isKiosk: true, remote: "https://reef.local:8000", isOfRunningCore: false };
  const answer = await ask("/alarms?filter=standing", { page });
  expect(answer.status).toBe(302);
  const location = answer.headers.get("location") ?? "";
  expect(location).toBe("app://reef/alarms?filter=standing&remote=https%3A%2F%2Freef.local%3A8000&kiosk=1");
  expect((await ask(location.slice("app://reef".length), { page })).status).toBe(200);
  expect((await ask("/assets/app.js", { page })).status).toBe(200);
});

test("nobody but this program says where the core is", async () => {
  const answer = await ask("/?remote=https://evil.example");
  expect(answer.headers.get("location")).toBe("app://reef/");
});
