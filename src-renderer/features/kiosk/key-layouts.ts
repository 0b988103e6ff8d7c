import type { Language } from "../../i18n/i18n.ts";

/** What the keyboard shows: plain letters, capitals, digits with signs, more signs, or digits alone. */
export type Layer = "default" | "shift" | "signs" | "moreSigns" | "number";

/** Rows of keys, top to bottom, keys split by a space; `{…}` is no character but an act. */
export type Layout = Readonly<Record<Layer, readonly string[]>>;

const BOTTOM = "{signs} {next} {space} . {done}";
const SIGNS = {
  signs: [
    "1 2 3 4 5 6 7 8 9 0",
    "@ # % & * - + ( ) /",
    "{more} _ \" ' : ; ! ? , {bksp}",
    `{letters} {next} {space} . {done}`,
  ],
  moreSigns: [
    "~ ` | • √ ° µ ² ³ €",
    "£ $ ^ = { } [ ] < >",
    "{signs} \\ § « » ¿ ¡ ± × {bksp}",
    `{letters} {next} {space} . {done}`,
  ],
};

const ENGLISH_LETTERS = ["q w e r t y u i o p", "a s d f g h j k l", "{shift} z x c v b n m - {bksp}", BOTTOM];
const GERMAN_LETTERS = [
  "q w e r t z u i o p ü",
  "a s d f g h j k l ö ä",
  "{shift} y x c v b n m ß - {bksp}",
  BOTTOM,
];

/** @param decimalSign of the language's numbers, one character */
export function layoutFor(language: Language, decimalSign: string): Layout {
  const letters = language === "de" ? GERMAN_LETTERS : ENGLISH_LETTERS;
  return {
    default: letters,
    shift: letters.map(inCapitals),
    ...SIGNS,
    number: ["1 2 3 {bksp}", "4 5 6 -", `7 8 9 ${decimalSign}`, "{next} 0 {done}"],
  };
}

function inCapitals(row: string): string {
  const keys = row.split(" ").map((key) => (key.length === 1 && key !== "ß" ? key.toUpperCase() : key));
  return keys.join(" ");
}

/** Which layer a key leads to; null: the one that is shown stays. Capitals are for one letter. */
export function layerAfter(layer: Layer, key: string): Layer | null {
  switch (key) {
    case "{shift}":
      return layer === "shift" ? "default" : "shift";
    case "{letters}":
      return "default";
    case "{signs}":
      return "signs";
    case "{more}":
      return "moreSigns";
    default:
      return layer === "shift" && !key.startsWith("{") ? "default" : null;
  }
}
