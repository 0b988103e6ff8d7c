import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ControllerId, UserId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { StoredUser, UserStore } from "#main/identity/ports.ts";
import { PgUserStore } from "#main/storage/repositories/users.ts";
import { controllerId } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

let db: TestDatabase;
let users: UserStore;
beforeAll(async () => {
  db = await startDatabase();
  users = new PgUserStore(db.database, controllerId);
});
beforeEach(() => queryAs(db.fresh.config, "truncate user_account cascade"));
afterAll(() => db.stop());

function user(n: number, more: Partial<StoredUser> = {}): StoredUser {
  return {
    id: UserId.parse(`0190a000-0004-7000-8000-${String(n).padStart(12, "0")}`),
    username: `user${n}`,
    role: "viewer",
    createdAt: instantFrom(Date.UTC(2026, 0, n, 1, 2, 3, 456)),
    passwordHash: `$argon2id$hash-${n}`,
    pinHash: null,
    ...more,
  };
}

test("what was inserted is loaded, oldest first", async () => {
  await users.insert(user(2, { role: "admin" }));
  await users.insert(user(1));
  expect(await users.load()).toEqual([user(1), user(2, { role: "admin" })]);
});

test("a change is kept", async () => {
  await users.insert(user(1));
  const next = user(1, { username: "Bella", role: "operator", passwordHash: "other", pinHash: "pin" });
  await users.update(next);
  expect(await users.load()).toEqual([next]);
});

test("a username that is taken, in whatever case, is a conflict", async () => {
  await users.insert(user(1, { username: "Bella" }));
  await users.insert(user(2));
  await expect(users.insert(user(3, { username: "bella" }))).rejects.toMatchObject({ code: "conflict" });
  await expect(users.update(user(2, { username: "BELLA" }))).rejects.toMatchObject({ code: "conflict" });
});

test("changing one that is not there says so; removing it does nothing", async () => {
  await expect(users.update(user(1))).rejects.toMatchObject({ code: "not-found" });
  await users.remove(user(1).id);
});

test("controllers that share a database have their own users", async () => {
  const others = new PgUserStore(db.database, ControllerId.parse("0190a000-0000-7000-8000-000000000002"));
  await users.insert(user(1));
  await others.insert(user(1, { role: "admin" }));
  await others.remove(user(1).id);
  expect(await users.load()).toEqual([user(1)]);
  expect(await others.load()).toEqual([]);
});

test("a PIN is kept, and taken away again", async () => {
  await users.insert(user(1, { pinHash: "$argon2id$pin" }));
  expect(await users.load()).toEqual([user(1, { pinHash: "$argon2id$pin" })]);
  await users.update(user(1));
  expect(await users.load()).toEqual([user(1)]);
});
