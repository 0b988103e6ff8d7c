import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DEFAULT_PREFERENCES } from "#contract/default-preferences.ts";
import { ControllerId, UserId } from "#contract/ids.ts";
import type { PreferenceStore } from "#main/identity/ports.ts";
import { PgPreferenceStore } from "#main/storage/repositories/preferences.ts";
import { PgUserStore } from "#main/storage/repositories/users.ts";
import { controllerId } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

const OTHERS = ControllerId.parse("0190a000-0000-7000-8000-000000000002");
const BELLA = UserId.parse("0190a000-0004-7000-8000-000000000001");
const ANNA = UserId.parse("0190a000-0004-7000-8000-000000000002");

let db: TestDatabase;
let users: PgUserStore;
let preferences: PreferenceStore;
beforeAll(async () => {
  db = await startDatabase();
  users = new PgUserStore(db.database, controllerId);
  preferences = new PgPreferenceStore(db.database, controllerId);
});
beforeEach(async () => {
  await queryAs(db.fresh.config, "truncate user_account cascade");
  for (const [id, username] of [
    [BELLA, "bella"],
    [ANNA, "anna"],
  ] as const)
    await users.insert(userOf(id, username));
});
afterAll(() => db.stop());

function userOf(id: UserId, username: string) {
  const createdAt = "2026-01-01T00:00:00.000Z";
  return { id, username, role: "viewer", createdAt, passwordHash: "x", pinHash: null } as const;
}

test("each user's document is kept, and a later one takes its place", async () => {
  expect(await preferences.load()).toEqual([]);
  const dark = { ...DEFAULT_PREFERENCES, theme: "dark" as const };
  await preferences.save(ANNA, DEFAULT_PREFERENCES);
  await preferences.save(BELLA, DEFAULT_PREFERENCES);
  await preferences.save(BELLA, dark);
  expect(await preferences.load()).toEqual([
    { userId: BELLA, document: dark },
    { userId: ANNA, document: DEFAULT_PREFERENCES },
  ]);
});

test("a document goes with its user, and none is kept of somebody who is not there", async () => {
  await preferences.save(BELLA, DEFAULT_PREFERENCES);
  await users.remove(BELLA);
  expect(await preferences.load()).toEqual([]);
  await expect(preferences.save(BELLA, DEFAULT_PREFERENCES)).rejects.toMatchObject({ code: "not-found" });
});

test("controllers that share a database have their own", async () => {
  const theirs = new PgPreferenceStore(db.database, OTHERS);
  await new PgUserStore(db.database, OTHERS).insert(userOf(BELLA, "bella"));
  await preferences.save(BELLA, DEFAULT_PREFERENCES);
  await theirs.save(BELLA, { ...DEFAULT_PREFERENCES, volumeUnit: "gal" });
  expect(await preferences.load()).toEqual([{ userId: BELLA, document: DEFAULT_PREFERENCES }]);
  expect(await theirs.load()).toMatchObject([{ document: { volumeUnit: "gal" } }]);
});
