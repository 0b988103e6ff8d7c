import { z } from "zod";
import { AlarmDefinition } from "./alarms.ts";
import { ChannelConfig } from "./channels.ts";
import { DeviceConfig } from "./devices.ts";
import { LoopConfig } from "./loops.ts";
import { ModeConfig } from "./modes.ts";
import { NotificationSettings, NotificationTargetConfig } from "./notifications.ts";
import { firstTankSettings, TankSettings } from "./settings.ts";

/** Everything a keeper configured, whole. Each save is one revision. */
export const Configuration = z
  .strictObject({
    revision: z.int().nonnegative(),
    devices: z.array(DeviceConfig).readonly(),
    channels: z.array(ChannelConfig).readonly(),
    loops: z.array(LoopConfig).readonly(),
    modes: z.array(ModeConfig).readonly().default([]),
    /** null, in a configuration of before alarms were kept: each sensor's default ones. */
    alarms: z.array(AlarmDefinition).readonly().nullable().default(null),
    notifications: z
      .strictObject({
        targets: z.array(NotificationTargetConfig).readonly().default([]),
        settings: NotificationSettings.prefault({}),
      })
      .prefault({}),
    isAcquisitionRunning: z.boolean(),
    /** Decided once, at first start (REEF_HARDWARE=auto), and kept: a bus that is missing later is a fault, never a demo. */
    hardware: z.enum(["simulated", "pi", "none"]),
    /** A configuration of before there were any takes the first ones. */
    tank: TankSettings.default(firstTankSettings),
  })
  .readonly();
export type Configuration = z.infer<typeof Configuration>;
