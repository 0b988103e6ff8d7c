import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import type { Session } from "#contract/identity.ts";
import { Identity } from "#main/identity/identity.ts";
import type { StoredUser } from "#main/identity/ports.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { FakeSessionStore } from "#tests/fakes/fake-session-store.ts";
import { FakeUserStore } from "#tests/fakes/fake-user-store.ts";

const START_MS = Date.UTC(2026, 0, 1);
const PASSWORD = "ten letters";
const HERE = "192.0.2.1";

interface Bench {
  readonly identity: Identity;
  readonly clock: VirtualClock;
  readonly users: FakeUserStore;
  readonly sessions: FakeSessionStore;
  readonly secrets: FakeSecretStore;
  /** The same stores under a new Identity. */
  restarted(options?: { cachedUsers?: readonly StoredUser[] }): Promise<Identity>;
}

async function emptyBench(): Promise<Bench> {
  const clock = new VirtualClock(START_MS);
  const parts = {
    clock,
    users: new FakeUserStore(),
    sessions: new FakeSessionStore(),
    secrets: new FakeSecretStore(),
  };
  const restarted: Bench["restarted"] = async (options = {}) => {
    const identity = new Identity({ ...parts, log: SILENT_LOG, ...options });
    await identity.start();
    return identity;
  };
  return { ...parts, identity: await restarted(), restarted };
}

async function benchWithAdmin(): Promise<Bench & { readonly session: Session }> {
  const bench = await emptyBench();
  await bench.identity.ensureFirstAdmin("keeper", PASSWORD);
  return { ...bench, session: await bench.identity.login({ username: "keeper", password: PASSWORD }, HERE) };
}

const unauthenticated = { code: "unauthenticated" };

test("a login answers with a token that says who, and nothing of the role", async () => {
  const { identity, session } = await benchWithAdmin();

  expect(session).toMatchObject({ expiresInS: 900, user: { username: "keeper", role: "admin" } });
  expect(JSON.stringify(session)).not.toContain("argon2");
  expect(new Set(Object.keys(decodeJwt(session.accessToken)))).toEqual(new Set(["sub", "sid", "iat", "exp"]));
  await expect(identity.authenticate(session.accessToken)).resolves.toMatchObject({
    username: "keeper",
    role: "admin",
  });
});

test("a wrong password and an unknown user are refused with the same words", async () => {
  const { identity } = await benchWithAdmin();
  const said = async (username: string) =>
    identity.login({ username, password: "wrong password" }, HERE).catch((error: Error) => error.message);

  expect(await said("keeper")).toBe(await said("nobody"));
  await expect(identity.login({ username: "keeper", password: "x" }, HERE)).rejects.toMatchObject(unauthenticated);
});

test("capitals in a username make no difference", async () => {
  const { identity } = await benchWithAdmin();
  await expect(identity.login({ username: "KEEPER", password: PASSWORD }, HERE)).resolves.toBeDefined();
  await expect(
    identity.createUser({ username: "Keeper", password: PASSWORD, role: "viewer" }),
  ).rejects.toMatchObject({
    code: "conflict",
  });
});

test("an access token ends after 15 minutes, and a foreign or unsigned one never counts", async () => {
  const { identity, clock, session } = await benchWithAdmin();
  const principal = await identity.authenticate(session.accessToken);
  const [, payload] = session.accessToken.split(".");
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
  await expect(identity.authenticate(unsigned)).rejects.toMatchObject(unauthenticated);
  const other = await benchWithAdmin();
  await expect(identity.authenticate(other.session.accessToken)).rejects.toMatchObject(unauthenticated);

  await clock.advance(899_000);
  expect(identity.isStillValid(principal)).toBe(true);
  await clock.advance(2_000);
  expect(identity.isStillValid(principal)).toBe(false);
  await expect(identity.authenticate(session.accessToken)).rejects.toMatchObject(unauthenticated);
});

