import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import type { SafeMode } from "#contract/system.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import { fakeServices } from "#tests/fakes/fake-services.ts";

const HOLDS: SafeMode = {
  isActive: true,
  since: "2026-01-01T00:00:00.000Z",
  endsAt: "2026-01-01T01:00:00.000Z",
  crashes: 3,
  text: "Safe mode.",
};
const OVER: SafeMode = { isActive: false, since: null, endsAt: null, crashes: 0, text: "Everything runs." };

/** A program in safe mode, which notes who ended it. */
async function inSafeMode() {
  const services = await fakeServices();
  let state = HOLDS;
  const endedBy: string[] = [];
  services.system.safeMode = () => state;
  services.system.endSafeMode = (by) => {
    if (!state.isActive) throw new ReefFault("conflict", "Safe mode does not hold.");
    endedBy.push(by);
    state = OVER;
    return state;
  };
  return { services, endedBy };
}

test("whoever is signed in sees whether safe mode holds, since when and why", async () => {
  const { services } = await inSafeMode();
  expect(await (await callerFor(services, "viewer")).system.safeMode()).toEqual(HOLDS);
  await expect((await callerFor(services, null)).system.safeMode()).rejects.toMatchObject({
    code: "UNAUTHORIZED",
  });
});

test("an operator ends it, by name; a viewer may not, and a second end is a conflict", async () => {
  const { services, endedBy } = await inSafeMode();
  const viewer = await callerFor(services, "viewer");
  await expect(viewer.system.endSafeMode()).rejects.toMatchObject({ code: "FORBIDDEN" });
  const operator = await callerFor(services, "operator");
  expect(await operator.system.endSafeMode()).toEqual(OVER);
  expect(await viewer.system.safeMode()).toEqual(OVER);
  await expect(operator.system.endSafeMode()).rejects.toMatchObject({ code: "CONFLICT" });
  expect(endedBy).toEqual(["operator"]);
});
