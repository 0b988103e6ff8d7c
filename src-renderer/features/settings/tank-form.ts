import { Name } from "#contract/names.ts";
import { type TankSettings, type TankSettingsPatch, TimeZone } from "#contract/settings.ts";

const L_PER_US_GALLON = 3.785_411_784;
export const MAX_VOLUME_L = 10_000_000;
const MAX_LATITUDE_DEG = 90;
const MAX_LONGITUDE_DEG = 180;

export type VolumeUnit = "L" | "gal";

/** The tank's settings as they are typed; NaN where a number was left out. */
export interface TankForm {
  readonly tankName: string;
  readonly timeZone: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** In the unit that the user reads. */
  readonly volume: number;
}

/** What does not fit, by field. */
export type TankFlaw = "name" | "zone" | "latitude" | "longitude" | "place-half" | "volume";

export function tankFormFrom(
  { tankName, timeZone, place, systemVolumeL }: TankSettings,
  unit: VolumeUnit,
): TankForm {
  return {
    tankName,
    timeZone,
    latitudeDeg: place?.latitudeDeg ?? Number.NaN,
    longitudeDeg: place?.longitudeDeg ?? Number.NaN,
    volume: systemVolumeL === null ? Number.NaN : shownVolume(systemVolumeL, unit),
  };
}

export function tankFlawsIn(form: TankForm, unit: VolumeUnit): ReadonlySet<TankFlaw> {
  const flaws = new Set<TankFlaw>();
  if (!Name.safeParse(form.tankName).success) flaws.add("name");
  if (!TimeZone.safeParse(form.timeZone).success) flaws.add("zone");
  if (Math.abs(form.latitudeDeg) > MAX_LATITUDE_DEG) flaws.add("latitude");
  if (Math.abs(form.longitudeDeg) > MAX_LONGITUDE_DEG) flaws.add("longitude");
  if (Number.isNaN(form.latitudeDeg) !== Number.isNaN(form.longitudeDeg)) flaws.add("place-half");
  const volumeL = storedVolumeL(form.volume, unit);
  if (volumeL <= 0 || volumeL > MAX_VOLUME_L) flaws.add("volume");
  return flaws;
}

/** What of the form differs from what is; empty where nothing does. */
export function tankPatchFrom(form: TankForm, was: TankForm, unit: VolumeUnit): TankSettingsPatch {
  const { latitudeDeg, longitudeDeg } = form;
  const isMoved = !Object.is(latitudeDeg, was.latitudeDeg) || !Object.is(longitudeDeg, was.longitudeDeg);
  const place = Number.isNaN(latitudeDeg) ? null : { latitudeDeg, longitudeDeg };
  const systemVolumeL = Number.isNaN(form.volume) ? null : storedVolumeL(form.volume, unit);
  return {
    ...(form.tankName.trim() === was.tankName ? {} : { tankName: form.tankName.trim() }),
    ...(form.timeZone === was.timeZone ? {} : { timeZone: form.timeZone }),
    ...(isMoved ? { place } : {}),
    ...(Object.is(form.volume, was.volume) ? {} : { systemVolumeL }),
  };
}

/** To one decimal: nobody knows his water better. */
function shownVolume(volumeL: number, unit: VolumeUnit): number {
  return unit === "L" ? volumeL : Math.round((volumeL / L_PER_US_GALLON) * 10) / 10;
}

function storedVolumeL(volume: number, unit: VolumeUnit): number {
  return unit === "L" ? volume : volume * L_PER_US_GALLON;
}
