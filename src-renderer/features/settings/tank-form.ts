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
  readonly sumpFree: number;
  readonly backDrain: number;
}

/** What does not fit, by field. */
export type TankFlaw =
  | "name"
  | "zone"
  | "latitude"
  | "longitude"
  | "place-half"
  | "volume"
  | "sumpFree"
  | "backDrain";

export function tankFormFrom(
  { tankName, timeZone, place, systemVolumeL, sumpFreeL, backDrainL }: TankSettings,
  unit: VolumeUnit,
): TankForm {
  const shown = (volumeL: number | null): number => (volumeL === null ? Number.NaN : shownVolume(volumeL, unit));
  return {
    tankName,
    timeZone,
    latitudeDeg: place?.latitudeDeg ?? Number.NaN,
    longitudeDeg: place?.longitudeDeg ?? Number.NaN,
    volume: shown(systemVolumeL),
    sumpFree: shown(sumpFreeL),
    backDrain: shown(backDrainL),
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
  for (const field of ["sumpFree", "backDrain"] as const) {
    const partL = storedVolumeL(form[field], unit);
    if (partL < 0 || partL > MAX_VOLUME_L) flaws.add(field);
  }
  return flaws;
}

/** What of the form differs from what is; empty where nothing does. */
export function tankPatchFrom(form: TankForm, was: TankForm, unit: VolumeUnit): TankSettingsPatch {
  const { latitudeDeg, longitudeDeg } = form;
  const isMoved = !Object.is(latitudeDeg, was.latitudeDeg) || !Object.is(longitudeDeg, was.longitudeDeg);
  const place = Number.isNaN(latitudeDeg) ? null : { latitudeDeg, longitudeDeg };
  const stored = (shown: number): number | null => (Number.isNaN(shown) ? null : storedVolumeL(shown, unit));
  return {
    ...(form.tankName.trim() === was.tankName ? {} : { tankName: form.tankName.trim() }),
    ...(form.timeZone === was.timeZone ? {} : { timeZone: form.timeZone }),
    ...(isMoved ? { place } : {}),
    ...(Object.is(form.volume, was.volume) ? {} : { systemVolumeL: stored(form.volume) }),
    ...(Object.is(form.sumpFree, was.sumpFree) ? {} : { sumpFreeL: stored(form.sumpFree) }),
    ...(Object.is(form.backDrain, was.backDrain) ? {} : { backDrainL: stored(form.backDrain) }),
  };
}

/** To one decimal: nobody knows his water better. */
function shownVolume(volumeL: number, unit: VolumeUnit): number {
  return unit === "L" ? volumeL : Math.round((volumeL / L_PER_US_GALLON) * 10) / 10;
}

function storedVolumeL(volume: number, unit: VolumeUnit): number {
  return unit === "L" ? volume : volume * L_PER_US_GALLON;
}
