import { expect, onTestFinished, test, vi } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { channelOf, demoTank, type Json, setFaults } from "#tests/reef.ts";
import { HttpSink } from "#tests/sinks/http-sink.ts";
import { MqttBroker } from "#tests/sinks/mqtt-broker.ts";
import { SmtpSink } from "#tests/sinks/smtp-sink.ts";

const ENV = { REEF_ALLOW_LOOPBACK_DEVICES: "true" };
const WAIT_MS = 30_000;
const NAME = "Reservoir dry";
const DRY = [{ name: "float-stuck-dry", key: "reservoir-level" }];

interface Bench {
  host: HeadlessHost;
  admin: ApiClient;
  readonly tank: Json;
  readonly alarmId: string;
  readonly mail: SmtpSink;
  readonly hook: HttpSink;
  readonly broker: MqttBroker;
  readonly targets: Readonly<Record<"mail" | "webhook" | "mqtt", string>>;
}

/** A tank whose reservoir rings one alarm, and a target of each kind on a real server. */
async function bench(): Promise<Bench> {
  const [mail, hook, broker] = await Promise.all([SmtpSink.start(), HttpSink.start(), MqttBroker.start()]);
  const host = await HeadlessHost.start({ env: ENV });
  onTestFinished(() => host.dispose());
  const admin = await ApiClient.signedIn(host);
  expect((await admin.get("/notifications/targets")).body.items).toMatchObject([{ channel: { type: "desktop" } }]);
  const tank = await demoTank(admin);
  const { id: levelId } = channelOf(tank, "reservoir-level");
  for (const alarm of (await admin.get("/alarms?limit=1000")).body.items) {
    if (alarm.channelId === levelId) expect((await admin.delete(`/alarms/${alarm.id}`)).status).toBe(204);
  }
  const made = await admin.post("/alarms", {
    name: NAME,
    kind: "low",
    channelId: levelId,
    setpoint: 2,
    deadband: 1,
    onDelayS: 0,
    offDelayS: 0,
    priority: "high",
    latching: false,
    response: "Fill the reservoir.",
  });
  expect(made.status).toBe(201);
  expect((await admin.patch("/notifications/settings", { linkBase: "https://reef.example" })).status).toBe(200);
  const address = { from: "reef@example.org", to: ["anna@example.org"] };
  const channels = {
    mail: { type: "mail", host: "127.0.0.1", port: mail.port, security: "none", ...address },
    webhook: { type: "webhook", url: hook.url, secret: "shared secret" },
    mqtt: { type: "mqtt", url: broker.url, baseTopic: "reef", takesCommands: true },
  };
  const targets: Record<string, string> = {};
  for (const [kind, channel] of Object.entries(channels)) {
    const answer = await admin.post("/notifications/targets", { name: `Anna's ${kind}`, channel });
    expect([answer.status, answer.body.channel.secret ?? null]).toEqual([201, null]);
    targets[kind] = answer.body.id;
  }
  await broker.until("the tank online", () => broker.retained.get("reef/status") === "online");
  return { host, admin, tank, alarmId: made.body.id, mail, hook, broker, targets: targets as Bench["targets"] };
}

const mailsOf = ({ mail }: Bench, words: string) =>
  mail.mails
    .map(({ source }) => source.replace(/=\r\n/g, ""))
    .filter((m) => m.includes(words) && m.includes(NAME));
const isOurs = ({ alarms }: Json) => alarms.some(({ name }: Json) => name === NAME);
const hooksOf = ({ hook }: Bench, kind: string): Json[] =>
  hook.taken.map(({ body }) => JSON.parse(body)).filter((body) => body.kind === kind && isOurs(body));
const publishedOf = ({ broker }: Bench, kind: string): Json[] =>
  broker
    .of("reef/message")
    .map((text) => JSON.parse(text))
    .filter((body) => body.kind === kind && isOurs(body));
const distinct = (ids: readonly (string | undefined)[]) => new Set(ids).size;
const mailIds = (b: Bench, words: string) =>
  mailsOf(b, words).map((source) => /^Message-ID: (.*)$/im.exec(source)?.[1]?.trim());