test("refresh tokens rotate, survive a restart, and are kept as hashes alone", async () => {
  const bench = await benchWithAdmin();
  const second = await bench.identity.refresh(bench.session);
  const again = await bench.restarted();
  const third = await again.refresh(second);

  await expect(again.authenticate(third.accessToken)).resolves.toMatchObject({ username: "keeper" });
  const kept = JSON.stringify([...bench.sessions.tokens.values()]);
  for (const { refreshToken } of [bench.session, second, third]) expect(kept).not.toContain(refreshToken);
});

test("using an old refresh token ends its whole family, and no other", async () => {
  const { identity, session } = await benchWithAdmin();
  const elsewhere = await identity.login({ username: "keeper", password: PASSWORD }, HERE);
  const second = await identity.refresh(session);

  await expect(identity.refresh(session)).rejects.toMatchObject(unauthenticated);
  await expect(identity.refresh(second)).rejects.toMatchObject(unauthenticated);
  await expect(identity.authenticate(second.accessToken)).rejects.toMatchObject(unauthenticated);
  await expect(identity.authenticate(elsewhere.accessToken)).resolves.toBeDefined();
});

test("of two refreshes with one token at once, at most one ever counts", async () => {
  const { identity, session } = await benchWithAdmin();
  const results = await Promise.allSettled([identity.refresh(session), identity.refresh(session)]);
  const given = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));

  expect(given.length).toBeLessThanOrEqual(1);
  for (const { refreshToken } of given)
    await expect(identity.refresh({ refreshToken })).rejects.toMatchObject(unauthenticated);
});

const TRADE_KEY = "a key of at least 22 characters";

test("a trade whose answer was lost is made again with its key, over a restart too, and has the same answer until that is traded itself", async () => {
  const bench = await benchWithAdmin();
  const trade = { refreshToken: bench.session.refreshToken, tradeKey: TRADE_KEY };
  const first = await bench.identity.refresh(trade);
  const again = await bench.restarted();
  const second = await again.refresh(trade);
  expect(second.refreshToken).toBe(first.refreshToken);
  await expect(again.authenticate(second.accessToken)).resolves.toBeDefined();

  const third = await again.refresh({ refreshToken: second.refreshToken, tradeKey: TRADE_KEY });
  await expect(again.refresh(trade)).rejects.toMatchObject(unauthenticated);
  await expect(again.authenticate(third.accessToken)).rejects.toMatchObject(unauthenticated);
});

test("the same trade made twice at once is one trade", async () => {
  const { identity, session } = await benchWithAdmin();
  const trade = { refreshToken: session.refreshToken, tradeKey: TRADE_KEY };
  const [one, other] = await Promise.all([identity.refresh(trade), identity.refresh(trade)]);
  expect(other.refreshToken).toBe(one.refreshToken);
  await expect(identity.refresh(one)).resolves.toBeDefined();
});

test.each([
  ["without a key", undefined],
  ["with another key", "another key of 22 characters"],
])("an old token %s ends the family, whatever key it was traded with", async (_, tradeKey) => {
  const { identity, session } = await benchWithAdmin();
  const next = await identity.refresh({ refreshToken: session.refreshToken, tradeKey: TRADE_KEY });
  await expect(identity.refresh({ refreshToken: session.refreshToken, tradeKey })).rejects.toMatchObject(
    unauthenticated,
  );
  await expect(identity.authenticate(next.accessToken)).rejects.toMatchObject(unauthenticated);
});

test("a refresh that the store could not keep may be tried again", async () => {
  const { identity, session, sessions } = await benchWithAdmin();
  sessions.isFull = true;
  await expect(identity.refresh(session)).rejects.toMatchObject({ code: "store-full" });
  sessions.isFull = false;
  await expect(identity.refresh(session)).resolves.toBeDefined();
});

test("a keeper signs in though the store takes nothing: the session lasts until the program stops", async () => {
  const { identity, sessions, restarted } = await benchWithAdmin();
  sessions.isFull = true;
  const session = await identity.login({ username: "keeper", password: PASSWORD }, HERE);
  expect((await identity.authenticate(session.accessToken)).username).toBe("keeper");
  sessions.isFull = false;
  const next = await restarted();
  await expect(next.refresh(session)).rejects.toMatchObject(unauthenticated);
});

