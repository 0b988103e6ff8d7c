import { create } from "zustand";
import { Preferences } from "#contract/preferences.ts";

/** What the signed-in user chose; the defaults until it is known. */
export const usePreferences = create<Preferences>(() => Preferences.parse({}));
