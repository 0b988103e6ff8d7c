import type { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { stat, writeFile } from "node:fs/promises";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { connect } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { ADMIN, HeadlessHost } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { sleepMs } from "#tests/reef.ts";

const OPEN = { REEF_HTTP_HOST: "0.0.0.0" };

/** Asks over TLS and trusts `ca` alone. */
async function ask(
  url: string,
  { ca, body }: { ca?: string; body?: object } = {},
): Promise<{ status: number; text: string }> {
  const send = url.startsWith("https") ? secureRequest : plainRequest;
  const options = {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    ...(ca === undefined ? {} : { ca }),
  };
  const request = send(url, options);
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let text = "";
  for await (const part of response) text += part;
  return { status: response.statusCode ?? 0, text };
}

async function shownCertificate(port: number): Promise<X509Certificate> {
  const socket: TLSSocket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (certificate === undefined) throw new Error("no certificate was shown");
  return certificate;
}

test.concurrent("on an address others can reach it speaks TLS with a certificate of its own, which stays the same (Config validation)", async ({
  onTestFinished,
}) => {
  let host = await HeadlessHost.start({ env: OPEN });
  onTestFinished(() => host.dispose());
  expect(host.url).toMatch(/^https:\/\/0\.0\.0\.0:\d+$/);
  const port = Number(new URL(host.url).port);
  const certificate = await shownCertificate(port);
  for (const name of ["localhost", hostname()]) expect([name, certificate.checkHost(name)]).toEqual([name, name]);
  for (const address of ["127.0.0.1", "::1"]) expect(certificate.checkIP(address)).toBeTruthy();
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now() + 365 * 86_400_000);
  expect(certificate.ca).toBe(false);
  expect((await stat(join(host.dataDir, "tls", "key.pem"))).mode & 0o777).toBe(0o600);

  const ca = certificate.toString();
  expect((await ask(`https://localhost:${port}/health`, { ca })).status).toBe(200);
  const login = await ask(`https://127.0.0.1:${port}/api/v1/auth/login`, { ca, body: ADMIN });
  expect(login.status).toBe(200);
  await expect(ask(`https://localhost:${port}/health`)).rejects.toThrow(/self-signed|self signed/);
  const client = liveClient(`https://localhost:${port}`, async () => JSON.parse(login.text).accessToken);
  expect((await client.trpc.users.me.query()).username).toBe(ADMIN.username);
  await client.close();

  await expect(ask(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  await expect(ask(`http://127.0.0.1:${port}/api/v1/auth/login`, { body: ADMIN })).rejects.toThrow();
  const old = connectTls({
    port,
    host: "127.0.0.1",
    rejectUnauthorized: false,
    maxVersion: "TLSv1.1",
    minVersion: "TLSv1",
  });
  const [refusal] = await once(old, "error").catch((error: unknown) => [error]);
  expect(refusal).toBeInstanceOf(Error);

  await host.stop();
  host = await HeadlessHost.start({ dataDir: host.dataDir, env: OPEN });
  expect((await shownCertificate(Number(new URL(host.url).port))).fingerprint256).toBe(certificate.fingerprint256);
});

test.concurrent("noise instead of TLS, and handshakes nobody ends, keep nobody out (Config validation)", async ({
  onTestFinished,
}) => {
  const host = await HeadlessHost.start({ env: { REEF_TLS: "self-signed" } });
  onTestFinished(() => host.dispose());
  expect(host.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
  const port = Number(new URL(host.url).port);
  const idle = Array.from({ length: 50 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  for (const [i, socket] of idle.entries()) if (i % 2 === 0) socket.write(Buffer.alloc(500, i));
  await sleepMs(200);
  const ca = (await shownCertificate(port)).toString();
  expect((await ask(`https://localhost:${port}/health`, { ca })).status).toBe(200);
  for (const socket of idle) socket.destroy();
  expect(host.logs().filter(({ level }) => level === "error")).toEqual([]);
});

test.concurrent("REEF_HTTP_INSECURE=true speaks plainly; without it, plain on an open address is refused (Config validation)", async ({
  onTestFinished,
}) => {
  const host = await HeadlessHost.start({ env: { ...OPEN, REEF_HTTP_INSECURE: "true" } });
  onTestFinished(() => host.dispose());
  expect(host.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
  expect((await ask(`http://127.0.0.1:${new URL(host.url).port}/health`)).status).toBe(200);
});

test.concurrent("a certificate of the user's is shown; one that is missing or damaged is one line and exit 1 (Config validation)", async ({
  onTestFinished,
}) => {
  const fixture = (name: string) => new URL(`../support/fixtures/tls/${name}`, import.meta.url).pathname;
  const settings = { REEF_TLS: "cert", REEF_TLS_CERT: fixture("cert.pem"), REEF_TLS_KEY: fixture("key.pem") };
  const host = await HeadlessHost.start({ env: settings });
  onTestFinished(() => host.dispose());
  const shown = await shownCertificate(Number(new URL(host.url).port));
  expect(shown.subject).not.toContain(hostname());

  const garbage = join(host.dataDir, "garbage.pem");
  await writeFile(garbage, "-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n");
  for (const wrong of [
    { REEF_TLS_CERT: "/nowhere/cert.pem" },
    { REEF_TLS_CERT: garbage },
    { REEF_TLS_KEY: garbage },
  ]) {
    const refused = await HeadlessHost.spawn({ env: { ...settings, ...wrong } });
    onTestFinished(() => refused.dispose());
    expect(await refused.exited).toMatchObject({ code: 1 });
    const words = refused.stderr
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("{"));
    expect(words).toEqual([expect.stringMatching(/REEF_TLS_CERT and REEF_TLS_KEY/)]);
    expect(await refused.postgresPids()).toEqual([]);
  }
});
