import { expect, test } from "vitest";
import type { Configuration } from "#contract/configuration.ts";
import { UserId } from "#contract/ids.ts";
import { firstTankSettings } from "#contract/settings.ts";
import type { StoredRefreshToken } from "#main/identity/ports.ts";
import type { JournalBatch } from "#main/journal/ports.ts";
import type { LocalStore } from "#main/local-store/local-store.ts";
import { newId } from "#main/platform/ids.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { emptyFolder, storeIn } from "#tests/local-stores.ts";

const KINDS = ["file", "memory"] as const;
const ALICE = UserId.parse(newId(1));
const BOB = UserId.parse(newId(2));

async function opened(kind: (typeof KINDS)[number]): Promise<LocalStore> {
  const store = storeIn(await emptyFolder(), { kind });
  await store.start();
  return store;
}

function batchOf(sequence: number, rows = 2): JournalBatch {
  return {
    sequence,
    readings: Array.from({ length: rows }, (_, i) =>
      readingOf({ channelId: channelIdOf(i), takenAtMs: sequence }),
    ),
    outputEvents: [],
  };
}

function tokenOf(tokenHash: string, fields: Partial<StoredRefreshToken> = {}): StoredRefreshToken {
  return {
    tokenHash,
    familyId: "f1",
    userId: ALICE,
    issuedAtMs: 10,
    expiresAtMs: 1_000,
    isUsed: false,
    ...fields,
  };
}

const sequencesOf = (batches: readonly JournalBatch[]) => batches.map((batch) => batch.sequence);

test("file: of a trade that fails nothing is kept: the old token is still good", async () => {
  const { sessions } = await opened("file");
  await sessions.putToken(tokenOf("a"));
  const broken = tokenOf("b", { familyId: null as unknown as string });
  await expect(sessions.tradeToken("a", broken)).rejects.toMatchObject({ code: "store-unavailable" });
  expect(await sessions.loadTokens()).toEqual([tokenOf("a")]);
});

