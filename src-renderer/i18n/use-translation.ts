import { createContext, useContext } from "react";
import { currentLanguage } from "./i18n.ts";
import {
  isTranslated,
  type Language,
  type Namespace,
  type Translate,
  translated,
  type Values,
  type Words,
  wordsAt,
} from "./translator.ts";

export interface Translation<First extends Namespace, Any extends Namespace = First> {
  /** Another one with another language: what is computed with it may depend on it. */
  readonly t: Translate<First, Any>;
  readonly i18n: Spoken;
}

export interface Spoken {
  readonly language: Language;
  /** Whether there are words for `namespace:path` in any language. */
  exists(key: string): boolean;
  /** The words under a path, in this language alone. */
  getResource(language: Language, namespace: Namespace, path: string): string | Words | undefined;
}

/** Given once for all: fifty tiles with ten words each would be as many subscriptions. */
export const LanguageContext = createContext<Language>(currentLanguage());

/** Words in the user's language; of the first namespace as they are, of the others by `namespace:key`. */
export function useTranslation<First extends Namespace = "common">(namespace?: First): Translation<First>;
export function useTranslation<First extends Namespace, Other extends Namespace>(
  namespaces: readonly [First, Other],
): Translation<First, First | Other>;
export function useTranslation(asked: string | readonly string[] = "common"): unknown {
  return translationFor(useContext(LanguageContext), asked);
}

/** One for each, so that whoever depends on it is drawn anew only when the language changed. */
const made = new Map<string, unknown>();

function translationFor(language: Language, asked: string | readonly string[]): unknown {
  const key = `${language} ${asked}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const spoken = { language, namespaces: typeof asked === "string" ? [asked] : asked };
  const said = new Map<string, string>();
  const translation = {
    t: (path: string, values?: Values) => {
      if (values !== undefined) return translated(spoken, path, values);
      const before = said.get(path);
      if (before !== undefined) return before;
      const text = translated(spoken, path);
      // What is not known yet may be on its way.
      if (text !== path) said.set(path, text);
      return text;
    },
    i18n: spokenIn(language),
  };
  made.set(key, translation);
  return translation;
}

function spokenIn(language: Language): Spoken {
  return {
    language,
    exists: (key) => isTranslated(language, key),
    getResource: wordsAt,
  };
}
