import { useFormats } from "../../../i18n/formats.ts";
import type { DisplayUnit } from "../../../i18n/units.ts";
import { useTranslation } from "../../../i18n/use-translation.ts";
import type { Range } from "./draft-problems.ts";
import { shownRange } from "./shown-number.ts";
import type { FieldProblem } from "./use-draft-form.ts";

interface ProblemWords {
  /** What is wrong with a field in a sentence; null: nothing. */
  of(
    problem: FieldProblem | null,
    range?: { readonly range: Range; readonly display: DisplayUnit },
  ): string | null;
  /** A range in the keeper's unit, as the end of a sentence; null: it is open. */
  range(range: Range, display: DisplayUnit): string | null;
}

export function useProblemWords(): ProblemWords {
  const { t, i18n } = useTranslation("control");
  const formats = useFormats();
  const rangeWords = (range: Range, display: DisplayUnit): string | null => {
    const { min, max } = shownRange(range, display);
    const number = (value: number | null): string => (value === null ? "" : plain(value, formats.language));
    const key = min === null ? "atMost" : max === null ? "atLeast" : "between";
    if (min === null && max === null) return null;
    return t(`form.${key}`, { min: number(min), max: number(max), unit: display.unit }).trim();
  };
  return {
    range: rangeWords,
    of: (problem, of) => {
      if (problem === null) return null;
      switch (problem.kind) {
        case "refused":
          return sentence(problem.message);
        case "missing":
          return t(of === undefined ? "form.missing" : "form.missingNumber");
        case "shape":
          return t("form.shape");
        case "rule":
          return ruleWords(problem.message);
        case "range":
          return of === undefined
            ? t("form.shape")
            : t("form.outOf", { range: rangeWords(of.range, of.display) ?? "" });
      }
    },
  };

  /** The contract's rules between fields have words of ours where we know them. */
  function ruleWords(message: string): string {
    const key = `form.rule.${message.replaceAll(/[^a-z]+/gi, "-")}`;
    return i18n.exists(`control:${key}`) ? t(key as "form.rule.needs-a-heater-or-a-chiller") : sentence(message);
  }
}

function plain(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(value);
}

/** The core's details begin small and end without a full stop. */
function sentence(text: string): string {
  const capital = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
