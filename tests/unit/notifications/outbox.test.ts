import { expect, test } from "vitest";
import type { AlarmId } from "#contract/ids.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Delivery } from "#main/notifications/delivery.ts";
import { DeliveryBook } from "#main/notifications/delivery-book.ts";
import { messageFrom } from "#main/notifications/message.ts";
import { Outbox } from "#main/notifications/outbox.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import {
  alarmId,
  announcedAlarm,
  announcement,
  eventId,
  target,
  targetId,
} from "#tests/builders/announcements.ts";
import { FakeAnnouncements } from "#tests/fakes/fake-announcements.ts";
import { FakeDeliveryStore } from "#tests/fakes/fake-delivery-store.ts";
import { FakeSender } from "#tests/fakes/fake-sender.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const START_MS = Date.UTC(2026, 5, 1, 12);
const S = 1_000;
const MIN = 60 * S;
const HOUR = 60 * MIN;

function bench(targets: readonly NotificationTargetConfig[] = [target()]) {
  const clock = new VirtualClock(START_MS);
  const log = new RecordingLog();
  const source = new FakeAnnouncements();
  const store = new FakeDeliveryStore();
  const senders = new Map(targets.map((t) => [t.id, new FakeSender()]));
  const acknowledged = new Set<AlarmId>();
  const opened: string[] = [];
  const start = () => {
    const outbox = new Outbox({
      book: new DeliveryBook(store),
      source,
      clock,
      log,
      random: () => 0.5,
      zone: () => "Europe/Berlin",
      isUnacknowledged: (id) => !acknowledged.has(id),
      senderFor: (t) => {
        opened.push(t.name);
        return senders.get(t.id) ?? new FakeSender();
      },
      compose: (planned) =>
        messageFrom(planned, {
          tankName: "Reef",
          zone: "Europe/Berlin",
          linkBase: null,
          acknowledgeLink: null,
          answers: null,
        }),
    });
    outbox.start();
    outbox.configure(targets);
    return outbox;
  };
  const senderOf = (id = targetId(1)): FakeSender => senders.get(id) ?? new FakeSender();
  return { clock, log, source, store, acknowledged, opened, start, outbox: start(), senderOf };
}

const raised = (n: number, over: object = {}) => announcement({ id: eventId(n), atMs: START_MS + n, ...over });
const returned = (n: number, over: object = {}) => raised(n, { kind: "returned", ...over });
const kinds = (sender: FakeSender) => sender.received.map(({ kind }) => kind);

test("a raise and its return are told once each", async () => {
  const { clock, source, senderOf } = bench();
  source.announce(raised(1));
  await clock.advance(S);
  source.announce(returned(2));
  await clock.advance(HOUR);
  expect(kinds(senderOf())).toEqual(["raised", "returned"]);
  expect(await source.pending()).toEqual([]);
});

test("what was told before a restart is not told again", async () => {
  const { clock, source, start, outbox, senderOf } = bench();
  source.announce(raised(1));
  await clock.advance(S);
  await outbox.stop();
  start();
  source.announce(raised(1));
  await clock.advance(HOUR);
  expect(kinds(senderOf())).toEqual(["raised"]);
});

test("a target that fails for an hour is asked ever more rarely, and told once when it is back", async () => {
  const { clock, source, log, senderOf } = bench();
  const sender = senderOf();
  sender.failing = new Error("503");
  source.announce(raised(1));
  await clock.advance(HOUR);
  expect(sender.attempts.length).toBeGreaterThan(8);
  expect(sender.attempts.length).toBeLessThan(16);
  sender.failing = null;
  await clock.advance(10 * MIN);
  expect(kinds(sender)).toEqual(["raised"]);
  expect(new Set(sender.attempts.map(({ id }) => id)).size).toBe(1);
  expect(log.messages.filter((line) => line.includes("message"))).toEqual([
    "warn a message did not reach its target; it is tried again",
    "info messages reach their target again",
  ]);
});

test("a target that hangs delays no other", async () => {
  const second = target({ id: targetId(2), name: "Ben" });
  const { clock, source, senderOf } = bench([target(), second]);
  senderOf().failing = "hangs";
  source.announce(raised(1));
  source.announce(raised(2, { alarms: [announcedAlarm({ alarmId: alarmId(2) })] }));
  await clock.advance(S);
  expect(kinds(senderOf(targetId(2)))).toEqual(["raised", "raised"]);
  expect(senderOf().attempts).toHaveLength(1);
  await clock.advance(MIN);
  expect(senderOf().attempts.length).toBeGreaterThan(1);
});

test("a return that finds its raise unsent takes its place: one message tells both", async () => {
  const { clock, source, store, senderOf } = bench();
  const sender = senderOf();
  sender.failing = new Error("down");
  source.announce(raised(1));
  await clock.advance(S);
  source.announce(returned(2));
  sender.failing = null;
  await clock.advance(MIN);
  expect(kinds(sender)).toEqual(["raised-and-returned"]);
  expect([...store.kept.values()].map(({ body }) => (body as Delivery).state).sort()).toEqual([
    "replaced",
    "sent",
  ]);
});

