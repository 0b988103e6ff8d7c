import i18next from "i18next";
import type { alarms } from "./en/alarms.ts";
import type { channel } from "./en/channel.ts";
import type { common } from "./en/common.ts";
import type { control } from "./en/control.ts";
import type { devices } from "./en/devices.ts";
import type { equipment } from "./en/equipment.ts";
import type { interlocks } from "./en/interlocks.ts";
import type { kiosk } from "./en/kiosk.ts";
import type { modes } from "./en/modes.ts";
import type { notifications } from "./en/notifications.ts";
import type { session } from "./en/session.ts";
import type { settings } from "./en/settings.ts";
import type { survival } from "./en/survival.ts";
import type { tank } from "./en/tank.ts";
import type { whatIf } from "./en/what-if.ts";

/** Every namespace: its English words are the form of all others. */
export interface Resources {
  readonly alarms: typeof alarms;
  readonly notifications: typeof notifications;
  readonly common: typeof common;
  readonly control: typeof control;
  readonly interlocks: typeof interlocks;
  readonly modes: typeof modes;
  readonly survival: typeof survival;
  readonly whatIf: typeof whatIf;
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

/** Who speaks, and of what: keys without a namespace are looked for in these, in their order. */
export interface Speech {
  readonly language: Language;
  readonly namespaces: readonly string[];
}

const FALLBACK: Language = "en";
const words = i18next.createInstance({
  fallbackLng: FALLBACK,
  resources: {},
  initAsync: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false },
});
void words.init();

/** @param namespaces words by namespace */
export function learn(language: Language, namespaces: Readonly<Record<string, Words>>): void {
  for (const [namespace, own] of Object.entries(namespaces)) words.addResourceBundle(language, namespace, own);
}

/** What is there under a path; undefined: nothing, in this language. */
export function wordsAt(language: Language, namespace: string, path: string): string | Words | undefined {
  return words.getResource(language, namespace, path);
}

/** A word in a language; what it does not know is said in English, and what nobody knows by its key. */
export function translated({ language, namespaces }: Speech, key: string, values: Values = {}): string {
  return words.t(key, { ...values, lng: language, ns: namespaces });
}

/** Whether there are words for `namespace:path`, in this language or in English. */
export function isTranslated(language: Language, key: string): boolean {
  return words.exists(key, { lng: language });
}