test("refresh tokens end after 30 days without use, and are dropped", async () => {
  const { identity, clock, session, sessions } = await benchWithAdmin();
  await clock.advance(30 * 86_400_000 + 3_600_000);

  await expect(identity.refresh(session)).rejects.toMatchObject(unauthenticated);
  expect(sessions.tokens.size).toBe(0);
});

test("logout ends the session; unknown tokens are ignored", async () => {
  const { identity, session } = await benchWithAdmin();
  await identity.logout("no such token");
  await identity.logout(session.refreshToken);

  await expect(identity.refresh(session)).rejects.toMatchObject(unauthenticated);
  await expect(identity.authenticate(session.accessToken)).rejects.toMatchObject(unauthenticated);
});

test("the 21st failed login of a minute is refused with the time to wait, and the window slides", async () => {
  const { identity, clock } = await benchWithAdmin();
  const wrong = () => identity.login({ username: "keeper", password: "wrong password" }, HERE);
  for (let i = 0; i < 20; i++) {
    await expect(wrong()).rejects.toMatchObject(unauthenticated);
    await clock.advance(1_000);
  }

  await expect(wrong()).rejects.toMatchObject({ code: "too-many-requests", context: { retryAfterS: 40 } });
  await expect(identity.login({ username: "keeper", password: PASSWORD }, "192.0.2.2")).resolves.toBeDefined();
  await clock.advance(40_000);
  await expect(identity.login({ username: "keeper", password: PASSWORD }, HERE)).resolves.toBeDefined();
});

test("failed logins in parallel are counted too", async () => {
  const { identity } = await benchWithAdmin();
  const tries = Array.from({ length: 30 }, () => identity.login({ username: "nobody", password: "x" }, HERE));
  const codes = (await Promise.allSettled(tries)).map((result) =>
    result.status === "rejected" ? result.reason.code : "",
  );

  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(20);
  expect(codes.filter((code) => code === "too-many-requests")).toHaveLength(10);
});

test("the addresses of one IPv6 network count as one", async () => {
  const { identity } = await benchWithAdmin();
  for (let i = 0; i < 20; i++) {
    const address = `2001:db8:0:1::${i.toString(16)}`;
    await expect(identity.login({ username: "x1", password: "x" }, address)).rejects.toMatchObject(
      unauthenticated,
    );
  }
  await expect(identity.login({ username: "x1", password: "x" }, "2001:db8:0:1:9::1")).rejects.toMatchObject({
    code: "too-many-requests",
  });
});

test("the setup code makes the first admin, once", async () => {
  const { identity } = await emptyBench();
  const code = identity.setupCode() ?? "";
  expect(identity.needsSetup()).toBe(true);
  expect(code).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);

  const wrong = identity.setup({ code: "0000-0000-0000-0000", username: "first", password: PASSWORD });
  await expect(wrong).rejects.toMatchObject(unauthenticated);
  const given = code.toLowerCase().replaceAll("-", " ");
  await expect(identity.setup({ code: given, username: "first", password: PASSWORD })).resolves.toMatchObject({
    role: "admin",
  });
  expect(identity.setupCode()).toBeNull();
  await expect(identity.setup({ code, username: "second", password: PASSWORD })).rejects.toMatchObject(
    unauthenticated,
  );
});

test("the code given twice at once makes one admin", async () => {
  const { identity, users } = await emptyBench();
  const code = identity.setupCode() ?? "";
  const results = await Promise.allSettled(
    ["one", "two"].map((username) => identity.setup({ code, username, password: PASSWORD })),
  );
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(users.users).toHaveLength(1);
});

test("the first admin of the settings is made once, and never changes one who is there", async () => {
  const bench = await benchWithAdmin();
  const again = await bench.restarted();
  await again.ensureFirstAdmin("other", "another password");

  expect((await again.listUsers()).map((user) => user.username)).toEqual(["keeper"]);
  expect(again.setupCode()).toBeNull();
  await expect(bench.identity.ensureFirstAdmin("x", PASSWORD)).rejects.toMatchObject({ code: "bad-setting" });
  await expect(bench.identity.ensureFirstAdmin("keeper", "short")).rejects.toMatchObject({ code: "bad-setting" });
});

