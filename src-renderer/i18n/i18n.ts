import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { channel } from "./en/channel.ts";
import { common } from "./en/common.ts";
import { devices } from "./en/devices.ts";
import { equipment } from "./en/equipment.ts";
import { kiosk } from "./en/kiosk.ts";
import { session } from "./en/session.ts";
import { settings } from "./en/settings.ts";
import { tank } from "./en/tank.ts";

const en = { common, tank, channel, devices, equipment, session, settings, kiosk };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en;
  }
}

export type Language = "en" | "de";

/** @param chosen null: as the browser or the system speaks */
export function languageFor(chosen: Language | null): Language {
  if (chosen !== null) return chosen;
  return navigator.languages.some((tag) => tag.startsWith("de")) && !navigator.language.startsWith("en")
    ? "de"
    : "en";
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en },
    defaultNS: "common",
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  i18next.on("languageChanged", sayLanguage);
  sayLanguage(i18next.language);
  await speak(null);
}

export async function speak(chosen: Language | null): Promise<void> {
  const language = languageFor(chosen);
  if (language === i18next.language) return;
  if (language === "de" && !i18next.hasResourceBundle("de", "common")) await learnGerman();
  await i18next.changeLanguage(language);
}

/** Only who reads it fetches it. */
async function learnGerman(): Promise<void> {
  const { de } = await import("./german.ts");
  for (const [namespace, words] of Object.entries(de)) i18next.addResourceBundle("de", namespace, words);
}

function sayLanguage(language: string): void {
  document.documentElement.lang = language;
}
