import type { Alarm, AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Formats } from "../../i18n/formats.ts";
import type { DisplayUnit } from "../../i18n/units.ts";
import { differenceIn, plainUnit } from "../control/form/shown-number.ts";

/** Their number is a distance or a change: 0.5 °C of it are 0.9 °F. */
const DIFFERENCES: readonly AlarmKind[] = ["rate-of-change", "deviation", "discrepancy"];
/** Their value is a reading of their sensor. */
const LIMITS: readonly AlarmKind[] = ["low-low", "low", "high", "high-high"];
const TIMES_DECIMALS = 1;

type OfWhat = Pick<Channel, "quantity" | "unit">;

/** How a kind's set-point is shown and typed. @param channel undefined: it has none, or none that is known */
export function setpointUnit(kind: AlarmKind, channel: OfWhat | undefined, formats: Formats): DisplayUnit {
  if (kind === "drift") return plainUnit("×", TIMES_DECIMALS);
  if (kind === "digital") return plainUnit("", 0);
  const display =
    channel === undefined ? formats.unitOf("generic", "") : formats.unitOf(channel.quantity, channel.unit);
  return DIFFERENCES.includes(kind) ? differenceIn(display) : display;
}

/** How a kind's deadband is shown and typed: always a difference. */
export function deadbandUnit(kind: AlarmKind, channel: OfWhat | undefined, formats: Formats): DisplayUnit {
  return differenceIn(setpointUnit(kind, channel, formats));
}

/** What an alarm last judged, with its unit; null: nothing, or nothing a number says. */
export function valueText(
  alarm: Pick<Alarm, "kind" | "value" | "unit">,
  channel: OfWhat | undefined,
  formats: Formats,
): string | null {
  const { kind, value } = alarm;
  if (
    value === null ||
    channel?.quantity === "leak" ||
    kind === "digital" ||
    kind === "controller" ||
    kind === "output-fault"
  )
    return null;
  if (channel === undefined && kind !== "drift") return formats.valueWithUnit(value, plainUnit(alarm.unit, 2));
  return formats.valueWithUnit(value, setpointUnit(kind, channel, formats));
}

export function isLimit(kind: AlarmKind): boolean {
  return LIMITS.includes(kind);
}

/** Where what an alarm saw is looked at: its sensor's chart at that moment, with its limit drawn; null: it watches no channel. */
export function chartHref(
  alarm: Pick<AlarmDefinition, "kind" | "channelId" | "setpoint">,
  atMs: number,
): string | null {
  const { kind, channelId, setpoint } = alarm;
  if (channelId === null) return null;
  const query = new URLSearchParams({ at: new Date(atMs).toISOString() });
  if (isLimit(kind) && setpoint !== null) query.set("limit", String(setpoint));
  return `/channels/${channelId}?${query}`;
}
