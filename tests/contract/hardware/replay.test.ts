import { join } from "node:path";
import { afterAll } from "vitest";
import { replayDriver } from "#main/hardware/drivers/replay/driver.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { realBuses } from "#tests/real-buses.ts";
import { driverContract } from "./driver-contract.ts";

const buses = realBuses();
afterAll(() => buses.stop());

driverContract({
  name: "replay",
  make: () => ({
    definition: replayDriver,
    params: { file: join(import.meta.dirname, "../../support/fixtures/recordings/apex-small.xml.gz") },
    context: { clock: new VirtualClock(), log: SILENT_LOG, buses },
  }),
});
