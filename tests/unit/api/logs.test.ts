import { expect, test } from "vitest";
import { LogEntry } from "#contract/system.ts";
import { JsonLogger } from "#main/platform/logger.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import { fakeServices } from "#tests/fakes/fake-services.ts";

async function loggingServices() {
  const services = await fakeServices();
  const log = new JsonLogger({ sink: { write: () => undefined }, clock: services.clock, level: "debug" });
  log.addSink(services.logs);
  return { services, log, caller: await callerFor(services, "admin") };
}

test("an admin reads the log from its oldest line on, page by page, at the level he asks for", async () => {
  const { log, caller } = await loggingServices();
  log.debug({}, "one");
  log.named("journal").warn({ rows: 5, error: new Error("No answer.") }, "two");
  log.error({}, "three");

  const { items } = await caller.system.logs({});
  expect(items.map(({ message }) => message)).toEqual(["one", "two", "three"]);
  expect(LogEntry.parse(items[1])).toMatchObject({
    level: "warn",
    part: "journal",
    fields: { rows: 5, error: { message: "No answer." } },
  });
  const first = await caller.system.logs({ level: "warn", limit: 1 });
  expect(first.items).toEqual([items[1]]);
  const second = await caller.system.logs({ level: "warn", limit: 1, cursor: first.nextCursor ?? "" });
  expect(second).toEqual({ items: [items[2]], nextCursor: null });
});

test("logsLive sends the last lines, then each as it is said, at the level asked for", async () => {
  const { services, log, caller } = await loggingServices();
  log.info({}, "unseen");
  log.warn({}, "before");
  const feed = (await caller.system.logsLive({ level: "warn" })) as AsyncGenerator<LogEntry, void, void>;
  const next = async () => ((await feed.next()).value as LogEntry).message;
  expect(await next()).toBe("before");
  log.info({}, "unseen");
  log.error({}, "after");
  expect(await next()).toBe("after");
  await feed.return();
  log.error({}, "to nobody");
  expect(Object.fromEntries(services.subscriptions.open())).toEqual({ "system.logsLive": 0 });
});

test("a client that is too slow for the log gets its newest lines, in a bounded memory", async () => {
  const { log, services } = await loggingServices();
  let unblock = () => {};
  const blocked = new Promise<void>((resolve) => {
    unblock = resolve;
  });
  const caller = await callerFor(services, "admin", { whenWritable: () => blocked });
  log.info({}, "first");
  const feed = (await caller.system.logsLive()) as AsyncGenerator<LogEntry, void, void>;
  const first = feed.next();
  for (let line = 1; line <= 5_000; line++) log.info({}, `line ${line}`);
  unblock();
  await first;
  const messages: string[] = [];
  while (messages.length < 1_000) messages.push(((await feed.next()).value as LogEntry).message);
  expect(new Set(messages)).toEqual(new Set(Array.from({ length: 1_000 }, (_, i) => `line ${4_001 + i}`)));
  await feed.return();
});

test("no secret and no setup code is in the log that can be asked for", async () => {
  const { log, caller } = await loggingServices();
  log.warn(
    { password: "hunter22", pin: "4711", passwordHash: "$argon2id$x", url: "postgres://reef:geheim@db" },
    "x",
  );
  log.warn({}, "No user exists yet; the one-time setup code for the first admin is 0A1B-2C3D-4E5F-6G7H");
  const text = JSON.stringify(await caller.system.logs({}));
  for (const secret of ["hunter22", "4711", "argon2", "geheim", "2C3D"]) expect(text).not.toContain(secret);
  expect(text).toContain("setup code for the first admin is ***");
});
