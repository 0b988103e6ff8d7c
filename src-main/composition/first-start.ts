import { readFile } from "node:fs/promises";
import { ReefFault } from "#contract/errors.ts";
import type { DriverDefinition } from "../hardware/ports.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { type ConfigurationKeeper, NOTHING_CONFIGURED } from "../settings/configuration-keeper.ts";
import type { Settings } from "../settings/environment.ts";
import type { Configuration } from "../settings/ports.ts";
import { demoTank } from "./demo-tank.ts";

interface FirstStart {
  readonly keeper: ConfigurationKeeper;
  readonly wanted: Settings["hardware"];
  readonly drivers: readonly DriverDefinition[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a controller begins with where nothing was ever configured: the demo tank on simulated hardware, else nothing. */
export async function configureFirstStart({ keeper, wanted, drivers, clock, log }: FirstStart): Promise<void> {
  const hardware = wanted === "auto" ? await hardwareHere() : wanted;
  const simulatedTank = drivers.find((d) => d.type === "simulated-tank");
  const begin: Omit<Configuration, "revision"> =
    hardware === "simulated" && simulatedTank !== undefined
      ? demoTank(simulatedTank, clock.nowMs())
      : { ...NOTHING_CONFIGURED, hardware };
  await keeper.change(({ revision }) => ({ ...begin, revision }));
  log.info({ hardware, devices: begin.devices.length }, "first start: this controller was set up");
}

/** The kind of hardware a configuration was made for stays; another wish is refused, so that a demo never replaces a tank. */
export function assertHardwareKept(wanted: Settings["hardware"], { hardware, devices }: Configuration): void {
  if (wanted === "auto" || wanted === hardware || devices.length === 0) return;
  throw new ReefFault(
    "bad-setting",
    `REEF_HARDWARE is ${wanted}, but this data folder was set up for ${hardware}; use another REEF_DATA_DIR, or unset it.`,
  );
}

/** A Raspberry Pi says so in its device tree. */
async function hardwareHere(): Promise<"pi" | "simulated"> {
  const model = await readFile("/proc/device-tree/model", "utf8").catch(() => "");
  return model.startsWith("Raspberry Pi") ? "pi" : "simulated";
}
