import { createServer } from "node:net";
import type { Session } from "electron";
import { expect, test } from "vitest";
import type { CertificatePins } from "#main/electron/certificate-pins.ts";
import { isPortFree } from "#main/electron/free-port.ts";
import { allowRemoteCore } from "#main/electron/remote-core.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const [TRUST, REFUSE, AS_CHROMIUM_SAYS] = [0, -2, -3];
const [UNKNOWN_AUTHORITY, REVOKED] = [-202, -206];

/** What is asked of a session, kept to be called. */
class FakeSession {
  verify: (request: object, decide: (verdict: number) => void) => void = () => undefined;
  beforeSend: (details: object, proceed: (answer: object) => void) => void = () => undefined;
  urls: readonly string[] = [];
  readonly webRequest = {
    onBeforeSendHeaders: (filter: { urls: string[] }, listener: FakeSession["beforeSend"]) => {
      this.urls = filter.urls;
      this.beforeSend = listener;
    },
  };

  setCertificateVerifyProc(verify: FakeSession["verify"]): void {
    this.verify = verify;
  }

  verdictOn(request: object): Promise<number> {
    return new Promise((resolve) =>
      this.verify({ certificate: { fingerprint: "sha256/AA==" }, ...request }, resolve),
    );
  }
}

function allowed(remote: string, isTrusted: () => Promise<boolean>) {
  const session = new FakeSession();
  const log = new RecordingLog();
  const pins = { isTrusted } as Pick<CertificatePins, "isTrusted"> as CertificatePins;
  allowRemoteCore({ session: session as unknown as Session, remote, pins, log });
  return { session, log };
}

test("the core's own certificate counts when a person trusts it, and not when nobody does", async () => {
  const request = { hostname: "reef.local", errorCode: UNKNOWN_AUTHORITY };
  expect(await allowed("https://reef.local:8000", async () => true).session.verdictOn(request)).toBe(TRUST);
  expect(await allowed("https://reef.local:8000", async () => false).session.verdictOn(request)).toBe(REFUSE);
  const { session, log } = allowed("https://reef.local:8000", () => Promise.reject(new Error("no display")));
  expect(await session.verdictOn(request)).toBe(REFUSE);
  expect(log.messages).toEqual(["error nobody could be asked about the controller's certificate"]);
});

test("of other hosts, of what an authority vouches for, and of the revoked Chromium decides by itself", async () => {
  const { session } = allowed("https://[fd00::1]:8000", async () => true);
  const mine = { hostname: "fd00::1", errorCode: UNKNOWN_AUTHORITY };
  expect(await session.verdictOn(mine)).toBe(TRUST);
  expect(await session.verdictOn({ ...mine, hostname: "elsewhere.example" })).toBe(AS_CHROMIUM_SAYS);
  expect(await session.verdictOn({ ...mine, errorCode: 0 })).toBe(AS_CHROMIUM_SAYS);
  expect(await session.verdictOn({ ...mine, errorCode: REVOKED })).toBe(AS_CHROMIUM_SAYS);
});

test("the socket to the core comes under the core's own origin, whatever else is kept", () => {
  const { session } = allowed("https://reef.local:8000", async () => true);
  expect(session.urls).toEqual(["wss://reef.local:8000/*"]);
  let sent = {};
  session.beforeSend({ requestHeaders: { Origin: "app://reef", Cookie: "a" } }, (answer) => {
    sent = answer;
  });
  expect(sent).toEqual({ requestHeaders: { Origin: "https://reef.local:8000", Cookie: "a" } });
});

test("a port is free where nobody listens", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
  );
  expect(await isPortFree("127.0.0.1", port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  expect(await isPortFree("127.0.0.1", port)).toBe(true);
});
