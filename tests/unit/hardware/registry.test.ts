import { expect, test } from "vitest";
import { DeviceType } from "#contract/devices.ts";
import { ReefFault } from "#contract/errors.ts";
import { createDriver, DRIVERS, driverCatalog, driverOfType, driverTypes } from "#main/hardware/registry.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeFileBus } from "#tests/fakes/fake-file-bus.ts";
import { NO_ONE_WIRE_BUS } from "#tests/fakes/no-one-wire-bus.ts";

const context = {
  clock: new VirtualClock(),
  log: SILENT_LOG,
  buses: { oneWire: NO_ONE_WIRE_BUS, files: new FakeFileBus() },
};

function faultOf(run: () => unknown): ReefFault {
  try {
    run();
  } catch (error) {
    if (error instanceof ReefFault) return error;
  }
  throw new Error("expected a ReefFault");
}

test("every driver is described as the API shows it, with a JSON Schema that knows its defaults", () => {
  const types = driverTypes(DRIVERS);
  expect(types.map((type) => type.type)).toEqual(["simulated-tank", "replay", "ds18b20", "host"]);
  for (const type of types) expect(DeviceType.parse(type)).toEqual(type);
  expect(types[0]?.paramsSchema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: { volumeL: { default: 400, minimum: 40 } },
  });
  expect(types[0]?.paramsSchema["required"]).toBeUndefined();
});

test("parameters that do not fit are refused with every field named", () => {
  const params = { volumeL: -1, wings: 2, faults: ["leak", "moon"], roomMinC: Number.NaN };
  const fault = faultOf(() => createDriver(DRIVERS, { type: "simulated-tank", params }, context));
  expect(fault.code).toBe("invalid");
  expect(new Set(fault.details.map((detail) => detail.field))).toEqual(
    new Set(["params.volumeL", "params.wings", "params.faults.1", "params.roomMinC"]),
  );
});

test("an unknown type is refused by name", () => {
  const fault = faultOf(() => driverOfType(DRIVERS, "flux-capacitor"));
  expect(fault).toMatchObject({ code: "invalid", details: [{ field: "type" }] });
});

test("a driver this machine cannot run is refused with its reason, and shown as unsupported", () => {
  const [first] = DRIVERS;
  if (first === undefined) throw new Error("there are no drivers");
  const absent = { ...first, type: "absent", unsupportedReason: () => "needs a bus this machine lacks" };
  const fault = faultOf(() => createDriver([absent], { type: "absent", params: {} }, context));
  expect(fault).toMatchObject({ code: "unsupported", message: "needs a bus this machine lacks" });
  expect(driverTypes([absent])[0]).toMatchObject({
    supported: false,
    unsupportedReason: "needs a bus this machine lacks",
  });
});

test("the catalog fills in defaults that parse again to themselves", () => {
  const catalog = driverCatalog(DRIVERS);
  const params = catalog.parseParams("simulated-tank", { faults: ["leak"] });
  expect(params).toMatchObject({ volumeL: 400, heaterW: 300, faults: [{ name: "leak" }] });
  expect(catalog.parseParams("simulated-tank", params)).toEqual(params);
  expect([
    catalog.isSimulated("simulated-tank"),
    catalog.isSimulated("host"),
    catalog.isSimulated("gone"),
  ]).toEqual([true, false, false]);
  expect(catalog.addressOf("host", {})).toBeNull();
});
