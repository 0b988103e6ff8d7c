import { expect, test } from "vitest";
import { Identity } from "#main/identity/identity.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { fakeServices, PASSWORD } from "#tests/fakes/fake-services.ts";
import { FakeSessionStore } from "#tests/fakes/fake-session-store.ts";
import { FakeUserStore } from "#tests/fakes/fake-user-store.ts";

test("the window of a machine without users is told the setup code, and nobody over the network is", async () => {
  const services = await fakeServices();
  const stores = { users: new FakeUserStore(), sessions: new FakeSessionStore(), secrets: new FakeSecretStore() };
  const identity = new Identity({ ...stores, clock: services.clock, log: SILENT_LOG });
  await identity.start();
  const fresh = { ...services, identity };
  const window = await callerFor(fresh, null, { address: "ipc" });
  const { isNeeded, code } = await window.auth.firstRun();
  expect([isNeeded, code]).toEqual([true, identity.setupCode()]);
  expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  for (const address of ["127.0.0.1", "::1", "192.0.2.7", "unknown", ""]) {
    const other = await callerFor(fresh, null, { address });
    expect(await other.auth.firstRun()).toEqual({ isNeeded: true, code: null });
  }
  await window.auth.setup({ code: code ?? "", username: "keeper", password: PASSWORD });
  expect(await window.auth.firstRun()).toEqual({ isNeeded: false, code: null });
});
