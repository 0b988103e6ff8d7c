import { z } from "zod";

/** What of this machine is watched. Paths are absolute. */
export const HostParams = z.strictObject({
  diskPath: z
    .string()
    .min(1)
    .max(1_024)
    .regex(/^(\/|[A-Za-z]:[\\/])/, { message: "must be an absolute path" })
    .default("/")
    .describe("A folder on the file system whose use is watched"),
  thermalZonePath: z
    .string()
    .regex(/^\/sys\/[A-Za-z0-9_:./-]+$/, { message: "must be a path below /sys" })
    .refine((path) => !path.split("/").includes(".."), { message: "must not contain .." })
    .max(1_024)
    .default("/sys/class/thermal/thermal_zone0/temp")
    .describe("The kernel's file with the CPU temperature in m°C; where it is missing the channel is not offered"),
});
export type HostParams = z.output<typeof HostParams>;