/** A message that was on its way when the power went may come again: with the same id, so it counts as one. */
const countsOf = (b: Bench) => ({
  mail: [distinct(mailIds(b, "High priority")), distinct(mailIds(b, "Back to normal"))],
  webhook: [hooksOf(b, "raised"), hooksOf(b, "returned")].map((bodies) => distinct(bodies.map(({ id }) => id))),
  mqtt: [publishedOf(b, "raised"), publishedOf(b, "returned")].map((bodies) =>
    distinct(bodies.map(({ id }) => id)),
  ),
});
const counted = async (b: Bench, wanted: ReturnType<typeof countsOf>) =>
  vi.waitFor(() => expect(countsOf(b)).toEqual(wanted), { timeout: WAIT_MS, interval: 50 });
const stateOf = async ({ admin, alarmId }: Bench) => (await admin.get(`/alarms/${alarmId}`)).body;
const inState = (b: Bench, state: string) =>
  until(`the alarm ${state}`, WAIT_MS, async () => ((await stateOf(b)).state === state ? true : undefined));

/** As a power cut does it; the same tank again on another port. */
async function killed(b: Bench): Promise<void> {
  await b.host.stop("SIGKILL");
  await b.broker.until("offline by the last will", () => b.broker.of("reef/status").at(-1) === "offline");
}

async function startedAgain(b: Bench): Promise<void> {
  const host = await HeadlessHost.start({ dataDir: b.host.dataDir, env: ENV });
  onTestFinished(() => host.dispose());
  b.host = host;
  b.admin = await ApiClient.signedIn(host);
  await b.broker.until("online again", () => b.broker.of("reef/status").at(-1) === "online");
}

/** What was to be sent has been: a message behind it arrived everywhere. */
async function drained(b: Bench): Promise<void> {
  for (const id of Object.values(b.targets)) {
    const { body } = await b.admin.post(`/notifications/targets/${id}/test`);
    expect(body).toEqual({ ok: true, detail: expect.any(String) });
    await until("nothing waiting", WAIT_MS, async () =>
      (await b.admin.get(`/notifications/targets/${id}`)).body.delivery.waiting === 0 ? true : undefined,
    );
  }
}

