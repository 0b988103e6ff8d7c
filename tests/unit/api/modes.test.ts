import { expect, test } from "vitest";
import type { ModeChange } from "#contract/modes.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import { fakeServices, HEATER_ID } from "#tests/fakes/fake-services.ts";

const feed = {
  name: "Feed",
  kind: "feed" as const,
  durationS: 900,
  outputs: [{ channelId: HEATER_ID, level: 0 }],
};

test("modes are made by admins, started and stopped by operators, and read by all", async () => {
  const services = await fakeServices();
  const admin = await callerFor(services, "admin");
  const operator = await callerFor(services, "operator");
  const viewer = await callerFor(services, "viewer");
  const made = await admin.modes.create(feed);
  expect(made).toMatchObject({ ...feed, outputs: [{ returnsAfterS: 0 }], suppresses: [] });
  expect(await viewer.modes.list({})).toEqual({ items: [made], nextCursor: null });
  expect(await viewer.modes.get({ id: made.id })).toEqual(made);
  expect(await admin.modes.patch({ id: made.id, durationS: 60 })).toEqual({ ...made, durationS: 60 });
  expect(await viewer.modes.active()).toEqual({ active: null });
  expect(await operator.modes.start({ id: made.id })).toMatchObject({ active: { name: "Feed", by: "operator" } });
  expect(await operator.modes.stop()).toEqual({ active: null });
  await admin.modes.delete({ id: made.id });
  await expect(viewer.modes.get({ id: made.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("modes.live sends every mode and what is on, then each as it changes", async () => {
  const services = await fakeServices();
  const admin = await callerFor(services, "admin");
  const made = await admin.modes.create(feed);
  const feedOf = (await admin.modes.live()) as AsyncGenerator<ModeChange, void>;
  const next = async () => (await feedOf.next()).value;
  expect(await next()).toEqual({ kind: "mode", mode: made });
  expect(await next()).toEqual({ kind: "active", active: null });
  await admin.modes.start({ id: made.id });
  expect(await next()).toMatchObject({ kind: "active", active: { modeId: made.id } });
  await admin.modes.patch({ id: made.id, durationS: 60 });
  expect(await next()).toMatchObject({ kind: "mode", mode: { durationS: 60 } });
  await admin.modes.delete({ id: made.id });
  expect(await next()).toEqual({ kind: "removed", id: made.id });
  await feedOf.return();
  expect(services.modes.listeners.size).toBe(0);
});
