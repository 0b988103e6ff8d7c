import { decimalMarkOf } from "../../i18n/number-words.ts";
import type { Language } from "../../i18n/translator.ts";
import { type DisplayUnit, fromShown, toShown } from "../../i18n/units.ts";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** 1,000 or 1.000: a thousand in one language and one in another. Nobody is asked to guess. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:[.,]\d{3})+$/;
/** What a conversion there and back may add, and nobody typed. */
const STORED_DECIMALS = 9;

/** A stored number as it is typed: in its shown unit, with the language's decimal mark and no grouping. */
export function textFromNumber(stored: number, display: DisplayUnit, language: string): string {
  const format = new Intl.NumberFormat(language, {
    maximumFractionDigits: display.decimals,
    useGrouping: false,
    numberingSystem: "latn",
  });
  return format.format(toShown(stored, display)).replace("\u2212", "-");
}

/**
 * What was typed, in the stored unit. Both decimal marks are understood.
 * @returns NaN where it is no number, or one that reads as a thousand or as one
 */
export function numberFromText(text: string, display: DisplayUnit, language: Language): number {
  const trimmed = text.trim().replace("\u2212", "-");
  const mark = decimalMarkOf(language);
  if (GROUPED.test(trimmed) && !isPlainIn(trimmed, mark)) return Number.NaN;
  const plain = trimmed.replace(",", ".");
  if (!NUMBER.test(plain)) return Number.NaN;
  const stored = fromShown(Number(plain), display);
  return display.factor === 1 && display.offset === 0 ? stored : Number(stored.toFixed(STORED_DECIMALS));
}

/** With the language's own mark, once, it can only be a decimal. */
function isPlainIn(text: string, mark: string): boolean {
  return text.split(mark).length === 2 && text.search(/[.,]/) === text.indexOf(mark);
}
