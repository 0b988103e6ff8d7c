import { expect, test } from "vitest";
import { House } from "#main/simulate-cli/machine/house.ts";

const house = (params: Record<string, unknown> = {}) =>
  new House({
    params: { hasHeaterOutlet: true, hasSumpFloats: true, hasDoserMeter: true, ...params },
    startMs: Date.UTC(2026, 0, 1),
  });

test("one tank outlives its controllers: the next driver finds it as the last one left it", async () => {
  const at = house();
  await at.plugIn().write("heater", 100);
  await at.clock.advance(3_600_000);
  const warmC = at.truth().sumpC;
  expect(warmC).toBeGreaterThan(25.3);
  expect(await at.plugIn().readBack("heater")).toBe(100);
  expect(at.truth().sumpC).toBe(warmC);
});

test("without mains nothing runs, whatever its plug says; with it again, everything is as it was", async () => {
  const at = house();
  const driver = at.plugIn();
  for (const key of ["heater", "return-pump", "top-off"]) await driver.write(key, 100);
  await at.clock.advance(60_000);
  at.setMains(false);
  await at.clock.advance(600_000);
  const { reservoirL } = at.truth();
  expect(at.truth()).toMatchObject({ heaterW: 0, returnLPerH: 0 });
  await at.clock.advance(600_000);
  expect(at.truth().reservoirL).toBe(reservoirL);
  at.setMains(true);
  await at.clock.advance(60_000);
  expect(at.truth().heaterW).toBe(300);
  expect(at.truth().reservoirL).toBeLessThan(reservoirL);
});

test("a welded heater stays on when it is told off, and goes off with the outlet above it", async () => {
  const at = house();
  const driver = at.plugIn();
  await driver.write("heater", 100);
  at.strike({ name: "heater-relay-stuck-on" });
  await driver.write("heater", 0);
  expect(at.truth().heaterW).toBe(300);
  await driver.write("heater-outlet", 0);
  expect(at.truth().heaterW).toBe(0);
  expect((await driver.sample(["heater-power"])).get("heater-power")).toEqual({ value: 0 });
});

test("the floats swim at their levels, and stick where they are told to", async () => {
  const at = house();
  const driver = at.plugIn();
  const floats = async () => [...(await driver.sample(["sump-float", "sump-high-float"])).values()];
  expect(await floats()).toEqual([{ value: 1 }, { value: 0 }]);
  at.strike({ name: "float-stuck-wet", key: "sump-high-float" }, { name: "float-stuck-dry", key: "sump-float" });
  expect(await floats()).toEqual([{ value: 0 }, { value: 1 }]);
  at.cure("float-stuck-wet");
  expect(await floats()).toEqual([{ value: 0 }, { value: 0 }]);
});

test("a dosing pump that runs on draws power after it was switched off", async () => {
  const at = house();
  const driver = at.plugIn();
  const powerW = async () => (await driver.sample(["doser-power"])).get("doser-power");
  expect(await powerW()).toEqual({ value: 0 });
  at.strike({ name: "dose-pump-running-on" });
  await driver.write("doser-alkalinity", 100);
  await at.clock.advance(2_000);
  await driver.write("doser-alkalinity", 0);
  await at.clock.advance(10_000);
  expect(await powerW()).toEqual({ value: expect.closeTo(12, 0) });
  await at.clock.advance(60_000);
  expect(await powerW()).toEqual({ value: 0 });
});

test("a reservoir of its own size is filled again by somebody", () => {
  const at = house({ reservoirL: 60 });
  expect(at.truth().reservoirL).toBe(60);
  at.strike({ name: "reservoir-empty" });
  expect(at.truth().reservoirL).toBe(0);
  at.tank.refillReservoir();
  expect(at.truth().reservoirL).toBe(60);
});
