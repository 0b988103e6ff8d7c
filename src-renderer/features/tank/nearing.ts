import type { Alarm } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Formats } from "../../i18n/formats.ts";
import type { Translate } from "../../i18n/translator.ts";

const MIN_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A forecast is no timetable: finer than this it would only seem to know. */
const STEPS_MS = [
  { fromMs: 0, stepMs: 5 * MIN_MS },
  { fromMs: HOUR_MS, stepMs: 15 * MIN_MS },
  { fromMs: 6 * HOUR_MS, stepMs: HOUR_MS },
] as const;

/** @returns how long it takes still, rounded to what a forecast can know, ms; 0: any moment */
export function roundedLeftMs(leftMs: number): number {
  const { stepMs } = STEPS_MS.findLast(({ fromMs }) => leftMs >= fromMs) ?? STEPS_MS[0];
  return Math.max(0, Math.round(leftMs / stepMs) * stepMs);
}

interface Nearing {
  readonly alarm: Pick<Alarm, "limitAt" | "setpoint">;
  readonly channel: Pick<Channel, "quantity" | "unit">;
  /** The tank's clock, epoch ms. */
  readonly nowMs: number;
}

/** "Reaches 26.7 °C in about 2 h." */
export function nearingWords({ alarm, channel, nowMs }: Nearing, t: Translate<"tank">, formats: Formats): string {
  const display = formats.unitOf(channel.quantity, channel.unit);
  const limit = alarm.setpoint === null ? "–" : formats.valueWithUnit(alarm.setpoint, display);
  const leftMs = roundedLeftMs(Date.parse(alarm.limitAt ?? "") - nowMs);
  return leftMs > 0
    ? t("vital.nearing", { limit, time: formats.duration(leftMs) })
    : t("vital.nearingNow", { limit });
}
