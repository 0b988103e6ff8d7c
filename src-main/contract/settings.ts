import { z } from "zod";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";

/** A zone's name as it is kept and shown. Looking one up costs a start tens of milliseconds, so that is done where one is given. */
const ZoneName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, { message: "must be a zone of the IANA database, like Europe/Berlin" });

/** A zone of the IANA database by name, e.g. `Europe/Berlin`; never an offset, which knows no summer time. */
export const TimeZone = ZoneName.refine(isTimeZone, {
  message: "must be a zone of the IANA database, like Europe/Berlin",
});
export type TimeZone = z.infer<typeof TimeZone>;

/** Where the tank stands, for sunrise and sunset: WGS 84, north and east positive. */
export const Place = z.strictObject({
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
});
export type Place = z.infer<typeof Place>;

/** What is said of the tank as a whole. */
export const TankSettings = z.strictObject({
  tankName: Name,
  /** What the tank's days are counted by: every time on a screen is in it. */
  timeZone: ZoneName,
  /** null: not said. */
  place: Place.nullable(),
  /** All the water that turns over, display and sump, L; null: not said. */
  systemVolumeL: z.number().positive().max(10_000_000).nullable(),
  /** What the sump takes above its working level before it runs over, L; null: not said. */
  sumpFreeL: z.number().min(0).max(10_000_000).nullable().default(null),
  /** What drains back into the sump when the return pump stops, L; null: not said. */
  backDrainL: z.number().min(0).max(10_000_000).nullable().default(null),
});
export type TankSettings = z.infer<typeof TankSettings>;

export const TankSettingsPatch = patchOf({ ...TankSettings.shape, timeZone: TimeZone });
export type TankSettingsPatch = z.infer<typeof TankSettingsPatch>;

/** What a tank is called until somebody says otherwise, in the zone of the machine it is asked on. */
export function firstTankSettings(): TankSettings {
  const { timeZone } = new Intl.DateTimeFormat("en").resolvedOptions();
  return {
    tankName: "Reef tank",
    timeZone: zoneFrom(timeZone),
    place: null,
    systemVolumeL: null,
    sumpFreeL: null,
    backDrainL: null,
  };
}

/** A machine may know its zone by an offset alone, or not at all. */
function zoneFrom(hostZone: string | undefined): TimeZone {
  return TimeZone.safeParse(hostZone).data ?? "UTC";
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
