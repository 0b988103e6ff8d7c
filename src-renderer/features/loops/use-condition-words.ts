import type { RuleCondition } from "#contract/loops/rule.ts";
import { useFormats } from "../../i18n/formats.ts";
import { inOwnUnits } from "../../i18n/said.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";

/** A rule's condition. The core says it in English, with how it stands; in another language what it asks for is put into words. */
export function useConditionWords(): (condition: RuleCondition | undefined, said: string) => string {
  const { t, i18n } = useTranslation("control");
  const formats = useFormats();
  const devices = useTank((s) => s.devices);
  return (condition, said) => {
    if (i18n.language === "en" || condition === undefined) return capitalized(inOwnUnits(said, formats));
    switch (condition.kind) {
      case "mode":
        return t("rule.says.mode", { mode: t(`modeKind.${condition.mode}`) });
      case "time":
        return t("rule.says.time", { from: condition.from, to: condition.to });
      default:
        return `${ofChannel(condition)}${lasting(condition.forS)}`;
    }
  };

  function ofChannel(condition: Extract<RuleCondition, { readonly channelId: string }>): string {
    const channel = channelsOf(devices).find(({ id }) => id === condition.channelId);
    const name = channel?.name ?? t("card.gone");
    if (condition.kind === "output-on" || condition.kind === "output-off") {
      return t(`rule.says.${condition.kind}`, { name });
    }
    const display = formats.unitOf(channel?.quantity ?? "generic", channel?.unit ?? "");
    const limit = formats.valueWithUnit(condition.value, display);
    return t(`rule.says.${condition.kind}`, { name, limit });
  }

  function lasting(forS: number): string {
    return forS === 0 ? "" : t("rule.says.lasting", { time: formats.duration(forS * 1_000) });
  }
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
