import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalStore } from "#main/local-store/local-store.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { emptyFolder, STORE_WORKER, storeIn } from "#tests/local-stores.ts";

let template = "";
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), "reef store "));
  const store = new LocalStore({
    dataDir: template,
    kind: "file",
    workerUrl: STORE_WORKER,
    clock: new RealClock(),
    log: SILENT_LOG,
  });
  await store.start();
  await store.secrets.put("token key", "abcdefgh-secret");
  await store.configuration.save(configOf());
  await store.stop();
});
afterAll(() => rm(template, { recursive: true, force: true }));

/** A folder with a store that holds a secret and a configuration and has been stopped. */
async function folderWithStore(): Promise<{ folder: string; database: string; key: string }> {
  const folder = await emptyFolder();
  await cp(template, folder, { recursive: true });
  return { folder, database: join(folder, "local.db"), key: join(folder, "local.key") };
}

/** Every file of a folder with its bytes. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).toSorted();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString("base64")])),
  );
}

/** The store does not start, says why, and leaves every file as it was. */
async function expectRefusal(
  store: LocalStore,
  folder: string,
  fault: { code: string; message: RegExp },
): Promise<void> {
  const before = await filesIn(folder);
  await expect(store.start()).rejects.toMatchObject({
    code: fault.code,
    message: expect.stringMatching(fault.message),
  });
  expect(store.state()).toMatchObject({ kind: "file", isOk: false, detail: expect.stringMatching(fault.message) });
  await store.stop();
  expect(await filesIn(folder)).toEqual(before);
}

