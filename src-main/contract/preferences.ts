import { z } from "zod";

const MAX_TILES = 500;
const Tiles = z.array(z.string().min(1).max(128)).max(MAX_TILES);

const DashboardFields = {
  /** Tiles in the order the user gave them; those it does not name come after. */
  tileOrder: Tiles,
  hiddenTiles: Tiles,
};

const PreferenceFields = {
  /** null: what the browser or the system asks for. */
  language: z.enum(["en", "de"]).nullable(),
  theme: z.enum(["dark", "light", "system"]),
  temperatureUnit: z.enum(["C", "F"]),
  salinityUnit: z.enum(["ppt", "sg"]),
  volumeUnit: z.enum(["L", "gal"]),
};

/** How one user wants to see things. Values are stored in one unit each: these are for the screen's edge alone. */
export const Preferences = z.strictObject({
  language: PreferenceFields.language.default(null),
  theme: PreferenceFields.theme.default("system"),
  temperatureUnit: PreferenceFields.temperatureUnit.default("C"),
  salinityUnit: PreferenceFields.salinityUnit.default("ppt"),
  volumeUnit: PreferenceFields.volumeUnit.default("L"),
  dashboard: z.strictObject({ tileOrder: Tiles.default([]), hiddenTiles: Tiles.default([]) }).prefault({}),
});
export type Preferences = z.infer<typeof Preferences>;

/** What is left out stays as it is. */
export const PreferencesPatch = z
  .strictObject({ ...PreferenceFields, dashboard: z.strictObject(DashboardFields).partial() })
  .partial();
export type PreferencesPatch = z.infer<typeof PreferencesPatch>;
