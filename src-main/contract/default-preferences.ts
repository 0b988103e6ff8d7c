import type { Preferences } from "./preferences.ts";

/** Of who never said anything. Apart from the schemas, so that a page's first script does without them. */
export const DEFAULT_PREFERENCES: Preferences = {
  language: null,
  theme: "system",
  temperatureUnit: "C",
  salinityUnit: "ppt",
  volumeUnit: "L",
  dashboard: { tileOrder: [], hiddenTiles: [] },
};
