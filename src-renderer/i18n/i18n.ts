import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { channel as channelDe } from "./de/channel.ts";
import { common as commonDe } from "./de/common.ts";
import { devices as devicesDe } from "./de/devices.ts";
import { equipment as equipmentDe } from "./de/equipment.ts";
import { kiosk as kioskDe } from "./de/kiosk.ts";
import { session as sessionDe } from "./de/session.ts";
import { settings as settingsDe } from "./de/settings.ts";
import { tank as tankDe } from "./de/tank.ts";
import { channel } from "./en/channel.ts";
import { common } from "./en/common.ts";
import { devices } from "./en/devices.ts";
import { equipment } from "./en/equipment.ts";
import { kiosk } from "./en/kiosk.ts";
import { session } from "./en/session.ts";
import { settings } from "./en/settings.ts";
import { tank } from "./en/tank.ts";

const en = { common, tank, channel, devices, equipment, session, settings, kiosk };
const de = {
  common: commonDe,
  tank: tankDe,
  channel: channelDe,
  devices: devicesDe,
  equipment: equipmentDe,
  session: sessionDe,
  settings: settingsDe,
  kiosk: kioskDe,
};

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
  return navigator.languages.some((tag) => tag.startsWith("de")) && !navigator.language.startsWith("en") ? "de" : "en";
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: languageFor(null),
    fallbackLng: "en",
    resources: { en, de },
    defaultNS: "common",
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  i18next.on("languageChanged", sayLanguage);
  sayLanguage(i18next.language);
}

export async function speak(chosen: Language | null): Promise<void> {
  const language = languageFor(chosen);
  if (language !== i18next.language) await i18next.changeLanguage(language);
}

function sayLanguage(language: string): void {
  document.documentElement.lang = language;
}
