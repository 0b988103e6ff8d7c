import { firstEnglish } from "./first-english.ts";
import { type Language, learn } from "./translator.ts";

export type { Language };

/** What the pages beyond the first screen say is here, or is to come with the language. */
let isFurtherWanted = false;
const isLearnt: Record<`${"first" | "further"} ${Language}`, boolean> = {
  "first en": true,
  "first de": false,
  "further en": false,
  "further de": false,
};
let language: Language = "en";
const listeners = new Set<() => void>();

/** @param chosen null: as the browser or the system speaks */
export function languageFor(chosen: Language | null): Language {
  if (chosen !== null) return chosen;
  return navigator.languages.some((tag) => tag.startsWith("de")) && !navigator.language.startsWith("en")
    ? "de"
    : "en";
}

export async function startI18n(): Promise<void> {
  learn("en", firstEnglish);
  document.documentElement.lang = language;
  await speak(null);
}

export function currentLanguage(): Language {
  return language;
}

/** @returns ends it */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let latest: Language | null = null;

export async function speak(chosen: Language | null): Promise<void> {
  const next = languageFor(chosen);
  latest = next;
  if (next === language) return;
  try {
    await learnFirst(next);
    // Asked only now: another page may have been opened meanwhile.
    if (isFurtherWanted) await learnFurther(next);
  } catch {
    // An app in English is better than none.
    return;
  }
  if (latest !== next) return;
  language = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

/** Fetches the words of the pages beyond the first screen. @throws where they cannot be had */
export async function learnAll(): Promise<void> {
  isFurtherWanted = true;
  await learnFurther(language);
}

async function learnFirst(wanted: Language): Promise<void> {
  if (isLearnt[`first ${wanted}`]) return;
  learn(wanted, (await import("./first-german.ts")).firstGerman);
  isLearnt[`first ${wanted}`] = true;
}

/** Only who reads it fetches it. */
async function learnFurther(wanted: Language): Promise<void> {
  if (isLearnt[`further ${wanted}`]) return;
  if (wanted === "de") learn("de", (await import("./further-german.ts")).furtherGerman);
  else learn("en", (await import("./further-english.ts")).furtherEnglish);
  isLearnt[`further ${wanted}`] = true;
}
