import { expect, test, vi } from "vitest";
import { appRouter, ROUTER_PARTS } from "#main/api/app-router.ts";
import { type CallerLine, openSession, UNAUTHENTICATED } from "#main/api/connection.ts";
import { type FakeServices, fakeServices, PASSWORD } from "#tests/fakes/fake-services.ts";

/** A session on a line that remembers with which codes it was closed. */
async function opened(services: FakeServices | null = null) {
  const own = services ?? (await fakeServices());
  const codes: number[] = [];
  const line: CallerLine = {
    address: "ipc",
    whenWritable: async () => {},
    close: (code) => void codes.push(code),
  };
  return { services: own, codes, session: openSession(own, line) };
}

test("without a token a session is nobody's, until its caller signs in on it", async () => {
  const { services, codes, session } = await opened();
  for (const params of [null, {}, { other: "x" }])
    expect((await session.contextFrom(params)).principal).toBeNull();
  const ctx = await session.contextFrom(null);
  expect(ctx.address).toBe("ipc");
  await ctx.onSignedIn(services.tokens.operator);
  expect([ctx.principal?.username, session.principal?.role]).toEqual(["operator", "operator"]);
  expect(codes).toEqual([]);
});

test("a token signs in, and one that does not count closes the line with 4401", async () => {
  const { services, codes, session } = await opened();
  expect((await session.contextFrom({ token: services.tokens.viewer })).principal?.username).toBe("viewer");
  await expect(session.contextFrom({ token: "not.a.token" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(codes).toEqual([UNAUTHENTICATED]);
});

test("a line that is somebody's waits for no renewal, least of all with an emergency stop", async () => {
  const { services, session } = await opened();
  const ctx = await session.contextFrom({ token: services.tokens.operator });
  void ctx.signIns.take(() => new Promise(() => undefined));
  expect((await appRouter.createCaller(ctx).emergencyStop.engage()).isActive).toBe(true);
});

test("who asks for hundreds behind a sign-in is no page: told as too many requests, and the first hundred are answered", async () => {
  const { services, session } = await opened();
  const ctx = await session.contextFrom(null);
  let end: () => void = () => undefined;
  const signIn = ctx.signIns.take(() => new Promise<void>((resolve) => (end = resolve)));
  const ask = () => appRouter.createCaller(ctx).channels.list({});
  const first = Array.from({ length: 100 }, () => ask());
  await expect(ask()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", cause: { code: "too-many-requests" } });
  await ctx.onSignedIn(services.tokens.viewer);
  end();
  await Promise.all([signIn, ...first]);
});

test("the sign-in is there before any other part of the router: what is asked behind it must not overtake it", async () => {
  vi.resetModules();
  const fresh = await import("#main/api/app-router.ts");
  const lazy = Object.keys(fresh.appRouter._def.lazy);
  expect(lazy).not.toContain("auth");
  expect(lazy).toHaveLength(ROUTER_PARTS.length - 1);
});

test("a line is closed within 60 s of its token's end, unless it signed in again", async () => {
  const { services, codes, session } = await opened();
  const other = await opened(services);
  const ctx = await session.contextFrom({ token: services.tokens.viewer });
  await other.session.contextFrom({ token: services.tokens.viewer });
  await services.clock.advance(880_000);
  const again = await services.identity.login({ username: "viewer", password: PASSWORD }, "ipc");
  await ctx.onSignedIn(again.accessToken);
  await services.clock.advance(60_000);
  expect(codes).toEqual([]);
  expect(other.codes[0]).toBe(UNAUTHENTICATED);
});

test("a line whose user was removed is closed, and one that ended is watched no more", async () => {
  const { services, codes, session } = await opened();
  const gone = await opened(services);
  const { id } = await services.identity.createUser({ username: "helper", password: PASSWORD, role: "admin" });
  const { accessToken } = await services.identity.login({ username: "helper", password: PASSWORD }, "ipc");
  await session.contextFrom({ token: accessToken });
  await gone.session.contextFrom({ token: accessToken });
  gone.session.end();
  await services.identity.deleteUser(id);
  await services.clock.advance(60_000);
  expect(codes[0]).toBe(UNAUTHENTICATED);
  expect(gone.codes).toEqual([]);
});