test("the last admin can neither be removed nor demoted, even by two at once", async () => {
  const { identity } = await benchWithAdmin();
  const [first] = await identity.listUsers();
  const firstId = first?.id ?? "";
  await expect(identity.deleteUser(firstId)).rejects.toMatchObject({ code: "conflict" });
  await expect(identity.updateUser(firstId, { role: "operator" })).rejects.toMatchObject({ code: "conflict" });

  const second = await identity.createUser({ username: "second", password: PASSWORD, role: "admin" });
  const results = await Promise.allSettled([
    identity.updateUser(firstId, { role: "viewer" }),
    identity.deleteUser(second.id),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await identity.listUsers()).filter((user) => user.role === "admin")).toHaveLength(1);
});

test("a changed role and a removed user count at once, in tokens given before", async () => {
  const { identity } = await benchWithAdmin();
  const user = await identity.createUser({ username: "helper", password: PASSWORD, role: "operator" });
  const { accessToken, refreshToken } = await identity.login({ username: "helper", password: PASSWORD }, HERE);
  const principal = await identity.authenticate(accessToken);

  await identity.updateUser(user.id, { role: "viewer" });
  expect(identity.principalNow(principal)?.role).toBe("viewer");
  await expect(identity.authenticate(accessToken)).resolves.toMatchObject({ role: "viewer" });

  await identity.deleteUser(user.id);
  expect(identity.isStillValid(principal)).toBe(false);
  await expect(identity.authenticate(accessToken)).rejects.toMatchObject(unauthenticated);
  await expect(identity.refresh({ refreshToken })).rejects.toMatchObject(unauthenticated);
  await expect(identity.getUser(user.id)).rejects.toMatchObject({ code: "not-found" });
});

test("changing one's own password needs the current one and ends the other sessions", async () => {
  const { identity, session } = await benchWithAdmin();
  const elsewhere = await identity.login({ username: "keeper", password: PASSWORD }, HERE);
  const principal = await identity.authenticate(session.accessToken);

  const wrong = identity.updateSelf(principal, { password: "a new password", currentPassword: "not this one" });
  await expect(wrong).rejects.toMatchObject({ code: "invalid", details: [{ field: "currentPassword" }] });
  await identity.updateSelf(principal, { password: "a new password", currentPassword: PASSWORD });

  expect(identity.isStillValid(principal)).toBe(true);
  await expect(identity.authenticate(elsewhere.accessToken)).rejects.toMatchObject(unauthenticated);
  await expect(identity.login({ username: "keeper", password: PASSWORD }, HERE)).rejects.toMatchObject(
    unauthenticated,
  );
  await expect(identity.login({ username: "keeper", password: "a new password" }, HERE)).resolves.toBeDefined();
});

test("a password set by an admin ends every session of its user", async () => {
  const { identity } = await benchWithAdmin();
  const user = await identity.createUser({ username: "helper", password: PASSWORD, role: "viewer" });
  const { accessToken } = await identity.login({ username: "helper", password: PASSWORD }, HERE);
  await identity.updateUser(user.id, { password: "another password" });
  await expect(identity.authenticate(accessToken)).rejects.toMatchObject(unauthenticated);
});

test("while the database is away, known users sign in, and changes say why they fail", async () => {
  const bench = await benchWithAdmin();
  const cachedUsers = [...bench.users.users];
  bench.users.isAway = true;
  const again = await bench.restarted({ cachedUsers });

  await expect(again.login({ username: "keeper", password: PASSWORD }, HERE)).resolves.toBeDefined();
  await expect(again.authenticate(bench.session.accessToken)).resolves.toBeDefined();
  const create = again.createUser({ username: "helper", password: PASSWORD, role: "viewer" });
  await expect(create).rejects.toMatchObject({ code: "database-away" });
  expect((await again.listUsers()).map((user) => user.username)).toEqual(["keeper"]);
});

