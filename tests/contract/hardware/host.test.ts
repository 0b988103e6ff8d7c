import { hostDriver } from "#main/hardware/drivers/host/driver.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeFileBus } from "#tests/fakes/fake-file-bus.ts";
import { NO_ONE_WIRE_BUS } from "#tests/fakes/no-one-wire-bus.ts";
import { driverContract } from "./driver-contract.ts";

const THERMAL_ZONE = "/sys/class/thermal/thermal_zone0/temp";

driverContract({
  name: "host",
  make: () => ({
    definition: hostDriver,
    params: {},
    context: {
      clock: new VirtualClock(),
      log: SILENT_LOG,
      buses: { oneWire: NO_ONE_WIRE_BUS, files: new FakeFileBus({ [THERMAL_ZONE]: "48312\n" }) },
    },
  }),
});
