import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { ControllerId, NotificationTargetId } from "#contract/ids.ts";
import {
  NotificationSettingsPatch,
  NotificationTargetCreate,
  NotificationTargetPatch,
} from "#contract/notifications.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ConfigurationKeeper } from "#main/settings/configuration-keeper.ts";
import { NotificationTargetSettings } from "#main/settings/notifications.ts";
import type { NotificationRuntime } from "#main/settings/ports.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { FakeConfigurationRepository, FakeConfigurationSnapshot } from "#tests/fakes/fake-configuration.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";

const MAIL = NotificationTargetCreate.parse({
  name: "Anna",
  channel: {
    type: "mail",
    host: "mail.example.org",
    port: 587,
    security: "starttls",
    username: "anna",
    password: "one",
    from: "reef@example.org",
    to: ["anna@example.org"],
  },
});

async function bench() {
  const repository = new FakeConfigurationRepository();
  const keeper = new ConfigurationKeeper({
    repository,
    snapshot: new FakeConfigurationSnapshot(),
    controllerId: ControllerId.parse(newId(0)),
    log: SILENT_LOG,
  });
  await keeper.change(() => configOf());
  const secrets = new FakeSecretStore();
  const runtime: NotificationRuntime = {
    deliveryOf: () => ({ waiting: 0, lastSentAt: null, lastFailedAt: null, lastError: null }),
    test: async (target) => ({ ok: true, detail: target.name }),
    assertAllowed: (address) => {
      if (address.type === "webhook" || address.type === "heartbeat") {
        throw new ReefFault("invalid", "This is this machine itself.");
      }
    },
  };
  const targets = new NotificationTargetSettings({ keeper, secrets, runtime, clock: new VirtualClock(1_000) });
  return { repository, keeper, secrets, targets };
}

const withPassword = (password: string | null, over: object = {}) => ({
  channel: { ...MAIL.channel, password, ...over } as typeof MAIL.channel,
});

test("a secret goes in, is kept on this machine alone, and never comes out", async () => {
  const { repository, secrets, targets } = await bench();
  const made = await targets.create(MAIL);
  expect(made).toMatchObject({ name: "Anna", channel: { password: null }, secretsKept: ["password"] });
  expect([...secrets.secrets.values()]).toEqual(["one"]);
  expect(JSON.stringify(repository.stored)).not.toContain('"one"');
  expect(await targets.test(made.id)).toEqual({ ok: true, detail: "Anna" });
});

test("a secret stays when nobody names it, is replaced when somebody does, and goes with its target", async () => {
  const { secrets, targets } = await bench();
  const { id } = await targets.create(MAIL);
  await targets.update(id, { name: "Ben", ...withPassword(null, { port: 465 }) });
  expect([...secrets.secrets.values()]).toEqual(["one"]);
  await targets.update(id, withPassword("two"));
  expect([...secrets.secrets.values()]).toEqual(["two"]);
  expect(await targets.get(id)).toMatchObject({ name: "Ben", secretsKept: ["password"] });
  await targets.remove(id);
  expect(secrets.secrets.size).toBe(0);
  await expect(targets.get(id)).rejects.toMatchObject({ code: "not-found" });
});

test("a secret is shown to no other server than the one it was given for", async () => {
  const { secrets, targets } = await bench();
  const { id } = await targets.create(MAIL);
  expect(await targets.update(id, withPassword(null, { host: "elsewhere.example" }))).toMatchObject({
    secretsKept: [],
  });
  expect(secrets.secrets.size).toBe(0);
  await targets.update(id, withPassword("three", { host: "third.example" }));
  expect([...secrets.secrets.values()]).toEqual(["three"]);
});

test("whoever hears of another server finds the old one's secret gone; a refused change brings it back", async () => {
  const { repository, keeper, secrets, targets } = await bench();
  const { id } = await targets.create(MAIL);
  const found: string[][] = [];
  keeper.onChange(() => found.push([...secrets.secrets.values()]));
  repository.isAway = true;
  for (const password of [null, "two"]) {
    const change = targets.update(id, withPassword(password, { host: "elsewhere.example" }));
    await expect(change).rejects.toMatchObject({ code: "database-away" });
    expect([...secrets.secrets.values()]).toEqual(["one"]);
  }
  repository.isAway = false;
  await targets.update(id, withPassword(null, { host: "elsewhere.example" }));
  expect(found).toEqual([[]]);
});

test("where the change comes to nothing, the secret is as it was", async () => {
  const { repository, secrets, targets } = await bench();
  const { id } = await targets.create(MAIL);
  repository.isAway = true;
  await expect(targets.update(id, withPassword("two"))).rejects.toMatchObject({ code: "database-away" });
  await expect(targets.create(MAIL)).rejects.toMatchObject({ code: "database-away" });
  expect([...secrets.secrets.values()]).toEqual(["one"]);
});

test("addresses that messages may not go to are refused before anything is kept", async () => {
  const { secrets, targets } = await bench();
  const channel = { type: "webhook", url: "http://localhost/", secret: "shared" } as const;
  await expect(targets.create({ ...MAIL, channel })).rejects.toMatchObject({ code: "invalid" });
  const heartbeat = { url: "http://localhost/", everyS: 60 };
  await expect(targets.updateSettings({ heartbeat })).rejects.toMatchObject({ code: "invalid" });
  expect([secrets.secrets.size, (await targets.list()).length]).toEqual([0, 0]);
});

test("settings change one by one, and what is not named stays", async () => {
  const { targets } = await bench();
  await targets.updateSettings({ linkBase: "https://reef.example" });
  expect(await targets.updateSettings({})).toEqual({ heartbeat: null, linkBase: "https://reef.example" });
  expect(await targets.updateSettings({ linkBase: null })).toEqual({ heartbeat: null, linkBase: null });
});

test.each([
  ["webhook", { type: "webhook", url: "https://anna:one@hooks.example/reef" }],
  ["ntfy", { type: "ntfy", url: "https://anna@ntfy.example", topic: "reef" }],
  ["mqtt", { type: "mqtt", url: "mqtts://:one@broker.example" }],
])("a user or a password in the address of %s is refused by the field's name", (_type, channel) => {
  for (const parsed of [
    NotificationTargetCreate.safeParse({ name: "Anna", channel }),
    NotificationTargetPatch.safeParse({ channel }),
  ]) {
    expect(parsed.error?.issues).toMatchObject([{ path: ["channel", "url"] }]);
  }
  const bare = { ...channel, url: channel.url.replace(/\/\/.*@/, "//") };
  expect(NotificationTargetPatch.safeParse({ channel: bare }).success).toBe(true);
});

test("a user or a password is refused in the heartbeat's address and in that of the links", () => {
  const settings = {
    heartbeat: { url: "https://a:b@hc.example/1", everyS: 60 },
    linkBase: "https://a@reef.example",
  };
  expect(NotificationSettingsPatch.safeParse(settings).error?.issues.map(({ path }) => path)).toEqual([
    ["heartbeat", "url"],
    ["linkBase"],
  ]);
  expect(NotificationSettingsPatch.parse({ heartbeat: null, linkBase: "https://reef.example" })).toBeDefined();
});

test("a patch names what changes, and takes no defaults for the rest", () => {
  expect(NotificationTargetPatch.parse({ name: "Ben" })).toEqual({ name: "Ben" });
  expect(NotificationTargetId.safeParse("x").success).toBe(false);
});
