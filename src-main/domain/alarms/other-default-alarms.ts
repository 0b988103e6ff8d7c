import { type AlarmDefinition, type ControllerCheck, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import type { LoopConfig, LoopType } from "#contract/loops.ts";
import type { OutputRole } from "#contract/quantities.ts";
import { CRITICAL_RE_ALARM_S } from "./alarm-machine.ts";
import type { AlarmWords } from "./limit-table.ts";

/** An alarm as it is offered, before it belongs to an output, a loop or the controller. */
export type OfferedAlarm = Omit<AlarmDefinition, "id" | "channelId" | "loopId" | "name">;

const BARE = { ...UNUSED_ALARM_FIELDS, setpoint: null, deadband: 0, latching: false } as const;

/** A fault was judged for as long as it needs before it is one; it has to be gone for a moment to be over. */
const OUTPUT_OFF_DELAY_S = 10;

const VITAL: readonly OutputRole[] = ["heater", "top-off", "doser"];
const IMPORTANT: readonly OutputRole[] = ["chiller", "return-pump"];

/** A fault of an output: stuck, latched, or not confirmed by its device. */
export function outputAlarm(role: OutputRole): OfferedAlarm {
  const isVital = VITAL.includes(role);
  return {
    ...BARE,
    kind: "output-fault",
    onDelayS: 0,
    offDelayS: OUTPUT_OFF_DELAY_S,
    priority: isVital ? "critical" : IMPORTANT.includes(role) ? "high" : "medium",
    reAlarmS: isVital ? CRITICAL_RE_ALARM_S : null,
    response:
      "Go to the device and see what it really does; pull its plug where it should be off. Then reset the fault.",
    cause: "A relay that sticks, a plug without network or power, a pump that runs dry, a limit that was hit.",
    consequence: "The tank is not heated, cooled, filled or dosed as decided; or without an end.",
  };
}

/** Today's mean power over the baseline's: less is a pump that is clogged, worn or dry. */
const PUMP_POWER_BELOW = 0.7;

/** A metered pump whose power is not what it was. */
export function pumpPowerAlarm(): OfferedAlarm {
  return {
    ...BARE,
    kind: "drift",
    setpoint: PUMP_POWER_BELOW,
    deadband: 0.1,
    onDelayS: 0,
    offDelayS: 0,
    priority: "low",
    response: "Clean the pump and its intake, and look at its flow.",
    cause: "A clogged intake, calcified bearings, air in the pump, or it stood still for hours.",
    consequence: "Flow falls slowly, until it stops.",
  };
}

const LOOP_WORDS: Readonly<Record<LoopType, AlarmWords>> = {
  thermostat: {
    response: "Look at heater and probes, and compare with another thermometer.",
    cause: "A heater that is too weak or failing, a probe that drifts, a room that is too cold or too hot.",
    consequence: "The temperature leaves its limits in hours, or is held at a wrong one.",
  },
  "top-off": {
    response: "Look at sump, reservoir and level sensors.",
    cause: "An empty reservoir, a level sensor that fails, water where none should be.",
    consequence: "The sump runs low and salinity rises; or it overflows.",
  },
  doser: {
    response: "Look at the pump, its container and its hose.",
    cause: "An empty container, a pump that lost its prime, something that kept it from dosing.",
    consequence: "Alkalinity and calcium fall day by day.",
  },
  rule: {
    response: "Do what the rule was made for.",
    cause: "What its conditions say.",
    consequence: "As whoever made the rule knows.",
  },
};

/** A loop's own warnings: they bring their words and their priority. A rule has a delay of its own. */
export function loopAlarms(loop: LoopConfig): readonly OfferedAlarm[] {
  const delayS = loop.type === "rule" ? 0 : WARNING_DELAY_S;
  const warning: OfferedAlarm = {
    ...BARE,
    kind: "loop-warning",
    onDelayS: delayS,
    offDelayS: delayS,
    priority: "medium",
    ...LOOP_WORDS[loop.type],
  };
  if (loop.type === "thermostat" && loop.heaterChannelId !== null) return [warning, drift(HEATER_DRIFT)];
  if (loop.type === "top-off") return [warning, drift(EVAPORATION_DRIFT)];
  return [warning];
}

const WARNING_DELAY_S = 60;

const HEATER_DRIFT = {
  setpoint: 1.5,
  response: "Compare the probe with another thermometer, and look at the heater and at the room.",
  cause: "A cold spell, a lid left open, a heater that weakens, a probe that drifts and reads low.",
  consequence: "A heater at its limit fails in the first cold night; a probe that reads low cooks the tank.",
};
const EVAPORATION_DRIFT = {
  setpoint: 1.6,
  response: "Look for water where none should be, and at lid, fans and skimmer.",
  cause: "A slow leak, a fan that was added, dry air, a skimmer that runs over.",
  consequence: "The reservoir is empty sooner than planned; what leaks takes salt with it.",
};

function drift(of: AlarmWords & { readonly setpoint: number }): OfferedAlarm {
  return { ...BARE, kind: "drift", deadband: 0.1, onDelayS: 0, offDelayS: 0, priority: "medium", ...of };
}

interface CheckDefaults extends AlarmWords {
  readonly onDelayS: number;
  readonly priority: AlarmDefinition["priority"];
}

/** Not `outputs`: each output has an alarm of its own, and an emergency stop is a person's deed and no news. */
const CHECKS: Partial<Record<ControllerCheck, CheckDefaults>> = {
  acquisition: {
    onDelayS: 90,
    priority: "high",
    response:
      "Check the power and the connection of the devices that are named; start polling where it was stopped.",
    cause: "A device without power or network, a bus that hangs, polling that was stopped by hand.",
    consequence: "What those devices measure is watched by nobody; what depends on it stays off.",
  },
  database: {
    onDelayS: 300,
    priority: "medium",
    response: "Look at the database server and its disk; restart the program if it does not come back.",
    cause: "PostgreSQL stopped or hangs, the network to it is gone, its disk is full.",
    consequence: "Control goes on; history waits in the local store until that is full.",
  },
  clock: {
    onDelayS: 300,
    priority: "medium",
    response: "Check the network and the time server; set the clock.",
    cause: "No network since the start, a clock without battery, a time server that is away.",
    consequence: "Schedules run at wrong times; nothing is dosed until the time is known.",
  },
  disk: {
    onDelayS: 60,
    priority: "high",
    response: "Make room on the disk, or attach a larger one.",
    cause: "Years of history, other programs' files, logs.",
    consequence: "History is lost; later the tank's memory cannot be written either, and dosing stops.",
  },
  "local-store": {
    onDelayS: 60,
    priority: "high",
    response: "Check the card or disk the data folder is on; restore a backup if it is damaged.",
    cause: "A worn or full card, a file that was damaged.",
    consequence: "Latches, sign-ins and alarms are forgotten at the next restart; capped outputs stay off.",
  },
  "under-voltage": {
    onDelayS: 10,
    priority: "high",
    response: "Use the power supply made for this board, and unplug what hangs on its USB ports.",
    cause: "A weak power supply or cable.",
    consequence: "The controller slows down, damages its card, or restarts at random.",
  },
  "safe-mode": {
    onDelayS: 0,
    priority: "critical",
    response: "Read the log for why the program ended three times; end safe mode when that is mended.",
    cause: "The program crashed three times in ten minutes.",
    consequence: "Only life support runs: no rules, no schedules, no dosing.",
  },
};

/** The controller's own, by check. */
export function controllerAlarms(): readonly OfferedAlarm[] {
  return Object.entries(CHECKS).map(([check, { priority, ...more }]) => ({
    ...BARE,
    kind: "controller",
    check: check as ControllerCheck,
    offDelayS: 30,
    priority,
    reAlarmS: priority === "critical" ? CRITICAL_RE_ALARM_S : null,
    ...more,
  }));
}

/** Sensors of which a low reservoir is made known before it is empty, %. */
export const RESERVOIR_LOW: OfferedAlarm = {
  ...BARE,
  kind: "low",
  setpoint: 10,
  deadband: 5,
  onDelayS: 300,
  offDelayS: 60,
  priority: "medium",
  response: "Fill the reservoir today.",
  cause: "It was not filled; more evaporates than usual; a slow leak.",
  consequence: "When it is empty the sump runs low and salinity rises.",
};