test.each([
  ["critical", 1],
  ["high", 1],
  ["medium", 0],
] as const)("a fresh %s message asks at once, once, whatever the others wait for", async (priority, tries) => {
  const { clock, source, senderOf } = bench();
  const sender = senderOf();
  sender.failing = new Error("down");
  source.announce(raised(1));
  await clock.advance(HOUR);
  const before = sender.attempts.length;
  const fresh = { priority, atMs: clock.nowMs(), alarms: [announcedAlarm({ alarmId: alarmId(2), priority })] };
  source.announce(raised(2, fresh));
  await clock.advance(S);
  expect(sender.attempts.length - before).toBe(tries);
  sender.failing = null;
  await clock.advance(15 * MIN);
  expect(sender.received).toHaveLength(2);
});

test("a fresh critical message reaches a target that works again, and takes the others with it", async () => {
  const { clock, source, senderOf } = bench();
  const sender = senderOf();
  sender.failing = new Error("down");
  source.announce(raised(1));
  await clock.advance(HOUR);
  sender.failing = null;
  const alarms = [announcedAlarm({ alarmId: alarmId(2), priority: "critical" })];
  source.announce(raised(2, { priority: "critical", atMs: clock.nowMs(), alarms }));
  await clock.advance(S);
  expect(sender.received.map(({ priority }) => priority)).toEqual(["critical", "high"]);
});

test("one message that a server refuses again and again does not stop the others", async () => {
  const { clock, source, senderOf } = bench();
  const sender = senderOf();
  const poison = raised(1);
  const send = sender.send.bind(sender);
  sender.send = async (message, signal) => {
    if (message.alarms[0]?.alarmId === alarmId(1)) throw new Error("400");
    return send(message, signal);
  };
  source.announce(poison);
  source.announce(raised(2, { alarms: [announcedAlarm({ alarmId: alarmId(2) })] }));
  await clock.advance(MIN);
  expect(sender.received.map(({ alarms }) => alarms[0]?.alarmId)).toEqual([alarmId(2)]);
});

test("after a day it is given up, said in the log, and the others are told", async () => {
  const second = target({ id: targetId(2), name: "Ben" });
  const { clock, source, log, senderOf, outbox } = bench([target(), second]);
  senderOf().failing = new Error("No route to the server.");
  source.announce(raised(1));
  await clock.advance(25 * HOUR);
  expect(log.messages).toContain("error messages were given up: their target could not be told");
  const [, trouble] = senderOf(targetId(2)).received;
  expect(trouble).toMatchObject({ kind: "trouble", title: "«Anna's telephone» could not be told" });
  expect(trouble?.text).toContain("No route to the server.");
  expect(outbox.stateOf(targetId(1))).toMatchObject({ waiting: 0, lastError: "No route to the server." });
});

test.each([
  ["forward, from a year that never was", 30 * 365 * 24 * HOUR],
  ["back", -3 * HOUR],
])("a clock that is put right (%s) neither loses a message nor keeps it waiting", async (_name, byMs) => {
  const { clock, source, senderOf } = bench([target(), target({ id: targetId(2), escalatesAfterS: 600 })]);
  senderOf().failing = new Error("no network yet");
  source.announce(raised(1));
  await clock.advance(MIN);
  clock.stepWall(byMs);
  senderOf().failing = null;
  await clock.advance(HOUR);
  expect(kinds(senderOf())).toEqual(["raised"]);
  expect(kinds(senderOf(targetId(2)))).toEqual(["raised"]);
});

test("the second person is told only of what nobody acknowledged by then", async () => {
  const { clock, source, acknowledged, senderOf } = bench([target({ escalatesAfterS: 600 })]);
  source.announce(raised(1));
  source.announce(raised(2, { alarms: [announcedAlarm({ alarmId: alarmId(2) })] }));
  await clock.advance(5 * MIN);
  expect(senderOf().received).toEqual([]);
  acknowledged.add(alarmId(1));
  await clock.advance(6 * MIN);
  expect(senderOf().received.map(({ alarms }) => alarms[0]?.alarmId)).toEqual([alarmId(2)]);
  source.announce(returned(3));
  await clock.advance(HOUR);
  expect(kinds(senderOf())).toEqual(["raised"]);
});

test("reminders that could not be sent do not pile up behind the message they remind of", async () => {
  const { clock, source, senderOf } = bench();
  const sender = senderOf();
  sender.failing = new Error("down");
  source.announce(raised(1, { priority: "critical" }));
  for (let n = 2; n < 10; n++) {
    await clock.advance(5 * MIN);
    source.announce(raised(n, { kind: "repeated", priority: "critical", atMs: clock.nowMs() }));
  }
  sender.failing = null;
  await clock.advance(20 * MIN);
  expect(kinds(sender)).toEqual(["raised"]);
});