test("mail, webhook and MQTT get the open and the resolve of an alarm once each, over a kill -9 too (Notifications email/webhook/desktop)", async () => {
  const b = await bench();
  const window = liveClient(b.host.url, async () => b.admin.token);
  const notices: Json[] = [];
  const listening = window.trpc.notifications.desktop.subscribe(undefined, { onData: (n) => notices.push(n) });
  onTestFinished(() => window.close());
  await until("a message on the desktop", WAIT_MS, async () => {
    const [desktop] = (await b.admin.get("/notifications/targets")).body.items;
    await b.admin.post(`/notifications/targets/${desktop.id}/test`);
    return notices.length > 0 ? true : undefined;
  });
  await setFaults(b.admin, b.tank["id"], DRY);
  await counted(b, { mail: [1, 0], webhook: [1, 0], mqtt: [1, 0] });
  const shown = await until("the alarm on the desktop", WAIT_MS, async () =>
    notices.find(({ alarmId }) => alarmId === b.alarmId),
  );
  expect(shown).toMatchObject({ title: expect.stringContaining(NAME), isUrgent: true });
  listening.unsubscribe();

  const [raised] = hooksOf(b, "raised");
  expect(raised).toMatchObject({ priority: "high", link: `https://reef.example/alarms/${b.alarmId}` });
  expect(mailsOf(b, "What to do: Fill the reservoir.")).toHaveLength(1);

  // The webhook's server is down while the reservoir is filled, and the controller dies with that message on its hands.
  b.hook.status = 503;
  const asked = b.hook.requests.length;
  await setFaults(b.admin, b.tank["id"], []);
  await counted(b, { mail: [1, 1], webhook: [1, 0], mqtt: [1, 1] });
  await b.hook.asked(asked + 1);
  await killed(b);
  b.hook.status = 200;
  await startedAgain(b);
  await counted(b, { mail: [1, 1], webhook: [1, 1], mqtt: [1, 1] });
  await drained(b);
  expect(countsOf(b)).toEqual({ mail: [1, 1], webhook: [1, 1], mqtt: [1, 1] });

  const [returned] = hooksOf(b, "returned");
  expect(returned["answers"]).toBe(raised?.["id"]);
  const tries = b.hook.requests.filter(({ body }) => JSON.parse(body).kind === "returned");
  expect(new Set(tries.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([returned["id"]]));
});

test("an alarm is acknowledged by the link in its message, once and in the name of who got it; looking at it changes nothing", async () => {
  const b = await bench();
  await setFaults(b.admin, b.tank["id"], DRY);
  await counted(b, { mail: [1, 0], webhook: [1, 0], mqtt: [1, 0] });
  const { pathname } = new URL(hooksOf(b, "raised")[0]?.["acknowledgeLink"]);
  const page = await fetch(b.host.url + pathname);
  expect([page.status, page.headers.get("content-security-policy")]).toEqual([
    200,
    expect.stringContaining("default-src 'none'"),
  ]);
  expect(await page.text()).toContain(`<li>${NAME}</li>`);
  expect((await stateOf(b)).state).toBe("unacknowledged");

  await killed(b);
  await startedAgain(b);
  const done = await fetch(b.host.url + pathname, { method: "POST" });
  expect(done.status).toBe(200);
  await inState(b, "acknowledged");
  expect((await stateOf(b)).by).toBe("Anna's webhook");
  const again = await fetch(b.host.url + pathname, { method: "POST" });
  expect([again.status, await again.text()]).toEqual([409, expect.stringContaining("used already")]);
  const forged = await fetch(`${b.host.url + pathname.slice(0, -4)}AAAA`, { method: "POST" });
  expect(forged.status).toBe(404);
  await drained(b);
  expect(countsOf(b)).toEqual({ mail: [1, 0], webhook: [1, 0], mqtt: [1, 0] });
});

test("a house finds the tank over a real broker, hears how it is, and its commands obey the arbiter (MQTT and Home Assistant)", async () => {
  const b = await bench();
  const { broker, admin } = b;
  const probe = channelOf(b.tank, "display-temperature");
  const heater = channelOf(b.tank, "heater");
  const configOf = (id: string) => {
    const [, text] = [...broker.retained].find(([topic]) => topic.endsWith(`/${id}/config`)) ?? [];
    return JSON.parse(text ?? "null");
  };
  const state = (kind: string, id: string) =>
    JSON.parse(broker.retained.get(`reef/${kind}/${id}/state`) ?? "null");
  await broker.until("the alarm", () => configOf(b.alarmId)?.device_class === "problem");
  expect(configOf(probe.id)).toMatchObject({
    device_class: "temperature",
    unit_of_measurement: "°C",
    availability_topic: "reef/status",
  });
  await broker.until("a temperature", () => typeof state("sensor", probe.id)?.value === "number");

  await admin.patch(`/channels/${heater.id}`, { guards: { minOffS: 0, minOnS: 0 } });
  await broker.say(`reef/output/${heater.id}/set`, JSON.stringify({ level: 0, durationS: 600 }));
  await broker.until("the heater by hand", () => state("output", heater.id)?.owner === "manual");
  const { body } = await admin.get(`/outputs/${heater.id}`);
  expect(body.reason.until).not.toBeNull();

  expect((await admin.post("/emergency-stop")).status).toBe(200);
  await broker.until("the stop", () => state("output", heater.id)?.owner === "emergency-stop");
  await broker.say(`reef/output/${heater.id}/set`, "ON");
  await until("the refusal in the log", WAIT_MS, async () =>
    b.host.logs().some(({ message }) => message === "a command over MQTT was refused") ? true : undefined,
  );
  expect((await admin.get(`/outputs/${heater.id}`)).body).toMatchObject({ requested: 0, owner: "emergency-stop" });
});
