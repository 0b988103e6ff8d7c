import { celsiusFrom } from "./recorded-quantities.ts";
import type { RecordingColumns } from "./recording.ts";

/** No tank is so warm in °C, none so cool in °F (7 °C). */
const WARMEST_TANK_C = 45;
/** Enough for a median. */
const MAX_SEEN = 10_000;

/**
 * An Apex writes °C or °F, as its owner likes, and never says which; one file keeps to one of them. Its median tells.
 * @param isUnknown by channel: its scale is to be settled, in place
 */
export function settleTemperatureScale(
  { channelOf, value }: RecordingColumns,
  isUnknown: readonly boolean[],
): void {
  const unknown = value.map((_, i) => (isUnknown[channelOf[i] ?? 0] === true ? i : -1)).filter((i) => i >= 0);
  const step = Math.ceil(unknown.length / MAX_SEEN);
  const seen = unknown
    .filter((_, n) => n % step === 0)
    .map((i) => value[i] ?? 0)
    .sort();
  if ((seen[seen.length >> 1] ?? 0) <= WARMEST_TANK_C) return;
  for (const i of unknown) value[i] = celsiusFrom(value[i] ?? 0);
}
