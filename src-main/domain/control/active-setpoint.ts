import type { NightSetpoint } from "#contract/loops/thermostat.ts";
import { isWithinSpan, type LocalTime } from "./local-time.ts";

/** A reef lives in no other water, whatever is added up, °C. */
const COLDEST_C = 10;
const WARMEST_C = 32;

export interface SetpointSettings {
  readonly setpointC: number;
  readonly night: NightSetpoint | null;
  /** In the middle of each month from January on, °C. */
  readonly monthlyOffsetsC: readonly number[] | null;
}

/** What is held at this moment, °C: by day or by night, with the season's offset. */
export function activeSetpointC({ setpointC, night, monthlyOffsetsC }: SetpointSettings, at: LocalTime): number {
  const isNight = night !== null && isWithinSpan(at.minuteOfDay, night);
  const baseC = isNight ? night.setpointC : setpointC;
  const offsetC = monthlyOffsetsC === null ? 0 : seasonOffsetC(monthlyOffsetsC, at);
  return Math.min(Math.max(baseC + offsetC, COLDEST_C), WARMEST_C);
}

/** On the straight line between the middles of two months, °C. */
function seasonOffsetC(offsetsC: readonly number[], at: LocalTime): number {
  const nowMs = Date.UTC(at.year, at.month - 1, at.day) + at.minuteOfDay * 60_000;
  const isFirstHalf = nowMs < middleMs(at.year, at.month);
  const before = isFirstHalf ? at.month - 1 : at.month;
  const [fromMs, toMs] = [middleMs(at.year, before), middleMs(at.year, before + 1)];
  const [fromC, toC] = [offsetOf(offsetsC, before), offsetOf(offsetsC, before + 1)];
  return fromC + ((toC - fromC) * (nowMs - fromMs)) / (toMs - fromMs);
}

/** Of a month by number; 0 is the last December, 13 the next January. */
function middleMs(year: number, month: number): number {
  return (Date.UTC(year, month - 1, 1) + Date.UTC(year, month, 1)) / 2;
}

function offsetOf(offsetsC: readonly number[], month: number): number {
  return offsetsC.at((month + 11) % 12) ?? 0;
}
