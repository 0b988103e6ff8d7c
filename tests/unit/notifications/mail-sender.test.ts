import { expect, test, vi } from "vitest";
import type { NotificationChannel } from "#contract/notifications.ts";
import { deliveryIdOf } from "#main/notifications/delivery.ts";
import { AddressRule } from "#main/notifications/senders/addresses.ts";
import { MailSender } from "#main/notifications/senders/mail-sender.ts";
import { RealClock } from "#main/platform/clock.ts";
import { announcement, eventId, targetId } from "#tests/builders/announcements.ts";
import { message } from "#tests/builders/messages.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { SINK_CA, SmtpSink } from "#tests/sinks/smtp-sink.ts";

// Real servers and thousands of steps take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

type Mail = Extract<NotificationChannel, { type: "mail" }>;

async function sinkAndSender(
  over: Partial<Mail> = {},
  { password = "right", isTrusted = true, server = {} } = {},
) {
  const sink = await SmtpSink.start(server);
  const channel: Mail = {
    type: "mail",
    host: "127.0.0.1",
    port: sink.port,
    security: "starttls",
    username: "keeper",
    password: null,
    from: "reef@example.org",
    to: ["anna@example.org", "ben@example.org"],
    ...over,
  };
  const context = {
    clock: new RealClock(),
    log: new RecordingLog(),
    addresses: new AddressRule(false),
    ca: isTrusted ? SINK_CA : undefined,
    secret: async () => password,
  };
  return { sink, sender: new MailSender(channel, context) };
}

const { signal } = new AbortController();

test("mail goes over STARTTLS, signed in, to everybody, and says what there is to know", async () => {
  const { sink, sender } = await sinkAndSender();
  await sender.send(message(), signal);
  expect(sink.mails).toHaveLength(1);
  const [mail] = sink.mails;
  expect(mail).toMatchObject({
    to: ["anna@example.org", "ben@example.org"],
    isEncrypted: true,
    user: "keeper",
  });
  expect(mail?.source).toContain("Subject: [Reef tank] High priority: Display temperature high");
  for (const words of [
    "Since Mon 1 Jun 2026, 14:00 (Europe/Berlin).",
    "limit 26.70",
    "What to do: Check that the heater is off.",
    "https://reef.example/alarms/",
    "https://reef.example/acknowledge/secret",
  ]) {
    expect(mail?.source.replace(/=\r\n/g, "").replace(/=C2=B0/g, "°")).toContain(words);
  }
});

test("the same message has the same Message-ID, and a return stands below its raise", async () => {
  const { sink, sender } = await sinkAndSender();
  await sender.send(message(), signal);
  await sender.send(message(), signal);
  const answers = deliveryIdOf(eventId(1), targetId(1));
  const about = announcement({ id: eventId(2), kind: "returned" });
  await sender.send(message({ about }, { answers }), signal);
  const ids = sink.mails.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1]?.trim());
  expect(ids[0]).toBe(`<${answers}@example.org>`);
  expect(ids[1]).toBe(ids[0]);
  expect(sink.mails[2]?.source).toContain(`References: ${ids[0]}`);
  expect(sink.mails[2]?.source).toContain("Subject: [Reef tank] Back to normal: Display temperature high");
});

test("TLS from the first byte works too", async () => {
  const { sink, sender } = await sinkAndSender({ security: "tls" }, { server: { secure: true } });
  await sender.send(message(), signal);
  expect(sink.mails[0]?.isEncrypted).toBe(true);
});

test.each([
  [
    "a wrong password is said as what it is",
    {},
    { password: "wrong" },
    /refused the name keeper or its password.*invalid/,
  ],
  ["a certificate nobody vouches for is refused", {}, { isTrusted: false }, /vouches for the certificate/],
  [
    "a server without STARTTLS is refused instead of told in the clear",
    { username: null },
    { server: { disabledCommands: ["STARTTLS"] } },
    /STARTTLS|encryption/,
  ],
  ["a port where nothing listens is named", { port: 9 }, {}, /Nothing listens at 127.0.0.1:9/],
] as const)("%s", async (_name, over, options, words) => {
  const { sink, sender } = await sinkAndSender(over, options as object);
  await expect(sender.send(message(), signal)).rejects.toMatchObject({
    code: "device-unreachable",
    message: expect.stringMatching(words),
  });
  expect(sink.mails).toEqual([]);
});

test("a receiver whom the server refuses is said", async () => {
  const onRcptTo = (_address: unknown, _session: unknown, done: (error?: Error) => void) =>
    done(new Error("5.1.1 No such mailbox"));
  const { sender } = await sinkAndSender({}, { server: { onRcptTo } });
  await expect(sender.send(message(), signal)).rejects.toThrow(/receiver's address.*No such mailbox/);
});

test("without encryption mail goes to this machine alone", async () => {
  const { sink, sender } = await sinkAndSender({ security: "none", username: null });
  await sender.send(message(), signal);
  expect(sink.mails[0]?.isEncrypted).toBe(false);
  const { sender: outside } = await sinkAndSender({ security: "none", host: "mail.example.org" });
  await expect(outside.send(message(), signal)).rejects.toThrow(/choose tls or starttls/);
});
