import type { Alarm, AlarmState } from "#contract/alarms.ts";
import type { Output } from "#contract/outputs.ts";
import type { Reading } from "#contract/readings.ts";

const PROBLEM: ReadonlySet<AlarmState> = new Set(["unacknowledged", "acknowledged", "latched"]);

/** Without its instant: what did not change is not said again. */
export function readingState({ value, quality, reason }: Pick<Reading, "value" | "quality" | "reason">): string {
  return JSON.stringify({ value: quality === "bad" ? null : value, quality, reason });
}

/** What the device says, or what it was asked where it cannot be known. */
export function outputState({ actual, requested, confirmation, owner, reason }: Output): string {
  return JSON.stringify({
    level: actual,
    requested,
    confirmation,
    owner,
    reason: reason.text,
    until: reason.until,
  });
}

export function alarmState(alarm: Alarm): string {
  const { state, priority, kind, value, unit, setpoint, since, shelvedUntil } = alarm;
  const isOn = PROBLEM.has(state);
  return JSON.stringify({
    state: isOn ? "ON" : "OFF",
    alarmState: state,
    priority,
    kind,
    // The limit that was passed; a live value would be said again with every reading.
    value: isOn ? value : null,
    unit,
    setpoint,
    since,
    shelvedUntil,
  });
}
