import { z } from "zod";
import { ChannelConfig } from "./channels.ts";
import { DeviceConfig } from "./devices.ts";
import { LoopConfig } from "./loops.ts";
import { ModeConfig } from "./modes.ts";
import { firstTankSettings, TankSettings } from "./settings.ts";

/** Everything a keeper configured, whole. Each save is one revision. */
export const Configuration = z
  .strictObject({
    revision: z.int().nonnegative(),
    devices: z.array(DeviceConfig).readonly(),
    channels: z.array(ChannelConfig).readonly(),
    loops: z.array(LoopConfig).readonly(),
    modes: z.array(ModeConfig).readonly().default([]),
    isAcquisitionRunning: z.boolean(),
    /** Decided once, at first start (REEF_HARDWARE=auto), and kept: a bus that is missing later is a fault, never a demo. */
    hardware: z.enum(["simulated", "pi", "none"]),
    /** A configuration of before there were any takes the first ones. */
    tank: TankSettings.default(firstTankSettings),
  })
  .readonly();
export type Configuration = z.infer<typeof Configuration>;
