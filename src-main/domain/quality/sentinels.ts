import type { QualityRules } from "./quality-rules.ts";

/** What the scratchpad holds from power-on until the first conversion (DS18B20 datasheet, "Operation"). */
const POWER_ON_RESET_C = 85;
/** Below this a jump to exactly 85 is a reset, not a temperature. */
const RESET_SUSPECT_BELOW_C = 60;
/** 0x07FF, a data line stuck high in part: 127.9375, or 127.94 as some firmwares print it. */
const LINE_STUCK_C = 127.94;
const LINE_STUCK_TOLERANCE_C = 0.005;
/** What libraries for these sensors answer when there is none. */
const DISCONNECTED_C = -127;

/** True where a raw number is how a sensor says that it measured nothing. @param lastGoodRaw null where there was none */
export function isSentinel(raw: number, lastGoodRaw: number | null, rules: QualityRules): boolean {
  if (!Number.isFinite(raw)) return true;
  if (rules.hasDallasSentinels && isDallasSentinel(raw, lastGoodRaw)) return true;
  return (
    raw === 0 &&
    rules.zeroIsLostBeyond !== null &&
    lastGoodRaw !== null &&
    Math.abs(lastGoodRaw) > rules.zeroIsLostBeyond
  );
}

function isDallasSentinel(raw: number, lastGoodRaw: number | null): boolean {
  if (raw === DISCONNECTED_C || Math.abs(raw - LINE_STUCK_C) <= LINE_STUCK_TOLERANCE_C) return true;
  return raw === POWER_ON_RESET_C && lastGoodRaw !== null && lastGoodRaw < RESET_SUSPECT_BELOW_C;
}
