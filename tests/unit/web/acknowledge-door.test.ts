import { afterAll, expect, test } from "vitest";
import { WebBench } from "#tests/web-bench.ts";

const bench = await WebBench.started();
afterAll(() => bench.stop());
const ask = (method: string, path: string) => bench.ask(method, path, { as: null });

test("looking at a link shows one button and runs nothing; only the button acknowledges, and once", async () => {
  const page = await ask("GET", "/acknowledge/good");
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.body).toContain('<form method="post"><button type="submit">Acknowledge</button></form>');
  expect(page.body).toContain("Too &#60;warm&#62;");
  expect(page.body).not.toContain("<script");
  expect((await ask("HEAD", "/acknowledge/good")).status).toBe(200);
  expect(bench.services.notifications.isUsed).toBe(false);
  const done = await ask("POST", "/acknowledge/good");
  expect([done.status, done.body]).toEqual([200, expect.stringContaining("<h1>Acknowledged</h1>")]);
  expect(done.body).not.toContain("<form");
  expect((await ask("POST", "/acknowledge/good")).status).toBe(409);
});

test("a link that is none of ours is said in words", async () => {
  const answer = await ask("POST", "/acknowledge/forged");
  expect([answer.status, answer.body]).toEqual([404, expect.stringContaining("leads nowhere")]);
  expect((await ask("PUT", "/acknowledge/forged")).status).toBe(405);
});

test("a bug behind a link is logged without the link's secret", async () => {
  const { notifications, log } = bench.services;
  const look = notifications.acknowledgement;
  notifications.acknowledgement = () => {
    throw new Error("a bug");
  };
  try {
    expect((await ask("GET", "/acknowledge/a-live-secret")).status).toBe(500);
  } finally {
    notifications.acknowledgement = look;
  }
  expect(log.lines.at(-1)?.fields["path"]).toBe("/acknowledge/{token}");
  expect(JSON.stringify(log.lines.map(({ fields }) => fields["path"]))).not.toContain("a-live-secret");
});