test("medium waits for the end of quiet hours in the tank's zone, high and critical do not", async () => {
  const quietHours = { from: "13:00", to: "18:30" };
  const { clock, source, senderOf } = bench([target({ quietHours })]);
  const of = (n: number, priority: "medium" | "high" | "critical") =>
    raised(n, { priority, alarms: [announcedAlarm({ alarmId: alarmId(n), priority })] });
  for (const told of [of(1, "medium"), of(2, "high"), of(3, "critical")]) source.announce(told);
  await clock.advance(4 * HOUR);
  expect(senderOf().received.map(({ priority }) => priority)).toEqual(["critical", "high"]);
  await clock.advance(HOUR);
  expect(senderOf().received.map(({ priority }) => priority)).toEqual(["critical", "high", "medium"]);
});

test("a target is told of its priorities alone, and of a return only where it was told of the raise", async () => {
  const { clock, source, senderOf } = bench([target({ priorities: ["critical"] })]);
  const critical = announcedAlarm({ alarmId: alarmId(2), priority: "critical" });
  source.announce(raised(1));
  source.announce(raised(2, { priority: "critical", alarms: [critical, announcedAlarm()] }));
  await clock.advance(S);
  source.announce(returned(3, { alarms: [announcedAlarm({ alarmId: alarmId(3) })] }));
  source.announce(
    returned(4, { priority: "critical", alarms: [critical, announcedAlarm({ alarmId: alarmId(3) })] }),
  );
  await clock.advance(S);
  expect(senderOf().received.map(({ kind, alarms }) => [kind, alarms.length])).toEqual([
    ["raised", 2],
    ["returned", 1],
  ]);
});

test("low priority comes as one digest in the morning of the tank", async () => {
  const { clock, source, senderOf } = bench();
  for (const n of [1, 2, 3]) {
    const low = announcedAlarm({ alarmId: alarmId(n), priority: "low", name: `Alarm ${n}` });
    source.announce(raised(n, { priority: "low", alarms: [low] }));
  }
  source.announce(returned(4, { priority: "low", alarms: [announcedAlarm({ priority: "low" })] }));
  await clock.advance(17 * HOUR);
  expect(senderOf().received).toEqual([]);
  await clock.advance(2 * HOUR);
  expect(senderOf().received).toHaveLength(1);
  expect(senderOf().received[0]).toMatchObject({
    kind: "digest",
    title: "Daily digest: 3 alarms of low priority",
  });
});

test("a disk that takes nothing loses nothing: it is asked again", async () => {
  const { clock, source, store, log, senderOf } = bench();
  await clock.advance(S);
  store.refusal = new Error("disk full");
  source.announce(raised(1));
  await clock.advance(5 * S);
  expect(senderOf().received).toEqual([]);
  store.refusal = null;
  await clock.advance(30 * S);
  expect(kinds(senderOf())).toEqual(["raised"]);
  expect(log.messages[0]).toContain("it is tried again");
});

test("a kept message that says nothing to this program is left alone, said, and hinders no other", async () => {
  const { clock, source, store, log, senderOf } = bench();
  store.kept.set("old", { id: "old", body: { from: "another program" } });
  source.announce(raised(1));
  await clock.advance(S);
  expect(kinds(senderOf())).toEqual(["raised"]);
  expect(log.messages).toEqual(["error messages that were kept say nothing to this program"]);
  expect(store.kept.has("old")).toBe(true);
});

test("a target that changed keeps what waits for it; one that was switched off is told nothing, then or later", async () => {
  const { clock, source, outbox, senderOf } = bench();
  senderOf().failing = new Error("down");
  source.announce(raised(1));
  await clock.advance(MIN);
  senderOf().failing = null;
  outbox.configure([target({ name: "Anna" })]);
  await clock.advance(S);
  expect(senderOf().received.map(({ alarms }) => alarms[0]?.alarmId)).toEqual([alarmId(1)]);
  senderOf().failing = new Error("down");
  source.announce(raised(2, { alarms: [announcedAlarm({ alarmId: alarmId(2) })] }));
  await clock.advance(MIN);
  outbox.configure([target({ isEnabled: false })]);
  senderOf().failing = null;
  source.announce(raised(3, { alarms: [announcedAlarm({ alarmId: alarmId(3) })] }));
  await clock.advance(HOUR);
  outbox.configure([target()]);
  await clock.advance(HOUR);
  expect(senderOf().received).toHaveLength(1);
});

test("a target that changed opens its new way out when the old one has ended, as it was set last", async () => {
  const { clock, source, outbox, opened, senderOf } = bench();
  let end: () => void = () => undefined;
  senderOf().stop = () => new Promise<void>((resolve) => (end = resolve));
  await clock.advance(S);
  outbox.configure([target({ name: "Ann" })]);
  outbox.configure([target({ name: "Anna" })]);
  source.announce(raised(1));
  await clock.advance(MIN);
  expect([opened, outbox.senderOf(targetId(1))]).toEqual([["Anna's telephone"], null]);
  end();
  await clock.advance(S);
  expect(opened).toEqual(["Anna's telephone", "Anna"]);
  expect(kinds(senderOf())).toEqual(["raised"]);
});
