import type { Language } from "./translator.ts";

interface Marks {
  readonly decimal: string;
  readonly group: string;
}

/** As Unicode's CLDR has them (`numbers/symbols`). */
const MARKS: Readonly<Record<Language, Marks>> = {
  en: { decimal: ".", group: "," },
  de: { decimal: ",", group: "." },
};
/** The shortest text that reads back as the number, where it needs no exponent (ECMA-262, Number::toString). */
const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;
const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/**
 * 1,234.5: a number as its language writes it, halves rounded away from zero. It is what `Intl.NumberFormat` says, without
 * asking it: the first number it writes makes the browser read the world's ways of writing, for 20 ms of the first picture.
 */
export function writtenNumber(value: number, decimals: number, language: Language): string {
  const [, sign, whole, fraction = ""] = PLAIN.exec(Object.is(value, -0) ? "-0" : String(value)) ?? [];
  if (sign === undefined || whole === undefined) return byIntl(value, decimals, language);
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const digits = String(kept + (Number(fraction[decimals] ?? 0) >= 5 ? 1n : 0n)).padStart(decimals + 1, "0");
  const { decimal, group } = MARKS[language];
  const ones = digits.slice(0, digits.length - decimals).replace(THOUSANDS, group);
  return decimals === 0 ? `${sign}${ones}` : `${sign}${ones}${decimal}${digits.slice(-decimals)}`;
}

/** What stands before the tenths. */
export function decimalMarkOf(language: Language): string {
  return MARKS[language].decimal;
}

/** What has an exponent, or is no number. */
function byIntl(value: number, decimals: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}
