import type { Loop } from "#contract/loops.ts";
import type { Fact } from "../../components/facts.tsx";
import { type Formats, useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { isPercent } from "./loop-draft.ts";

type Of<T extends Loop["type"]> = Extract<Loop, { readonly type: T }>;
type Live<T extends Loop["type"]> = Extract<Loop["live"], { readonly type: T }>;

const MS_PER_S = 1_000;
/** From here on a tenth is no news, mL. */
const WHOLE_FROM_ML = 100;
/** A unit never stands alone on a line. */
const NBSP = "\u00a0";

/** What a loop's card tells of it, in the keeper's units. */
export function useLoopFacts(loop: Loop): readonly Fact[] {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const hasPercent = useTank((s) => {
    if (loop.type !== "top-off") return false;
    const level = channelsOf(s.devices).find(({ id }) => id === loop.levelChannelId);
    return level !== undefined && isPercent(level);
  });
  const { live } = loop;
  const since: Fact = [t("card.since"), formats.dateTime(Date.parse(live.since))];
  const unknown = t("card.unknown");
  if (loop.type === "thermostat" && live.type === "thermostat") return [...thermostat(loop, live), since];
  if (loop.type === "top-off" && live.type === "top-off") return [...topOff(loop, live), since];
  if (loop.type === "doser" && live.type === "doser") return [...doser(loop, live), since];
  return [since];

  function thermostat(of: Of<"thermostat">, now: Live<"thermostat">): readonly Fact[] {
    const setpointC = now.activeSetpointC ?? of.setpointC;
    return [
      [t("card.setpoint"), `${temperature(setpointC, formats)} ± ${difference(of.hysteresisC, formats)}`],
      [t("card.now"), orElse(now.processVariableC, "–", (celsius) => temperature(celsius, formats))],
      [t("card.duty"), orElse(now.heaterDutyPct, unknown, (pct) => `${formats.number(pct, 0)} %`)],
      [t("card.starts"), orElse(now.heaterStartsLastDay, unknown, (starts) => formats.number(starts, 0))],
    ];
  }

  function topOff(of: Of<"top-off">, now: Live<"top-off">): readonly Fact[] {
    const fills = hasPercent
      ? t("card.fillsAt", { below: percent(of.fillBelow), until: percent(of.fillUntil) })
      : t("card.fillsDry");
    const litres = (value: number): string => `${formats.number(value, 1)}${NBSP}L`;
    return [
      [
        t("card.level"),
        orElse(now.level, "–", (level) =>
          hasPercent ? `${formats.number(level, 0)} %` : formats.number(level, 0),
        ),
      ],
      [t("card.fills"), fills],
      [t("card.learned"), orElse(now.learnedFillS, unknown, (s) => formats.duration(s * MS_PER_S))],
      [t("card.pumped"), orElse(now.pumpedLastDayL, unknown, litres)],
      [
        t("card.evaporation"),
        orElse(now.evaporationLPerDay, unknown, (value) => t("card.perDay", { value: litres(value) })),
      ],
    ];
  }

  function doser(of: Of<"doser">, now: Live<"doser">): readonly Fact[] {
    const ml = (value: number): string => `${formats.number(value, value < WHOLE_FROM_ML ? 1 : 0)}${NBSP}mL`;
    const left = now.containerLeftMl;
    const days = now.containerDaysLeft;
    const container: readonly Fact[] =
      left === null
        ? []
        : [
            [
              t("card.container"),
              days === null
                ? t("card.containerLeft", { left: ml(left) })
                : t("card.containerDays", { left: ml(left), count: Math.floor(days) }),
            ],
          ];
    const missed: readonly Fact[] =
      now.skippedLastDay > 0 ? [[t("card.missed"), formats.number(now.skippedLastDay, 0)]] : [];
    return [
      [t("card.planned"), t("card.perDay", { value: ml(of.mlPerDay) })],
      [t("card.dosed"), ml(now.dosedLastDayMl)],
      ...container,
      ...missed,
    ];
  }

  function percent(value: number): string {
    return `${formats.number(value, Number.isInteger(value) ? 0 : 1)}${NBSP}%`;
  }
}

function orElse<T>(value: T | null, otherwise: string, words: (value: T) => string): string {
  return value === null ? otherwise : words(value);
}

function temperature(celsius: number, formats: Formats): string {
  return formats.valueWithUnit(celsius, formats.unitOf("temperature", "°C"));
}

function difference(celsius: number, formats: Formats): string {
  const { factor, decimals } = formats.unitOf("temperature", "°C");
  return formats.number(celsius * factor, decimals);
}
