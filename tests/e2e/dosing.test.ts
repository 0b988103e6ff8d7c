import { expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { channelOf, demoTank, type Json, outputWhere, sleepMs } from "#tests/reef.ts";

const MINUTE_MS = 60_000;
/** mL/s. */
const FLOW = 0.5;
const DOSE_ML = 10;

/** The next minute by the clock on the wall, UTC, with a few seconds to spare. */
function nextMinute(): string {
  return new Date(Math.ceil((Date.now() + 4_000) / MINUTE_MS) * MINUTE_MS).toISOString().slice(11, 16);
}

test("a power cut in the middle of a dose: the pump is off, the dose counts whole, the rest is skipped, and no hand gets past its caps (Dose caps)", async ({
  onTestFinished,
}) => {
  let own = await HeadlessHost.start();
  onTestFinished(() => own.dispose());
  let client = await ApiClient.signedIn(own);
  expect((await client.patch("/settings", { timeZone: "UTC" })).status).toBe(200);
  const pump = channelOf(await demoTank(client), "doser-alkalinity").id;
  const doser = { type: "doser", name: "Alkalinity", pumpChannelId: pump, mlPerDay: DOSE_ML, dosesPerDay: 1 };
  const outputIs = (what: string, is: (output: Json) => boolean, limitMs = 10_000) =>
    outputWhere(client, pump, { what, limitMs, is });

  expect((await client.patch(`/channels/${pump}`, { equipment: { flowMlPerS: null } })).status).toBe(200);
  const early = await client.post("/loops", doser);
  expect(early.status).toBe(400);
  expect(early.body.error.details[0].message).toContain("calibrated");
  expect((await client.patch(`/channels/${pump}`, { equipment: { flowMlPerS: FLOW } })).status).toBe(200);
  const { status, body: loop } = await client.post("/loops", {
    ...doser,
    dosesFrom: nextMinute(),
    containerMl: 1_000,
  });
  expect(status).toBe(201);
  const live = async () => (await client.get(`/loops/${loop.id}`)).body.live;
  await until("the first decision", 5_000, async () => ((await live()).next === null ? undefined : true));
  expect((await live()).next.at).toMatch(/:00\.000Z$/);

  const on = await outputIs("the dose to begin", ({ actual }) => actual === 100, 90_000);
  expect(on).toMatchObject({ owner: "loop", reason: { code: "dose" } });
  expect(await live()).toMatchObject({ state: "dosing" });
  await sleepMs(1_000);
  await own.cutPower();
  own = await HeadlessHost.start({ dataDir: own.dataDir });
  client = await ApiClient.signedIn(own);
  await outputIs("the pump to be off", ({ actual }) => actual === 0);
  const after = await until("the doser to know", 5_000, async () => {
    const state = await live();
    return state.containerLeftMl === null ? undefined : state;
  });
  expect(after.dosedLastDayMl).toBeCloseTo(DOSE_ML, 0);
  expect(after.containerLeftMl).toBeCloseTo(1_000 - DOSE_ML, 0);
  await sleepMs(3_000);
  expect((await client.get(`/outputs/${pump}`)).body).toMatchObject({ requested: 0, actual: 0 });

  const latched = (await client.get(`/outputs/${pump}`)).body.faults.some((fault: Json) => fault.latched);
  if (latched) expect((await client.post(`/outputs/${pump}/reset`)).status).toBe(200);
  await client.post(`/outputs/${pump}/override`, { level: 100, durationS: 120 });
  await outputIs("its cap to cut it off", ({ actual, owner }) => actual === 0 && owner === "interlock", 60_000);
  const capped = await live();
  expect(capped.dosedLastDayMl).toBeGreaterThan(DOSE_ML);
  expect(capped.dosedLastDayMl).toBeLessThanOrEqual(DOSE_ML * 1.5 + 0.3);
  expect((await client.post(`/loops/${loop.id}/refill`)).body.live).toMatchObject({ containerLeftMl: 1_000 });
});
