import { simulatedTankDriver } from "#main/hardware/drivers/simulated-tank/driver.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeFileBus } from "#tests/fakes/fake-file-bus.ts";
import { NO_ONE_WIRE_BUS } from "#tests/fakes/no-one-wire-bus.ts";
import { driverContract } from "./driver-contract.ts";

driverContract({
  name: "simulated-tank",
  make: () => ({
    definition: simulatedTankDriver,
    params: { seed: 3, chillerW: 200 },
    context: {
      clock: new VirtualClock(Date.UTC(2026, 5, 1, 12)),
      log: SILENT_LOG,
      buses: { oneWire: NO_ONE_WIRE_BUS, files: new FakeFileBus() },
    },
  }),
});