test("with nobody known, nobody can sign in or set up, until the database is back", async () => {
  const bench = await benchWithAdmin();
  bench.users.isAway = true;
  const again = await bench.restarted();
  await again.ensureFirstAdmin("other", "another password");

  expect(again.needsSetup()).toBe(false);
  expect(again.setupCode()).toBeNull();
  const login = () => again.login({ username: "keeper", password: PASSWORD }, HERE);
  await expect(login()).rejects.toMatchObject({ code: "database-away" });
  await expect(again.setup({ code: "x", username: "evil", password: PASSWORD })).rejects.toMatchObject({
    code: "database-away",
  });

  bench.users.isAway = false;
  await bench.clock.advance(5_000);
  await expect(login()).resolves.toBeDefined();
  expect((await again.listUsers()).map((user) => user.username)).toEqual(["keeper"]);
  await again.stop();
});

test("every change of users is handed on, so that a copy can be kept", async () => {
  const seen: number[] = [];
  const identity = new Identity({
    clock: new VirtualClock(START_MS),
    users: new FakeUserStore(),
    sessions: new FakeSessionStore(),
    secrets: new FakeSecretStore(),
    log: SILENT_LOG,
    onUsersChanged: (users) => seen.push(users.length),
  });
  await identity.start();
  await identity.ensureFirstAdmin("keeper", PASSWORD);
  await identity.createUser({ username: "helper", password: PASSWORD, role: "viewer" });
  expect(seen).toEqual([0, 1, 2]);
});

test("a PIN is set with the password, kept as a hash alone, shown as a yes, and taken away again", async () => {
  const { identity, users, session } = await benchWithAdmin();
  const principal = await identity.authenticate(session.accessToken);
  const change = (pin: string | null, currentPassword = PASSWORD) =>
    identity.setPin(principal, { pin, currentPassword });
  await expect(identity.verifyPin(principal, "4711")).rejects.toMatchObject({ code: "forbidden" });
  await expect(change("4711", "wrong password")).rejects.toMatchObject({
    code: "invalid",
    details: [{ field: "currentPassword" }],
  });
  expect(session.user.hasPin).toBe(false);

  expect(await change("4711")).toMatchObject({ username: "keeper", hasPin: true });
  expect(users.users[0]?.pinHash).toMatch(/^\$argon2id\$/);
  expect(JSON.stringify(await identity.listUsers())).not.toContain("argon2");
  await expect(identity.verifyPin(principal, "4711")).resolves.toBeUndefined();
  await identity.updateSelf(principal, { username: "bella" });
  await expect(identity.verifyPin(principal, "4711")).resolves.toBeUndefined();

  expect(await change(null)).toMatchObject({ hasPin: false });
  await expect(identity.verifyPin(principal, "4711")).rejects.toMatchObject({ code: "forbidden" });
});

test("after 5 wrong PINs in a minute even the right one waits, and signing in does not", async () => {
  const { identity, clock, session } = await benchWithAdmin();
  const principal = await identity.authenticate(session.accessToken);
  await identity.setPin(principal, { pin: "4711", currentPassword: PASSWORD });
  for (let i = 0; i < 3; i++) await identity.verifyPin(principal, "4711");
  for (let i = 0; i < 5; i++) {
    await expect(identity.verifyPin(principal, "0000")).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(identity.verifyPin(principal, "4711")).rejects.toMatchObject({
    code: "too-many-requests",
    message: "Too many wrong PINs; try again in 60 s",
    context: { retryAfterS: 60 },
  });
  await expect(identity.login({ username: "keeper", password: PASSWORD }, HERE)).resolves.toBeDefined();
  await clock.advance(60_001);
  await expect(identity.verifyPin(principal, "4711")).resolves.toBeUndefined();
});

test("while the database is away a PIN still unlocks, and none is changed", async () => {
  const bench = await benchWithAdmin();
  const principal = await bench.identity.authenticate(bench.session.accessToken);
  await bench.identity.setPin(principal, { pin: "4711", currentPassword: PASSWORD });
  bench.users.isAway = true;
  const again = await bench.restarted({ cachedUsers: bench.users.users });
  await expect(again.verifyPin(principal, "4711")).resolves.toBeUndefined();
  const change = again.setPin(principal, { pin: null, currentPassword: PASSWORD });
  await expect(change).rejects.toMatchObject({ code: "database-away" });
});
