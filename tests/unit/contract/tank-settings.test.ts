import { expect, test } from "vitest";
import { Configuration } from "#contract/configuration.ts";
import { DEFAULT_PREFERENCES } from "#contract/default-preferences.ts";
import { Preferences, PreferencesPatch } from "#contract/preferences.ts";
import { firstTankSettings, TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import { configOf } from "#tests/builders/configuration.ts";

test.each(["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])("%s is a zone", (timeZone) =>
  expect(TankSettingsPatch.parse({ timeZone })).toEqual({ timeZone }),
);

test.each(["", "+02:00", "Mars/Olympus", "Europe/", "Europe/Berlin; drop table", "x".repeat(65), 1, null])(
  "%j is no zone",
  (timeZone) => {
    const { error } = TankSettingsPatch.safeParse({ timeZone });
    expect(error?.issues.every(({ path }) => path[0] === "timeZone")).toBe(true);
  },
);

test.each([
  { place: { latitudeDeg: 90.1, longitudeDeg: 0 } },
  { place: { latitudeDeg: 0 } },
  { place: { latitudeDeg: Number.NaN, longitudeDeg: 0 } },
  { systemVolumeL: 0 },
  { systemVolumeL: Number.POSITIVE_INFINITY },
  { tankName: "" },
  { tariff: 1 },
])("%j is refused", (patch) => expect(TankSettingsPatch.safeParse(patch).success).toBe(false));

test("a tank begins in the zone of its machine, and what it begins with fits its own rules", () => {
  const first = firstTankSettings();
  expect(TankSettings.parse(first)).toEqual(first);
  expect(first).toMatchObject({ tankName: "Reef tank", place: null, systemVolumeL: null });
  expect(TankSettingsPatch.safeParse(first).success).toBe(true);
});

test("a configuration of before there were tank settings is read with the first ones", () => {
  const { tank: _, ...older } = configOf();
  expect(Configuration.parse(older)).toEqual({ ...older, tank: firstTankSettings() });
});

test("preferences have defaults for everything, and a patch names only what it changes", () => {
  expect(Preferences.parse({})).toEqual(DEFAULT_PREFERENCES);
  expect(Preferences.parse({ dashboard: { hiddenTiles: ["ph"] } }).dashboard).toEqual({
    tileOrder: [],
    hiddenTiles: ["ph"],
  });
  expect(PreferencesPatch.parse({})).toEqual({});
  expect(PreferencesPatch.parse({ language: null, dashboard: {} })).toEqual({ language: null, dashboard: {} });
  for (const wrong of [{ language: "fr" }, { theme: "blue" }, { tiles: [] }, { dashboard: { tileOrder: "x" } }]) {
    expect(PreferencesPatch.safeParse(wrong).success).toBe(false);
  }
});
