import { z } from "zod";
import { ChannelId } from "../ids.ts";

export const TopOffFields = {
  type: z.literal("top-off"),
  /** The pump, an output with the role top-off. */
  pumpChannelId: ChannelId,
  /** The level it keeps: a digital sensor (0 dry, 1 wet) or one in %. */
  levelChannelId: ChannelId,
  /** It fills when the level is below this, in the sensor's unit; a digital sensor's is 0.5. */
  fillBelow: z.number().default(0.5),
  /** It stops at this; above `fillBelow` for a sensor in %. */
  fillUntil: z.number().default(0.5),
  /** A second sensor above the first that must never get wet: wet, it stops and latches. */
  highLevelChannelId: ChannelId.nullable().default(null),
  /** The reservoir's level: a digital sensor (0 dry, 1 wet), or one in %. Empty, nothing is pumped. */
  reservoirChannelId: ChannelId.nullable().default(null),
  /** A reservoir measured in % is empty below this. */
  reservoirEmptyBelowPct: z.number().min(0).max(50).default(2),
  /** The return pump: on for a minute and confirmed, or the sump's level says nothing. */
  returnPumpChannelId: ChannelId.nullable().default(null),
  leakChannelIds: z.array(ChannelId).max(8).default([]),
  /** How long the level must be low before it fills, s. */
  onDelayS: z.number().min(0).max(3_600).default(10),
  /** How long it must be reached before it stops, s. */
  offDelayS: z.number().min(0).max(60).default(5),
};

export const TopOffState = {
  level: z.number().nullable(),
  /** How long the last fills took, s, median; null: not learned yet. */
  learnedFillS: z.number().nullable(),
  /** What it pumped in the last 24 h and in the 24 h before each of the last 7 midnights, median, L; null: flow not calibrated. */
  pumpedLastDayL: z.number().nullable(),
  evaporationLPerDay: z.number().nullable(),
};