for (const kind of KINDS) {
  test(`${kind}: an empty spool is empty`, async () => {
    const { spool } = await opened(kind);
    expect(await spool.peek(10)).toEqual([]);
    expect(await spool.size()).toBe(0);
    expect(await spool.lastSequence()).toBe(0);
    await spool.dropThrough(99);
  });

  test(`${kind}: the spool gives batches back first in, first out, as they were`, async () => {
    const { spool } = await opened(kind);
    const event = {
      channelId: channelIdOf(3),
      atMs: 5,
      kind: "confirm-failed",
      levelPct: null,
      owner: "interlock",
      reasonCode: "x",
      reasonText: "Größe µ",
      by: "anna",
    } as const;
    const batches = [batchOf(3), { ...batchOf(7, 0), outputEvents: [event] }, batchOf(8, 1_000)];
    for (const batch of batches) await spool.push(batch);
    expect(await spool.peek(10)).toEqual(batches);
    expect(sequencesOf(await spool.peek(2))).toEqual([3, 7]);
    expect(await spool.size()).toBe(3);
    expect(await spool.lastSequence()).toBe(8);
    await spool.dropThrough(7);
    expect(sequencesOf(await spool.peek(10))).toEqual([8]);
    expect(await spool.size()).toBe(1);
  });

  test(`${kind}: a batch that is there already is left as it is`, async () => {
    const { spool } = await opened(kind);
    await spool.push(batchOf(3, 1));
    await spool.push(batchOf(3, 2));
    expect(await spool.peek(10)).toEqual([batchOf(3, 1)]);
    expect(await spool.size()).toBe(1);
  });

  test(`${kind}: the highest sequence is remembered when the spool is empty, and what was reserved counts`, async () => {
    const { spool } = await opened(kind);
    await spool.push(batchOf(12));
    await spool.dropThrough(12);
    expect(await spool.lastSequence()).toBe(12);
    await spool.reserve(1_700_000_001_000);
    await spool.reserve(5);
    expect(await spool.lastSequence()).toBe(1_700_000_001_000);
    await spool.push(batchOf(1_700_000_001_001));
    expect(await spool.lastSequence()).toBe(1_700_000_001_001);
  });

  test(`${kind}: sign-ins are kept, used, and removed by family, user and age`, async () => {
    const { sessions } = await opened(kind);
    const tokens = [
      tokenOf("a"),
      tokenOf("b", { issuedAtMs: 11 }),
      tokenOf("c", { issuedAtMs: 12, familyId: "f2" }),
      tokenOf("d", { issuedAtMs: 13, familyId: "f3", userId: BOB }),
      tokenOf("e", { issuedAtMs: 14, familyId: "f4", userId: BOB, expiresAtMs: 50 }),
    ];
    const [, b, c, d, e] = tokens;
    for (const token of tokens.slice(0, 2)) await sessions.putToken(token);
    if (b === undefined || c === undefined || d === undefined || e === undefined) throw new Error("no tokens");
    await sessions.tradeToken(b.tokenHash, c);
    await sessions.tradeToken("unknown", d);
    await sessions.putToken(e);
    expect(await sessions.loadTokens()).toEqual(
      tokens.map((token) => ({ ...token, isUsed: token.tokenHash === "b" })),
    );
    const left = async () => (await sessions.loadTokens()).map((token) => token.tokenHash);
    await sessions.removeExpired(50);
    expect(await left()).toEqual(["a", "b", "c", "d"]);
    await sessions.removeFamily("f1");
    expect(await left()).toEqual(["c", "d"]);
    await sessions.removeUser(BOB);
    expect(await left()).toEqual(["c"]);
  });

  test(`${kind}: a secret is what was put last, and null before`, async () => {
    const { secrets } = await opened(kind);
    expect(await secrets.get("token key")).toBeNull();
    await secrets.put("token key", "one");
    await secrets.put("token key", "two");
    expect(await secrets.get("token key")).toBe("two");
  });

  test(`${kind}: the state of outputs is nothing at first, then what was saved last`, async () => {
    const { outputState } = await opened(kind);
    const stopped = { isActive: true, since: "2026-01-02T03:04:05.000Z", by: "anna" };
    const output = {
      channelId: channelIdOf(1),
      faults: [{ code: "max-on", text: "On for too long.", since: "2026-01-02T03:04:05.000Z", latched: true }],
      lastOnAtMs: 5,
      lastOffAtMs: null,
      override: { levelPct: 100, untilMs: 99, by: "anna" },
      openRun: { channelId: channelIdOf(1), startAtMs: 5, plannedS: 300, deadlineAtMs: 300_005 },
      savedAtMs: 7,
    };
    expect(await outputState.load()).toEqual({
      emergencyStop: { isActive: false, since: null, by: null },
      outputs: [],
    });
    await outputState.saveEmergencyStop(stopped);
    await outputState.saveOutput({ ...output, lastOnAtMs: 4 });
    await outputState.saveOutput(output);
    expect(await outputState.load()).toEqual({ emergencyStop: stopped, outputs: [output] });
  });

  test(`${kind}: what control remembers is null at first, then what was saved last, each under its name`, async () => {
    const { control } = await opened(kind);
    expect(await control.load("modes")).toBeNull();
    await control.save("modes", { run: null });
    await control.save("modes", { run: [1, { deep: true }] });
    await control.save("loop:1", 7);
    expect(await control.load("modes")).toEqual({ run: [1, { deep: true }] });
    expect(await control.load("loop:1")).toBe(7);
    expect(await control.load("configuration")).toBeNull();
  });

  test(`${kind}: how the program ended is null at first, then what was saved last`, async () => {
    const { startLog } = await opened(kind);
    expect(await startLog.loadStarts()).toBeNull();
    await startLog.saveStarts({ isStopped: false, crashesAtMs: [], safeSinceMs: null });
    await startLog.saveStarts({ isStopped: true, crashesAtMs: [1, 2, 3], safeSinceMs: 3 });
    expect(await startLog.loadStarts()).toEqual({ isStopped: true, crashesAtMs: [1, 2, 3], safeSinceMs: 3 });
  });

  test(`${kind}: messages on their way are as they were put last, a known one is not taken again, and removed ones are gone`, async () => {
    const { deliveries } = await opened(kind);
    const first = { id: "a", body: { words: "Bus «1» lost\n'; --", tried: [] } };
    const second = { id: "b", body: { words: "", tried: [1] } };
    await deliveries.addDeliveries([]);
    await deliveries.addDeliveries([first, second]);
    await deliveries.addDeliveries([{ id: "a", body: {} }]);
    await deliveries.putDeliveries([{ id: "b", body: { words: "sent" } }]);
    expect(await deliveries.loadDeliveries()).toEqual([first, { id: "b", body: { words: "sent" } }]);
    await deliveries.removeDeliveries(["a"]);
    expect((await deliveries.loadDeliveries()).map(({ id }) => id)).toEqual(["b"]);
  });

  test(`${kind}: a secret that is removed is null again`, async () => {
    const { secrets } = await opened(kind);
    await secrets.put("token", "one");
    await secrets.remove("token");
    await secrets.remove("never there");
    expect(await secrets.get("token")).toBeNull();
  });

  test(`${kind}: the configuration is null at first, then what was saved last`, async () => {
    const { configuration } = await opened(kind);
    expect(await configuration.load()).toBeNull();
    await configuration.save(configOf({ revision: 1 }));
    await configuration.save(configOf({ revision: 2 }));
    expect(await configuration.load()).toEqual(configOf({ revision: 2 }));
  });

  test(`${kind}: what alarms keep in one step is there as a whole, oldest first, and goes by its id`, async () => {
    const { alarms } = await opened(kind);
    const nothing = { memories: [], forgotten: [], events: [], drained: [], announcements: [], done: [] };
    await alarms.commit(nothing);
    expect(await alarms.load()).toEqual({ memories: [], events: [], announcements: [] });
    const row = (id: string, body: unknown = { id }) => ({ id, body });
    await alarms.commit({
      ...nothing,
      memories: [row("m1"), row("m2")],
      events: [row("e2"), row("e1")],
      announcements: [row("a1")],
    });
    await alarms.commit({
      ...nothing,
      memories: [row("m1", { isNew: true })],
      forgotten: ["m2"],
      drained: ["e1"],
    });
    const kept = { memories: [row("m1", { isNew: true })], events: [row("e2")], announcements: [row("a1")] };
    expect(await alarms.load()).toEqual(kept);
    await alarms.commit({ ...nothing, done: ["a1", "unknown"] });
    expect((await alarms.load()).announcements).toEqual([]);
  });

  test(`${kind}: a controller has an id, and stopping twice does no harm`, async () => {
    const store = await opened(kind);
    expect(store.controllerId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    await store.stop();
    await store.stop();
  });
}

test("file: a configuration that an older program kept is loaded, with the first tank settings", async () => {
  const { configuration } = await opened("file");
  const { tank: _, ...older } = configOf();
  await configuration.save(older as Configuration);
  expect(await configuration.load()).toEqual({ ...older, tank: firstTankSettings() });
});

test("file: how the program ended outlives it, and what does not fit this program is refused by its fields", async () => {
  const dataDir = await emptyFolder();
  const before = storeIn(dataDir);
  await before.start();
  const log = { isStopped: false, crashesAtMs: [7], safeSinceMs: null };
  await before.startLog.saveStarts(log);
  await before.stop();
  const after = storeIn(dataDir);
  await after.start();
  expect(await after.startLog.loadStarts()).toEqual(log);
  await after.startLog.saveStarts({ ...log, crashesAtMs: "none" as never });
  await expect(after.startLog.loadStarts()).rejects.toMatchObject({ code: "store-corrupt" });
  await after.stop();
});
