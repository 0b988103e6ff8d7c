import type { Translate } from "../../i18n/translator.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import type { Concern } from "./concerns.ts";
import type { TankStatus } from "./tank-status.ts";

interface StatusWords {
  /** The tank's state in one sentence. */
  sentence(status: TankStatus): string;
  /** One thing that wants a look, as the beginning of a sentence. */
  concern(concern: Concern): string;
}

export function useStatusWords(): StatusWords {
  const { t } = useTranslation("tank");
  const concern = (one: Concern): string => wordsOf(one, t);
  return {
    concern,
    sentence: (status) => {
      if (status.kind !== "concerns") return t(`status.${status.kind}`);
      const [first, ...others] = status.concerns;
      const words = concern(first);
      return others.length === 0 ? `${words}.` : t("status.andMore", { words, count: others.length });
    },
  };
}

/** Where a concern is looked into. */
export function hrefOf(concern: Concern): string {
  if ("alarm" in concern) return "/alarms";
  if ("channel" in concern) return `/channels/${concern.channel.id}`;
  if ("output" in concern) return "/equipment";
  if ("device" in concern) return `/settings/devices/${concern.device.id}`;
  return "/settings/system";
}

function wordsOf(concern: Concern, t: Translate<"tank">): string {
  switch (concern.kind) {
    case "alarm":
      return concern.more === 0
        ? t("concern.alarm", { name: concern.alarm.name })
        : t("concern.alarms", { name: concern.alarm.name, count: concern.more });
    case "leak":
      return t("concern.leak", { name: concern.channel.name });
    case "outside":
      return t(`concern.${concern.departure.side}`, { name: concern.channel.name });
    case "bad":
      return t("concern.bad", { name: concern.channel.name });
    case "stale":
      return t(concern.reason === "stale" ? "concern.stale" : "concern.uncertain", { name: concern.channel.name });
    case "unreachable":
      return t("concern.unreachable", { name: concern.device.name });
    case "health":
      return t(`concern.health.${concern.check}`);
    default:
      return t(`concern.${concern.kind}`, { name: concern.output.name });
  }
}
