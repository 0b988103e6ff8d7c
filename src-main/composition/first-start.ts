import { readFile } from "node:fs/promises";
import { ReefFault } from "#contract/errors.ts";
import { NotificationTargetId } from "#contract/ids.ts";
import { type NotificationTargetConfig, NotificationTargetCreate } from "#contract/notifications.ts";
import { firstTankSettings } from "#contract/settings.ts";
import type { DriverDefinition } from "../hardware/ports.ts";
import { newId } from "../platform/ids.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { type ConfigurationKeeper, NOTHING_CONFIGURED } from "../settings/configuration-keeper.ts";
import type { Settings } from "../settings/environment.ts";
import type { Configuration } from "../settings/ports.ts";
import { demoTank } from "./demo-tank.ts";

interface FirstStart {
  readonly keeper: ConfigurationKeeper;
  readonly hardware: Configuration["hardware"];
  readonly drivers: readonly DriverDefinition[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a controller begins with where nothing was ever configured: the demo tank on simulated hardware, else nothing. */
export async function configureFirstStart({ keeper, hardware, drivers, clock, log }: FirstStart): Promise<void> {
  const simulatedTank = drivers.find((d) => d.type === "simulated-tank");
  const begin: Omit<Configuration, "revision"> =
    hardware === "simulated" && simulatedTank !== undefined
      ? demoTank(simulatedTank, clock.nowMs())
      : { ...NOTHING_CONFIGURED, hardware, tank: firstTankSettings() };
  const notifications = { ...begin.notifications, targets: [desktopTarget(clock.nowMs())] };
  await keeper.change(({ revision }) => ({ ...begin, notifications, revision }));
  log.info({ hardware, devices: begin.devices.length }, "first start: this controller was set up");
}

/** Whoever sits at a desktop is told from the first day on; everything else needs an address. */
function desktopTarget(nowMs: number): NotificationTargetConfig {
  const target = NotificationTargetCreate.parse({ name: "Desktop", channel: { type: "desktop" } });
  return { ...target, id: NotificationTargetId.parse(newId(nowMs)) };
}

/**
 * The kind of hardware this core runs on. What a configuration was made for stays; another wish is refused, so that a
 * demo never takes the place of a tank.
 * @throws ReefFault bad-setting
 */
export async function hardwareFor(
  wanted: Settings["hardware"],
  { revision, hardware, devices }: Configuration,
): Promise<Configuration["hardware"]> {
  if (wanted === "auto") return revision === 0 ? hardwareHere() : hardware;
  if (revision > 0 && wanted !== hardware && devices.length > 0) {
    const way = "use another REEF_DATA_DIR, or unset it";
    throw new ReefFault(
      "bad-setting",
      `REEF_HARDWARE is ${wanted}, but this data folder was set up for ${hardware}; ${way}.`,
    );
  }
  return wanted;
}

/** A Raspberry Pi says so in its device tree. */
async function hardwareHere(): Promise<"pi" | "simulated"> {
  const model = await readFile("/proc/device-tree/model", "utf8").catch(() => "");
  return model.startsWith("Raspberry Pi") ? "pi" : "simulated";
}
