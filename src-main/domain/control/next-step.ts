import { activeSetpointC, type SetpointSettings } from "./active-setpoint.ts";
import { type LocalTime, minutesUntil } from "./local-time.ts";
import { degrees, type Thresholds } from "./thermostat.ts";

const HOUR_MS = 3_600_000;
/** A forecast further off than this is none. */
const FARTHEST_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;

export interface ThermostatOutlook {
  readonly settings: SetpointSettings & { readonly hasHeater: boolean; readonly hasChiller: boolean };
  readonly demand: "heating" | "cooling" | "idle";
  readonly limits: Thresholds;
  readonly waterC: number;
  /** How the water moves as things are, °C/h; null: nobody knows. */
  readonly rateCPerH: number | null;
  readonly local: LocalTime;
}

/** What comes next of itself, and in how long, ms; null: nobody knows. */
export interface NextStep {
  readonly text: string;
  readonly inMs: number | null;
}

/** The next switch by temperature or by the clock, whichever is sooner; a switch nobody can time counts as an hour away. */
export function nextStep(outlook: ThermostatOutlook): NextStep {
  const bySwitch = switchAhead(outlook);
  const byClock = setpointAhead(outlook);
  return byClock === null || (bySwitch.inMs ?? HOUR_MS) < byClock.inMs ? bySwitch : byClock;
}

function switchAhead(outlook: ThermostatOutlook): NextStep {
  const { demand, limits, settings, rateCPerH } = outlook;
  if (demand === "heating") return stepAt(outlook, "Heating ends at", limits.heatUntilC);
  if (demand === "cooling") return stepAt(outlook, "Cooling ends at", limits.coolUntilC);
  const cools = settings.hasChiller && (!settings.hasHeater || (rateCPerH ?? 0) > 0);
  return cools
    ? stepAt(outlook, "Cooling begins above", limits.coolAboveC)
    : stepAt(outlook, "Heating begins below", limits.heatBelowC);
}

function stepAt({ waterC, rateCPerH }: ThermostatOutlook, what: string, atC: number): NextStep {
  const inMs = rateCPerH === null || rateCPerH === 0 ? -1 : ((atC - waterC) / rateCPerH) * HOUR_MS;
  const isAhead = inMs >= 0 && inMs <= FARTHEST_MS;
  return { text: `${what} ${degrees(atC)}.`, inMs: isAhead ? inMs : null };
}

/** When night begins or ends next, by the wall's clock. */
function setpointAhead({
  settings,
  local,
}: ThermostatOutlook): { readonly text: string; readonly inMs: number } | null {
  const { night } = settings;
  if (night === null || night.from === night.to) return null;
  const toNight = minutesUntil(local.minuteOfDay, night.from);
  const toDay = minutesUntil(local.minuteOfDay, night.to);
  const inMin = Math.min(toNight, toDay);
  const time = toNight < toDay ? night.from : night.to;
  const minuteOfDay = (local.minuteOfDay + inMin) % 1_440;
  const setpointC = activeSetpointC(settings, { ...local, minuteOfDay });
  return { text: `From ${time} it holds ${degrees(setpointC)}.`, inMs: inMin * MINUTE_MS };
}
