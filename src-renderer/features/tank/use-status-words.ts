import type { Alarm } from "#contract/alarms.ts";
import type { Translate } from "../../i18n/translator.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { alarmTitle } from "./alarm-title.ts";
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
  const devices = useTank((s) => s.devices);
  const titleOf = (alarm: Alarm): string =>
    alarmTitle(alarm, channelsOf(devices).find(({ id }) => id === alarm.channelId)?.quantity, t);
  const concern = (one: Concern): string => {
    if (one.kind !== "alarm") return wordsOf(one, t);
    const words = { name: titleOf(one.alarm), count: one.more };
    return t(one.more === 0 ? "concern.alarm" : "concern.alarms", words);
  };
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

function wordsOf(concern: Exclude<Concern, { kind: "alarm" }>, t: Translate<"tank">): string {
  switch (concern.kind) {
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
