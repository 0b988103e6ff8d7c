import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

/** Families that share the DS18B20's protocol, and the older DS18S20's (10). */
const ROM_ID = /^(?:10|22|28|3b|42)-[0-9a-f]{12}$/;

export const Ds18b20Params = z.strictObject({
  /** As the kernel names the slave: family code and serial number. */
  romId: z.string().regex(ROM_ID, "must be a ROM id such as 28-00000a1b2c3d").meta({ title: "ROM id" }),
  root: z
    .string()
    .max(1_024)
    .refine((path) => isAbsolute(path) && resolve(path) === path, "must be an absolute path")
    .default("/sys/bus/w1/devices")
    .meta({ title: "1-wire tree" }),
  /** 9 bits are 0.5 °C in 94 ms, 12 bits 0.0625 °C in 750 ms (datasheet table 2). A DS18S20 has one resolution only. */
  resolutionBits: z.number().int().min(9).max(12).default(12).meta({ title: "Resolution, bits" }),
});
export type Ds18b20Params = z.infer<typeof Ds18b20Params>;
