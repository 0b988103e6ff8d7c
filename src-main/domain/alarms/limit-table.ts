import type { AlarmPriority } from "#contract/alarms.ts";
import type { Quantity } from "#contract/quantities.ts";

/** An alarm's rationalization: what to do, what usually brings it about, what happens when nobody answers. */
export interface AlarmWords {
  readonly response: string;
  readonly cause: string;
  readonly consequence: string;
}

export interface RateLimit {
  /** In the quantity's stored unit, either way, over the window. */
  readonly changeBy: number;
  readonly windowS: number;
  readonly priority: AlarmPriority;
  readonly words: AlarmWords;
}

interface LimitTable {
  /** low-low, low, high, high-high, in the quantity's stored unit. */
  readonly setpoints: readonly [number, number, number, number];
  readonly deadband: number;
  readonly onDelayS: number;
  readonly offDelayS: number;
  /** On-delay of the outer pair, s, where it differs. */
  readonly outerOnDelayS?: number;
  readonly rates: readonly RateLimit[];
  readonly words: { readonly low: AlarmWords; readonly high: AlarmWords };
}

/** low-low, low, high and high-high, and what they stand around, °C. */
export const TEMPERATURE_SETPOINTS_C = [23.5, 24.4, 26.7, 27.8] as const;
export const TEMPERATURE_MIDPOINT_C = 25.5;

const HOUR_S = 3_600;
const MOVES_FAST: AlarmWords = {
  response: "Look at heater, chiller and room now: the water moves faster than any of them should move it.",
  cause: "A heater stuck on or off, cold water poured in, a window or a lid left open, a probe out of the water.",
  consequence:
    "At this speed the limit is passed within the hour; fast changes stress fish and corals by themselves.",
};
const MOVES_ON: AlarmWords = {
  response: "Look at heater, chiller and room while there is time: the water keeps moving one way.",
  cause: "A heater that is stuck or cannot keep up, a return pump that stands still, a room that heats or cools.",
  consequence: "The tank leaves its limits in a few hours.",
};

/** domain.md section 4. A limit's midpoint is what recordings are centred on. */
export const LIMITS: Partial<Record<Quantity, LimitTable>> = {
  temperature: {
    setpoints: TEMPERATURE_SETPOINTS_C,
    deadband: 0.15,
    onDelayS: 120,
    offDelayS: 60,
    outerOnDelayS: 30,
    rates: [
      { changeBy: 0.5, windowS: HOUR_S / 2, priority: "high", words: MOVES_FAST },
      { changeBy: 0.6, windowS: 2 * HOUR_S, priority: "medium", words: MOVES_ON },
    ],
    words: {
      low: {
        response: "Check that the heater has power and is on, and that water flows past it.",
        cause: "Heater without power, broken or too small; a cold room; cold water poured in.",
        consequence: "Below 20 °C animals die within hours.",
      },
      high: {
        response: "Check that the heater is off; cool the room, open the lid, aim a fan at the water.",
        cause: "Heater stuck on, a hot room, a chiller without power, pumps that heat.",
        consequence: "Less oxygen; corals bleach above 30 °C, fish die above 32 °C.",
      },
    },
  },
  ph: {
    setpoints: [7.6, 7.8, 8.5, 8.6],
    deadband: 0.03,
    onDelayS: 600,
    offDelayS: 300,
    rates: [
      {
        changeBy: 0.3,
        windowS: HOUR_S,
        priority: "high",
        words: {
          response: "Stop the dosing, look for what went into the water, and verify with a test kit.",
          cause: "An overdose of alkalinity or kalkwasser, acid, much CO2, or a probe that fails.",
          consequence: "Precipitation and burnt gills within hours.",
        },
      },
    ],
    words: {
      low: {
        response: "Air the room and check the skimmer's air intake and the dosing; verify with a test kit.",
        cause: "CO2 in the room, little gas exchange, low alkalinity, a probe that needs calibration.",
        consequence: "Corals stop growing; below 7.6 skeletons dissolve.",
      },
      high: {
        response: "Stop dosing alkaline parts and verify with a test kit.",
        cause: "Too much kalkwasser or alkalinity, or a probe that needs calibration.",
        consequence: "Calcium carbonate precipitates; pumps seize and alkalinity crashes.",
      },
    },
  },
  orp: {
    setpoints: [250, 300, 410, 450],
    deadband: 10,
    onDelayS: 1_800,
    offDelayS: 600,
    rates: [
      {
        changeBy: 50,
        windowS: HOUR_S / 2,
        priority: "medium",
        words: {
          response: "Look for something dead or much food in the water, and check ozone and skimmer.",
          cause: "A dead animal, overfeeding, ozone out of control, hands or medicine in the water.",
          consequence: "A quick fall often comes before lack of oxygen.",
        },
      },
    ],
    words: {
      low: {
        response: "Look for something dead or overfed, and check the skimmer.",
        cause: "Something dead, overfeeding, a skimmer that stands still.",
        consequence: "Water quality falls; oxygen may follow at night.",
      },
      high: {
        response: "Turn off ozone, and check the probe.",
        cause: "Too much ozone, or a probe that drifts.",
        consequence: "Residual oxidants harm gills and corals.",
      },
    },
  },
  salinity: {
    setpoints: [32, 33.5, 36, 37],
    deadband: 0.2,
    onDelayS: 900,
    offDelayS: 300,
    rates: [
      {
        changeBy: 1,
        windowS: HOUR_S,
        priority: "high",
        words: {
          response: "Stop the top-off and any water change, and measure with a refractometer.",
          cause: "A top-off that runs on, a water change with other water, a probe with air bubbles.",
          consequence: "Osmotic shock: fish and invertebrates first.",
        },
      },
    ],
    words: {
      low: {
        response: "Check that the top-off is not running on, and measure with a refractometer.",
        cause: "A top-off that runs on, a skimmer that takes out salt water, rain water by mistake.",
        consequence: "Osmotic stress; below 28 ppt animals die.",
      },
      high: {
        response: "Check the top-off and its reservoir, and measure with a refractometer.",
        cause: "An empty reservoir, a top-off that is blocked or latched, too much salt in new water.",
        consequence: "Osmotic stress; above 42 ppt animals die.",
      },
    },
  },
};

/** Midpoint the default limits stand around (interface.md section 6); null where the quantity has no limits. */
export const DEFAULT_MIDPOINT: Partial<Record<Quantity, number>> = {
  temperature: TEMPERATURE_MIDPOINT_C,
  ph: 8.15,
  orp: 355,
  salinity: 34.75,
};