test("a store is there again after a stop, with the same controller id, for its owner's eyes only", async () => {
  const { folder, database, key } = await folderWithStore();
  const first = storeIn(folder);
  await first.start();
  const { controllerId } = first;
  await first.stop();
  const second = storeIn(folder);
  await second.start();
  expect(await second.secrets.get("token key")).toBe("abcdefgh-secret");
  expect(await second.configuration.load()).toEqual(configOf());
  expect(second.controllerId).toBe(controllerId);
  expect(second.state()).toMatchObject({ kind: "file", isOk: true });
  for (const path of [database, key]) expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("nothing can be read in the file without the key", async () => {
  const { database } = await folderWithStore();
  const bytes = (await readFile(database)).toString("latin1");
  for (const word of ["SQLite", "abcdefgh-secret", "create table", "Tank"]) expect(bytes).not.toContain(word);
});

test("a key that others may read is closed to them", async () => {
  const { folder, key } = await folderWithStore();
  await chmod(key, 0o644);
  await storeIn(folder).start();
  expect((await stat(key)).mode & 0o777).toBe(0o600);
});

test("a wrong key is refused", async () => {
  const { folder, key } = await folderWithStore();
  await writeFile(key, "ab".repeat(32));
  await expectRefusal(storeIn(folder), folder, {
    code: "store-wrong-key",
    message: /does not open .*local\.db; put /,
  });
});

test("a key file that holds no key is refused", async () => {
  const { folder, key } = await folderWithStore();
  await writeFile(key, "not a key");
  await expectRefusal(storeIn(folder), folder, { code: "store-wrong-key", message: /does not hold a key/ });
});

test("a missing key is not made anew while there is a store that needs the old one", async () => {
  const { folder, key } = await folderWithStore();
  await rm(key);
  await expectRefusal(storeIn(folder), folder, {
    code: "store-wrong-key",
    message: /is missing; put .* back at .*local\.key/,
  });
});

test.each([
  ["overwritten with garbage", (bytes: Buffer) => Buffer.alloc(bytes.length, 7)],
  ["emptied", () => Buffer.alloc(0)],
  ["cut in the first page", (bytes: Buffer) => bytes.subarray(0, 500)],
  ["cut in a later page", (bytes: Buffer) => bytes.subarray(0, 10_000)],
  ["changed in the first page", (bytes: Buffer) => flipped(bytes, 300)],
  ["changed in a later page", (bytes: Buffer) => flipped(bytes, 3 * 4_096 + 100)],
  ["an unencrypted database", () => plainDatabase()],
])("a store that was %s is refused", async (_, damage) => {
  const { folder, database } = await folderWithStore();
  await writeFile(database, damage(await readFile(database)));
  await expectRefusal(storeIn(folder), folder, { code: "store-corrupt", message: /^.*local\.db is damaged.*$/ });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

function plainDatabase(): Buffer {
  const bytes = Buffer.alloc(4_096);
  bytes.write("SQLite format 3\0");
  bytes.set([64, 32, 32], 21);
  return bytes;
}

test("a log without its store is refused, as a new store would swallow it", async () => {
  const { folder, database } = await folderWithStore();
  await rename(database, `${database}-wal`);
  await expectRefusal(storeIn(folder), folder, { code: "store-corrupt", message: /is missing but its log/ });
});

test("a store of a newer program is refused", async () => {
  const { folder, database, key } = await folderWithStore();
  const db = new Database(database);
  db.pragma("cipher = 'chacha20'");
  const salt = (await readFile(database)).subarray(0, 16).toString("hex");
  db.pragma(`key = 'raw:${(await readFile(key, "utf8")).trim()}${salt}'`);
  db.pragma("user_version = 99");
  db.close();
  await expectRefusal(storeIn(folder), folder, { code: "database-newer", message: /its schema 99, ours \d+/ });
});

test("a store that another one has open is refused", async () => {
  const { folder } = await folderWithStore();
  await storeIn(folder).start();
  const second = storeIn(folder);
  await expect(second.start()).rejects.toMatchObject({ code: "store-unavailable", message: /has .* open/ });
});

test("a runtime with too old a Node-API is told so before the addon could crash it", async () => {
  const { folder } = await folderWithStore();
  const store = storeIn(folder, { napiVersion: 9 });
  await expectRefusal(store, folder, {
    code: "store-unavailable",
    message: /needs Node-API 10, this runtime has 9/,
  });
});

test("a worker that cannot be loaded is a clear refusal", async () => {
  const { folder } = await folderWithStore();
  const store = storeIn(folder, { workerUrl: new URL("./no-such-worker.js", import.meta.url) });
  await expectRefusal(store, folder, { code: "store-unavailable", message: /thread failed/ });
});

test("a data folder that is not there is a clear refusal", async () => {
  const store = storeIn(join(await emptyFolder(), "gone"));
  await expect(store.start()).rejects.toMatchObject({ code: "store-unavailable", message: /ENOENT/ });
});

test("a half-made store of a power cut at the very first start is made anew", async () => {
  const { folder, database } = await folderWithStore();
  await rename(database, `${database}.new`);
  const store = storeIn(folder);
  await store.start();
  expect(await store.secrets.get("token key")).toBeNull();
  expect(await readdir(folder)).not.toContain("local.db.new");
});

test("a configuration that does not fit this program is refused with each field named", async () => {
  const { folder } = await folderWithStore();
  const store = storeIn(folder);
  await store.start();
  await store.configuration.save({ ...configOf(), revision: -1, extra: 1 } as never);
  await expect(store.configuration.load()).rejects.toMatchObject({
    code: "store-corrupt",
    details: expect.arrayContaining([expect.objectContaining({ field: "revision" })]),
  });
});

test("what is asked before the start or after the stop is refused, and does not hang", async () => {
  const store = storeIn(await emptyFolder());
  expect(() => store.controllerId).toThrow(/before it was started/);
  expect(store.state()).toMatchObject({ isOk: false, detail: "The local store is not open yet." });
  await expect(store.secrets.get("x")).rejects.toMatchObject({ code: "store-unavailable" });
  await store.start();
  await store.stop();
  await expect(store.spool.push({ sequence: 1, readings: [readingOf()], outputEvents: [] })).rejects.toMatchObject(
    {
      code: "store-unavailable",
    },
  );
});

test("a store in memory says that it is no real one", async () => {
  const store = storeIn(await emptyFolder(), { kind: "memory" });
  await store.start();
  expect(store.state()).toMatchObject({
    kind: "memory",
    isOk: false,
    detail: expect.stringMatching(/in memory only/),
  });
});
