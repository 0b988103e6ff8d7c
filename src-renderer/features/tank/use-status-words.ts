import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { type Formats, useFormats } from "../../i18n/formats.ts";
import { toShown } from "../../i18n/units.ts";
import type { Concern } from "./concerns.ts";
import type { Departure } from "./departure.ts";
import type { TankStatus } from "./tank-status.ts";

interface StatusWords {
  /** The tank's state in one sentence. */
  sentence(status: TankStatus): string;
  /** One thing that wants a look, as the beginning of a sentence. */
  concern(concern: Concern): string;
}

export function useStatusWords(): StatusWords {
  const { t } = useTranslation("tank");
  const formats = useFormats();
  const concern = (one: Concern): string => wordsOf(one, t, formats);
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
  if ("channel" in concern) return `/channels/${concern.channel.id}`;
  if ("output" in concern) return "/equipment";
  if ("device" in concern) return `/settings/devices/${concern.device.id}`;
  return "/settings/system";
}

function wordsOf(concern: Concern, t: TFunction<"tank">, formats: Formats): string {
  switch (concern.kind) {
    case "leak":
      return t("concern.leak", { name: concern.channel.name });
    case "outside": {
      const { name, quantity, unit } = concern.channel;
      const display = formats.unitOf(quantity, unit);
      return t(`concern.${concern.departure.side}`, {
        name,
        ...departureWords(concern.departure, display, formats),
      });
    }
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

type Display = ReturnType<Formats["unitOf"]>;

/** How far beyond which limit, so that it adds up with the value as it is shown. */
export function departureWords(
  { side, by, limit }: Departure,
  display: Display,
  formats: Formats,
): { readonly by: string; readonly limit: string } {
  const rounded = (stored: number): number => Number(toShown(stored, display).toFixed(display.decimals));
  const apart = Math.abs(rounded(side === "low" ? limit - by : limit + by) - rounded(limit));
  return { by: amountIn(apart, display, formats), limit: formats.valueWithUnit(limit, display) };
}

/** How far apart two values are, in the user's unit, with it; never shown as zero. */
export function differenceIn(stored: number, display: Display, formats: Formats): string {
  return amountIn(Math.abs(toShown(stored, display) - toShown(0, display)), display, formats);
}

function amountIn(shown: number, { decimals, unit }: Display, formats: Formats): string {
  const least = 10 ** -decimals;
  // Half of it is shown as one.
  const words = shown < least / 2 ? `< ${formats.number(least, decimals)}` : formats.number(shown, decimals);
  return unit === "" ? words : `${words} ${unit}`;
}
