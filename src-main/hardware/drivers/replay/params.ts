import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What stands there is no recording, and reading some of it never ends. */
const OF_THE_KERNEL = /^\/(proc|sys|dev)(\/|$)/;

export const ReplayParams = z.strictObject({
  /** Apex datalog XML or a CSV, plain or .gz (see replay/open-recording.ts). */
  file: z
    .string()
    .min(1)
    .max(4_096)
    .refine(isAbsolute, "must be an absolute path")
    .refine((path) => !OF_THE_KERNEL.test(resolve(path)), "must be a file on a disk")
    .meta({ title: "Recording", description: "Absolute path of the file on the controller" }),
  /** Of wall times in a CSV; an Apex datalog names its own offset. */
  timezone: z
    .string()
    .max(64)
    .refine(isTimeZone, "must be an IANA time zone")
    .default("UTC")
    .meta({ title: "Time zone" }),
  /** Starts again one interval after the last record; otherwise the channels fall silent there. */
  loop: z.boolean().default(false).meta({ title: "Start again at the end" }),
});
export type ReplayParams = z.infer<typeof ReplayParams>;
