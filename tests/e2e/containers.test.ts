import { expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { channelOf, demoTank, type Json, outputWhere } from "#tests/reef.ts";

const CONTAINER_ML = 500;
const ML_PER_DAY = 10;
/** What the keeper measured, mL/s; another than the demo's own. */
const MEASURED = 0.75;
const RUN_S = 6;

test("a dose pump's measured flow, what is left of its container, and its refill: a kill after each answer loses none of it (Dosing containers)", async ({
  onTestFinished,
}) => {
  let host = await HeadlessHost.start();
  onTestFinished(() => host.dispose());
  let client = await ApiClient.signedIn(host);
  const demo = await demoTank(client);
  const pump = channelOf(demo, "doser-alkalinity").id;
  let loopId = "";
  const killAndStart = async () => {
    await host.cutPower();
    host = await HeadlessHost.start({ dataDir: host.dataDir });
    client = await ApiClient.signedIn(host);
  };
  const live = (what: string, is: (state: Json) => boolean): Promise<Json> =>
    until(what, 20_000, async () => {
      const { body } = await client.get(`/loops/${loopId}`);
      return body.live.containerLeftMl !== null && is(body.live) ? body.live : undefined;
    });

  const calibrated = await client.patch(`/channels/${pump}`, { equipment: { flowMlPerS: MEASURED } });
  expect(calibrated.status).toBe(200);
  await killAndStart();
  expect((await client.get(`/channels/${pump}`)).body.equipment.flowMlPerS).toBe(MEASURED);

  const doser = { type: "doser", name: "Alkalinity", pumpChannelId: pump, mlPerDay: ML_PER_DAY, dosesPerDay: 1 };
  const created = await client.post("/loops", { ...doser, containerMl: CONTAINER_ML });
  expect(created.status).toBe(201);
  loopId = created.body.id;
  const full = await live("a full container", () => true);
  expect(full.containerLeftMl).toBeCloseTo(CONTAINER_ML, 0);
  expect(full.containerDaysLeft).toBeCloseTo(full.containerLeftMl / ML_PER_DAY, 5);

  const is = (what: string, holds: (output: Json) => boolean) =>
    outputWhere(client, pump, { what, limitMs: 30_000, is: holds });
  await client.post(`/outputs/${pump}/override`, { level: 100, durationS: RUN_S });
  await is("the pump to run", ({ actual }) => actual === 100);
  await is("the run to end", ({ actual }) => actual === 0);
  const used = await live("the run to count", ({ containerLeftMl }) => containerLeftMl < full.containerLeftMl - 1);
  const goneMl = CONTAINER_ML - used.containerLeftMl;
  expect(goneMl).toBeGreaterThan(RUN_S * MEASURED * 0.6);
  expect(goneMl).toBeLessThan(RUN_S * MEASURED * 2);
  expect(used.containerDaysLeft).toBeCloseTo(used.containerLeftMl / ML_PER_DAY, 5);
  await killAndStart();
  const kept = await live("the container to be known again", () => true);
  expect(kept.containerLeftMl).toBeGreaterThan(used.containerLeftMl - RUN_S * MEASURED);
  expect(kept.containerLeftMl).toBeLessThanOrEqual(used.containerLeftMl + 0.01);

  const refilled = await client.post(`/loops/${loopId}/refill`);
  await killAndStart();
  expect(refilled).toMatchObject({ status: 200, body: { live: { containerLeftMl: CONTAINER_ML } } });
  const after = await live("the container to be known again", () => true);
  expect(after).toMatchObject({ containerLeftMl: CONTAINER_ML, containerDaysLeft: CONTAINER_ML / ML_PER_DAY });

  const topOff = (await client.get("/loops")).body.items.find(({ type }: Json) => type === "top-off");
  if (topOff !== undefined) expect((await client.post(`/loops/${topOff.id}/refill`)).status).toBe(409);
  const nobody = await client.post(`/loops/${pump}/refill`);
  expect(nobody.status).toBe(404);
});
