import { createHmac } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { AddressRule, isLoopback } from "#main/notifications/senders/addresses.ts";
import { NtfySender } from "#main/notifications/senders/ntfy-sender.ts";
import { WebhookSender } from "#main/notifications/senders/webhook-sender.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { announcedAlarm, announcement, eventId } from "#tests/builders/announcements.ts";
import { message } from "#tests/builders/messages.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { HttpSink } from "#tests/sinks/http-sink.ts";
import { SINK_CA, SINK_KEY } from "#tests/sinks/smtp-sink.ts";

// Real servers and thousands of steps take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const START_MS = Date.UTC(2026, 5, 1, 12);
const { signal } = new AbortController();

const context = (secret: string | null = null, allowsLoopback = true) => ({
  clock: new VirtualClock(START_MS),
  log: new RecordingLog(),
  addresses: new AddressRule(allowsLoopback),
  ca: undefined as string | undefined,
  secret: async () => secret,
});
const webhook = (url: string, ...rest: Parameters<typeof context>) =>
  new WebhookSender({ type: "webhook", url, secret: null }, context(...rest));

test("a webhook gets the message as JSON, with its id and a signature that proves who sent it and when", async () => {
  const sink = await HttpSink.start();
  await webhook(sink.url, "shared secret").send(message(), signal);
  const [request] = sink.requests;
  const sentAtS = START_MS / 1_000;
  const mac = createHmac("sha256", "shared secret").update(`${sentAtS}.${request?.body}`).digest("hex");
  expect(request?.headers["x-reef-signature"]).toBe(`t=${sentAtS},v1=${mac}`);
  const body = JSON.parse(request?.body ?? "{}");
  expect(request?.headers["idempotency-key"]).toBe(body.id);
  expect(body).toMatchObject({
    kind: "raised",
    at: "2026-06-01T12:00:00.000Z",
    tank: "Reef tank",
    priority: "high",
    alarms: [{ name: "Display temperature high", value: 26.84, setpoint: 26.7, unit: "°C" }],
    acknowledgeLink: "https://reef.example/acknowledge/secret",
  });
});

test.each([
  [302, "device-unreachable", /redirection/],
  [500, "device-unreachable", /answered 500: not now/],
  [410, "not-found", /no more messages/],
  [413, "payload-too-large", /413/],
])("an answer of %i is said", async (status, code, words) => {
  const sink = await HttpSink.start();
  sink.status = status;
  sink.answerHeaders = { Location: sink.url };
  await expect(webhook(sink.url).send(message(), signal)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(words),
  });
  expect(sink.requests).toHaveLength(1);
});

test("an attempt that is given up ends at once, though the server hangs", async () => {
  const sink = await HttpSink.start();
  sink.status = "hangs";
  const ending = new AbortController();
  const sent = webhook(sink.url).send(message(), ending.signal);
  await sink.asked(1);
  ending.abort();
  await expect(sent).rejects.toThrow();
});

test.each([
  "http://127.0.0.1:9/",
  "http://localhost:9/",
  "http://[::1]:9/",
  "http://[::ffff:127.0.0.1]:9/",
  "http://0.0.0.0:9/",
])("%s is refused unless loopback is allowed", async (url) => {
  const refused = webhook(url, null, false).send(message(), signal);
  await expect(refused).rejects.toMatchObject({ code: "invalid" });
});

test("a name is judged by the addresses it turns out to have", () => {
  const rule = new AddressRule(false);
  return new Promise<void>((resolve) => {
    rule.lookup("localhost", { all: true }, (error) => {
      expect(error).toMatchObject({ code: "invalid" });
      resolve();
    });
  });
});

test("addresses of other machines are no loopback", () => {
  for (const host of ["192.168.1.5", "2001:db8::1", "reef.example", "127.example.org"]) {
    expect(isLoopback(host)).toBe(false);
  }
});

test("a certificate nobody vouches for is refused, one that an authority does is not", async () => {
  const server = createServer({ cert: SINK_CA, key: SINK_KEY }, (_req, res) => res.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await expect(webhook(url).send(message(), signal)).rejects.toThrow(/vouches for the certificate/);
  const trusting = new WebhookSender({ type: "webhook", url, secret: null }, { ...context(), ca: SINK_CA });
  await trusting.send(message(), signal);
});

test("ntfy rings loudly for what is critical, quietly for what is over, and takes an acknowledgement by one tap", async () => {
  const sink = await HttpSink.start();
  const url = sink.url.replace("/hook", "");
  const sender = new NtfySender({ type: "ntfy", url, topic: "reef", token: null }, context("tk_1"));
  const critical = announcement({ priority: "critical", alarms: [announcedAlarm({ priority: "critical" })] });
  await sender.send(message({ about: critical }), signal);
  await sender.send(message({ about: { ...critical, id: eventId(2), kind: "returned" } }), signal);
  expect(sink.requests[0]).toMatchObject({ path: "/", headers: { authorization: "Bearer tk_1" } });
  const [raised, returned] = sink.requests.map(({ body }) => JSON.parse(body));
  expect(raised).toMatchObject({
    topic: "reef",
    priority: 5,
    title: "Reef tank: CRITICAL: Display temperature high",
    actions: [
      { action: "view" },
      { action: "http", method: "POST", url: "https://reef.example/acknowledge/secret", clear: true },
    ],
  });
  expect(returned).toMatchObject({ priority: 3, actions: [{ action: "view" }] });
});
