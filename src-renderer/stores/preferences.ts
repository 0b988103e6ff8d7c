import { create } from "zustand";
import { DEFAULT_PREFERENCES } from "#contract/default-preferences.ts";
import type { Preferences } from "#contract/preferences.ts";

/** What the signed-in user chose; the defaults until it is known. */
export const usePreferences = create<Preferences>(() => DEFAULT_PREFERENCES);
