import type { channel } from "./en/channel.ts";
import type { common } from "./en/common.ts";
import type { control } from "./en/control.ts";
import type { devices } from "./en/devices.ts";
import type { equipment } from "./en/equipment.ts";
import type { interlocks } from "./en/interlocks.ts";
import type { kiosk } from "./en/kiosk.ts";
import type { modes } from "./en/modes.ts";
import type { session } from "./en/session.ts";
import type { settings } from "./en/settings.ts";
import type { survival } from "./en/survival.ts";
import type { tank } from "./en/tank.ts";

/** Every namespace: its English words are the form of all others. */
export interface Resources {
  readonly common: typeof common;
  readonly control: typeof control;
  readonly interlocks: typeof interlocks;
  readonly modes: typeof modes;
  readonly survival: typeof survival;
  readonly tank: typeof tank;
  readonly channel: typeof channel;
  readonly devices: typeof devices;
  readonly equipment: typeof equipment;
  readonly session: typeof session;
  readonly settings: typeof settings;
  readonly kiosk: typeof kiosk;
}

export type Namespace = keyof Resources;
export type Language = "en" | "de";
export type Values = Readonly<Record<string, string | number>>;

/** A word's place: `state.loading`; of what is counted, without `_one` and `_other`. */
type PathIn<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${PathIn<T[K]>}`;
}[keyof T & string];
type Singular<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;

/** In the first namespace as it is, in another with its name before it: `common:state.loading`. */
export type Key<First extends Namespace, Any extends Namespace = First> =
  | PathIn<Resources[First]>
  | { [N in Any]: `${N}:${PathIn<Resources[N]>}` }[Any];

export type Translate<First extends Namespace, Any extends Namespace = First> = (
  key: Key<First, Any>,
  values?: Values,
) => string;

export interface Words {
  readonly [key: string]: string | Words;
}

const known: Readonly<Record<Language, Map<string, Words>>> = { en: new Map(), de: new Map() };
const FALLBACK: Language = "en";

/** @param words by namespace */
export function learn(language: Language, words: Readonly<Record<string, Words>>): void {
  for (const [namespace, own] of Object.entries(words)) known[language].set(namespace, own);
}

/** What is there under a path; undefined: nothing, in this language. */
export function wordsAt(language: Language, namespace: string, path: string): string | Words | undefined {
  let found: string | Words | undefined = known[language].get(namespace);
  for (const step of path.split(".")) {
    if (typeof found !== "object") return undefined;
    found = found[step];
  }
  return found;
}

/** Who speaks, and of what: keys without a namespace are looked for in these, in their order. */
export interface Speech {
  readonly language: Language;
  readonly namespaces: readonly string[];
}

/**
 * A word in a language, with its values in the places of `{{name}}`; by `count`, of one or of many (which in both of our
 * languages is all there is). What a language does not know is said in English, and what nobody knows by its key.
 */
export function translated({ language, namespaces }: Speech, key: string, values?: Values): string {
  const colon = key.indexOf(":");
  const path = key.slice(colon + 1);
  const places = colon < 0 ? namespaces : [key.slice(0, colon)];
  const count = values?.["count"];
  const paths = count === undefined ? [path] : [`${path}_${count === 1 ? "one" : "other"}`, path];
  const text = firstText(language, places, paths) ?? firstText(FALLBACK, places, paths);
  if (text === null) return key;
  return values === undefined ? text : filled(text, values);
}

function firstText(language: Language, places: readonly string[], paths: readonly string[]): string | null {
  for (const namespace of places) {
    for (const path of paths) {
      const text = wordsAt(language, namespace, path);
      if (typeof text === "string") return text;
    }
  }
  return null;
}

const PLACE = /\{\{(?<name>\w+)\}\}/g;

function filled(text: string, values: Values): string {
  return text.replace(PLACE, (place, name: string) => String(values[name] ?? place));
}
