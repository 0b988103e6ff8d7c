import { expect, test, vi } from "vitest";
import type { DesktopNotice, NotificationTargetConfig } from "#contract/notifications.ts";
import type { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarmId, announcement, eventId, target, targetId } from "#tests/builders/announcements.ts";
import { BENCH_START_MS, notificationsBench } from "#tests/builders/notifications-bench.ts";
import { HttpSink } from "#tests/sinks/http-sink.ts";
import { SmtpSink } from "#tests/sinks/smtp-sink.ts";

// Real servers and thousands of steps take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const S = 1_000;
const MIN = 60 * S;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

const webhook = (sink: HttpSink, over: Partial<NotificationTargetConfig> = {}) =>
  target({ channel: { type: "webhook", url: sink.url, secret: null }, ...over });
const desktop = (over: Partial<NotificationTargetConfig> = {}) =>
  target({ name: "Desk", channel: { type: "desktop" }, ...over });
const raised = (n = 1) => announcement({ id: eventId(n), atMs: BENCH_START_MS - 60 + n });
const returned = (n = 2) => announcement({ id: eventId(n), atMs: BENCH_START_MS - 60 + n, kind: "returned" });

/** Moves time in steps, and waits at each until the real server has answered what was asked of it. */
async function pass(clock: VirtualClock, ms: number, until: () => boolean = () => false): Promise<void> {
  for (let leftMs = ms; leftMs > 0 && !until(); leftMs -= MIN) {
    await clock.advance(Math.min(MIN, leftMs));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a server that fails for an hour gets each message once when it is back", async () => {
  const sink = await HttpSink.start();
  sink.status = 503;
  const { clock, source, started } = notificationsBench({ targets: [webhook(sink)] });
  await started();
  source.announce(raised());
  await sink.asked(1);
  await pass(clock, HOUR);
  await sink.asked(3);
  sink.status = 200;
  await pass(clock, HOUR, () => sink.taken.length > 0);
  await vi.waitFor(() => expect(sink.taken).toHaveLength(1), { timeout: 10_000 });
  const before = sink.requests.length;
  await pass(clock, HOUR);
  expect(sink.requests).toHaveLength(before);
  expect(new Set(sink.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

test("a server that hangs keeps nobody else waiting, and is given another try", async () => {
  const [hanging, mail] = await Promise.all([HttpSink.start(), SmtpSink.start()]);
  hanging.status = "hangs";
  const address = { from: "reef@example.org", to: ["anna@example.org"], username: null, password: null } as const;
  const channel = { type: "mail", host: "127.0.0.1", port: mail.port, security: "none", ...address } as const;
  const anna = target({ id: targetId(2), channel: { ...channel, to: [...address.to] } });
  const { clock, source, started } = notificationsBench({ targets: [webhook(hanging), anna] });
  const notifications = await started();
  source.announce(raised());
  await hanging.asked(1);
  await vi.waitFor(() => expect(mail.mails).toHaveLength(1), { timeout: 10_000 });
  hanging.status = 200;
  await pass(clock, 2 * MIN);
  await hanging.asked(2);
  await vi.waitFor(() => expect(notifications.deliveryOf(targetId(1)).waiting).toBe(0), { timeout: 10_000 });
  expect(hanging.taken).toHaveLength(1);
  expect(notifications.deliveryOf(targetId(1))).toMatchObject({ lastError: null, lastSentAt: expect.any(String) });
});

test("a desktop shows what is raised as urgent and what is over as calm, and which alarm it is", async () => {
  const { clock, source, started } = notificationsBench({ targets: [desktop()] });
  const shown: DesktopNotice[] = [];
  (await started()).onDesktopNotice((notice) => shown.push(notice));
  source.announce(raised());
  await clock.advance(S);
  source.announce(returned());
  await clock.advance(S);
  expect(shown.map(({ title, isUrgent, alarmId: id }) => [title, isUrgent, id])).toEqual([
    ["Reef tank: High priority: Display temperature high", true, alarmId(1)],
    ["Reef tank: Back to normal: Display temperature high", false, alarmId(1)],
  ]);
});

test("a link acknowledges once, in its target's name, and the restart of the controller does not make it new", async () => {
  const sink = await HttpSink.start();
  const { clock, source, alarms, started } = notificationsBench({ targets: [webhook(sink)] });
  const notifications = await started();
  alarms.unacknowledged.add(alarmId(1));
  source.announce(raised());
  await sink.asked(1);
  await vi.waitFor(() => expect(notifications.deliveryOf(targetId(1)).waiting).toBe(0));
  const link: string = JSON.parse(sink.requests[0]?.body ?? "{}").acknowledgeLink;
  expect(link).toMatch(/^https:\/\/reef\.example\/acknowledge\/[\w-]+$/);
  const token = link.split("/").at(-1) ?? "";
  expect(notifications.acknowledgement(token)).toMatchObject({
    state: "open",
    alarms: ["Display temperature high"],
    text: expect.stringContaining("Anna's telephone"),
  });
  expect(alarms.acknowledgedBy).toEqual([]);
  expect((await notifications.acknowledge(token)).state).toBe("acknowledged");
  expect((await notifications.acknowledge(token)).state).toBe("used");
  expect(alarms.acknowledgedBy).toEqual(["Anna's telephone"]);
  await notifications.stop();
  const again = await started();
  source.announce(raised(9));
  await clock.advance(S);
  expect((await again.acknowledge(token)).state).toBe("used");
});

test("a link is refused when it is forged or a day old, and says so when somebody was faster", async () => {
  const sink = await HttpSink.start();
  const { clock, source, started } = notificationsBench({ targets: [webhook(sink)] });
  const notifications = await started();
  source.announce(raised());
  await sink.asked(1);
  await vi.waitFor(() => expect(notifications.deliveryOf(targetId(1)).waiting).toBe(0));
  const token: string = JSON.parse(sink.requests[0]?.body ?? "{}")
    .acknowledgeLink.split("/")
    .at(-1);
  const forged = `${token.slice(0, 60)}${token[60] === "A" ? "B" : "A"}${token.slice(61)}`;
  for (const wrong of [forged, token.slice(1), `${token}=`, "nonsense", ""]) {
    expect([wrong, (await notifications.acknowledge(wrong)).state]).toEqual([wrong, "unknown"]);
  }
  await clock.advance(DAY);
  expect((await notifications.acknowledge(token)).state).toBe("expired");
  const other = notificationsBench({ targets: [webhook(sink)] });
  const fresh = await other.started();
  other.source.announce(raised());
  await sink.asked(2);
  await vi.waitFor(() => expect(fresh.deliveryOf(targetId(1)).waiting).toBe(0));
  const second: string = JSON.parse(sink.requests[1]?.body ?? "{}")
    .acknowledgeLink.split("/")
    .at(-1);
  expect(fresh.acknowledgement(token).state).toBe("unknown");
  expect(await fresh.acknowledge(second)).toMatchObject({
    state: "acknowledged",
    heading: "Nothing was left to acknowledge",
  });
});

test("a controller that has nothing under control sends no heartbeat, though it lives", async () => {
  const sink = await HttpSink.start();
  let isInControl = false;
  const settings = { heartbeat: { url: sink.url, everyS: 60 } };
  const { clock, log, started } = notificationsBench({ settings, isInControl: () => isInControl });
  await started();
  await clock.advance(HOUR);
  expect(sink.requests).toEqual([]);
  isInControl = true;
  await clock.advance(5_000);
  await sink.asked(1);
  expect(log.messages).toEqual([
    "warn the outgoing heartbeat is held back: nothing is under control",
    "info the outgoing heartbeat goes on: the tank is under control again",
  ]);
});

test("the heartbeat is asked for at once and again, and its failure and return are said once each", async () => {
  const sink = await HttpSink.start();
  const settings = { heartbeat: { url: sink.url, everyS: 60 } };
  const { clock, log, configuration, started } = notificationsBench({ settings });
  const notifications = await started();
  await sink.asked(1);
  expect(sink.requests[0]?.method).toBe("GET");
  sink.status = 500;
  for (let times = 2; times < 5; times++) {
    await clock.advance(MIN);
    await sink.asked(times);
  }
  sink.status = 200;
  await clock.advance(MIN);
  await vi.waitFor(() =>
    expect(log.messages).toEqual([
      "warn the outgoing heartbeat is not heard",
      "info the outgoing heartbeat is heard again",
    ]),
  );
  notifications.configure(configuration({ settings: {} }));
  const before = sink.requests.length;
  await clock.advance(HOUR);
  expect(sink.requests).toHaveLength(before);
});

test("a weekly test comes once a week, over a restart too, and not for a target that is off", async () => {
  const weeklyTest = { weekday: 2, timeOfDay: "10:00" };
  const targets = [desktop({ weeklyTest }), desktop({ id: targetId(2), weeklyTest, isEnabled: false })];
  const { clock, started } = notificationsBench({ targets });
  const shown: string[] = [];
  const first = await started();
  first.onDesktopNotice(({ title }) => shown.push(title));
  await clock.advance(DAY);
  expect(shown).toEqual(["Reef tank: Weekly test: messages reach you"]);
  await first.stop();
  (await started()).onDesktopNotice(({ title }) => shown.push(title));
  await clock.advance(8 * DAY);
  expect(shown).toHaveLength(2);
});

test("a test message says what came of it, also for a target that is switched off", async () => {
  const sink = await HttpSink.start();
  const { started } = notificationsBench();
  const notifications = await started();
  expect(await notifications.test(webhook(sink, { isEnabled: false }))).toMatchObject({ ok: true });
  expect(JSON.parse(sink.requests[0]?.body ?? "{}")).toMatchObject({
    kind: "test",
    alarms: [],
    acknowledgeLink: null,
  });
  sink.status = 500;
  expect(await notifications.test(webhook(sink))).toMatchObject({
    ok: false,
    detail: expect.stringContaining("500"),
  });
  const channel = { type: "mqtt", url: "mqtt://127.0.0.1:9", username: null, password: null } as const;
  const broker = target({
    channel: { ...channel, baseTopic: "reef", discoveryPrefix: null, takesCommands: false },
  });
  expect(await notifications.test(broker)).toMatchObject({
    ok: false,
    detail: expect.stringContaining("Nothing listens"),
  });
});

test("addresses of this machine are refused unless that is allowed; mail in the clear goes nowhere else", async () => {
  const notifications = await notificationsBench({ allowsLoopback: false }).started();
  expect(() => notifications.assertAllowed({ type: "heartbeat", url: "http://[::1]/" })).toThrow(
    /this machine itself/,
  );
  expect(() => notifications.assertAllowed({ type: "heartbeat", url: "https://hc.example/1" })).not.toThrow();
  const mail = { type: "mail", host: "mail.example.org", port: 25, username: null, password: null } as const;
  expect(() =>
    notifications.assertAllowed({ ...mail, security: "none", from: "a@example.org", to: ["b@example.org"] }),
  ).toThrow(/tls or starttls/);
});
