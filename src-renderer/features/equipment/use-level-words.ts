import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";

/** A level, %, as on, off, or how far. */
export function useLevelWords(): (levelPct: number) => string {
  const { t } = useTranslation("equipment");
  const formats = useFormats();
  return (levelPct) => {
    if (levelPct === 0) return t("mode.off");
    return levelPct === 100 ? t("mode.on") : `${formats.number(levelPct, 0)} %`;
  };
}
