import { callTRPCProcedure } from "@trpc/server";
import { expect, test } from "vitest";
import { appRouter, wholeRouter } from "#main/api/app-router.ts";
import type { ApiContext } from "#main/api/context.ts";
import { LONE_CALL } from "#main/api/lone-call.ts";
import type { ProcedureMeta } from "#main/api/trpc.ts";
import { fakeServices, PASSWORD } from "#tests/fakes/fake-services.ts";

interface Listed {
  readonly name: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly meta: ProcedureMeta | undefined;
}

const PROCEDURES: readonly Listed[] = Object.entries(
  wholeRouter()._def.procedures as unknown as Record<
    string,
    { _def: { type: Listed["type"]; meta?: ProcedureMeta } }
  >,
).map(([name, { _def }]) => ({ name, type: _def.type, meta: _def.meta }));
const services = await fakeServices();
/** A read that needs a body is asked with POST. */
const isPreview = (name: string) => name.endsWith(".preview");
const OWN_ACCOUNT = ["users.patchMe", "users.setPin", "users.patchPreferences", "auth.verifyPin"];

async function call({ name, type }: Listed, role: "viewer" | "operator" | "admin" | null): Promise<unknown> {
  const principal = role === null ? null : await services.identity.authenticate(services.tokens[role]);
  const ctx: ApiContext = {
    ...services,
    ...LONE_CALL,
    principal,
    address: "192.0.2.7",
  };
  const signal = AbortSignal.abort();
  return callTRPCProcedure({
    router: appRouter,
    path: name,
    type,
    ctx,
    getRawInput: async () => undefined,
    signal,
    batchIndex: 0,
  });
}

const codeOf = async (procedure: Listed, role: "viewer" | "operator" | "admin" | null) =>
  call(procedure, role).then(
    () => "OK",
    (error: { code: string }) => error.code,
  );

test("there are procedures, and none without a role", () => {
  expect(PROCEDURES.length).toBeGreaterThan(30);
  expect(PROCEDURES.filter(({ meta }) => meta?.role === undefined)).toEqual([]);
});

test("only signing in and setting up are open to everyone", () => {
  const open = PROCEDURES.filter(({ meta }) => meta?.role === "public").map(({ name }) => name);
  expect(open.sort()).toEqual(["auth.firstRun", "auth.login", "auth.logout", "auth.refresh", "auth.setup"]);
});

test.each(PROCEDURES.filter(({ meta }) => meta?.role !== "public"))(
  "$name is refused to nobody in particular",
  async (procedure) => {
    expect(await codeOf(procedure, null)).toBe("UNAUTHORIZED");
  },
);

test.each(
  PROCEDURES.filter(
    ({ name, type, meta }) =>
      type === "mutation" && meta?.role !== "public" && !OWN_ACCOUNT.includes(name) && !isPreview(name),
  ),
)("a viewer may not $name, whatever he sends", async (procedure) => {
  expect(await codeOf(procedure, "viewer")).toBe("FORBIDDEN");
});

test.each(PROCEDURES.filter(({ meta }) => meta?.role === "admin"))(
  "an operator may not $name",
  async (procedure) => {
    expect(await codeOf(procedure, "operator")).toBe("FORBIDDEN");
  },
);

test.each(PROCEDURES)("an admin may $name", async (procedure) => {
  expect(["FORBIDDEN", "UNAUTHORIZED"]).not.toContain(await codeOf(procedure, "admin"));
});

test("an admin who was made a viewer may no more what he began as", async () => {
  const { id } = await services.identity.createUser({ username: "second", password: PASSWORD, role: "admin" });
  const session = await services.identity.login({ username: "second", password: PASSWORD }, "192.0.2.7");
  const principal = await services.identity.authenticate(session.accessToken);
  const caller = appRouter.createCaller({ ...services, ...LONE_CALL, principal, address: "x" });
  await expect(caller.users.list({})).resolves.toBeDefined();

  await services.identity.updateUser(id, { role: "viewer" });
  await expect(caller.users.list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  await services.identity.deleteUser(id);
  await expect(caller.users.me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
