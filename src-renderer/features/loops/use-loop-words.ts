import type { LoopState } from "#contract/loops.ts";
import { useFormats } from "../../i18n/formats.ts";
import { inOwnUnits } from "../../i18n/said.ts";
import { useTranslation } from "../../i18n/use-translation.ts";

/** What a loop does and why. The core says it in English, with its figures; in another language its state is put into words. */
export function useLoopWords(): (state: Pick<LoopState, "type" | "state" | "text">) => string {
  const { t, i18n } = useTranslation("control");
  const formats = useFormats();
  return ({ type, state, text }) => {
    if (i18n.language === "en") return inOwnUnits(text, formats);
    if (state === "disabled") return t("doing.disabled");
    const key = `doing.${type}.${state}`;
    return i18n.exists(`control:${key}`) ? t(key as "doing.thermostat.idle") : t(`state.${state}`);
  };
}
