import { z } from "zod";
import { ChannelId } from "../ids.ts";
import { TimeOfDay } from "./times-of-day.ts";

/** What a doser adds. Two parts that precipitate when they meet are never dosed within 30 min of each other. */
export const DosedPart = z.enum([
  "alkalinity",
  "calcium",
  "magnesium",
  "kalkwasser",
  "trace",
  "nutrient",
  "other",
]);
export type DosedPart = z.infer<typeof DosedPart>;

const Millilitres = z.number().positive().max(100_000);

export const DoserFields = {
  type: z.literal("doser"),
  /** The pump, an output with the role doser whose flow is calibrated. */
  pumpChannelId: ChannelId,
  part: DosedPart.default("other"),
  /** What one mL raises the whole system's alkalinity by, dKH; null: this part does not. */
  alkalinityDkhPerMl: z.number().positive().max(10).nullable().default(null),
  mlPerDay: Millilitres,
  dosesPerDay: z.int().min(1).max(288).default(24),
  /** Doses are spread between these, evenly; equal: the whole day. */
  dosesFrom: TimeOfDay.default("00:00"),
  dosesTo: TimeOfDay.default("00:00"),
  /** Caps below everybody, mL; null: 1.5 times what is scheduled. */
  maxMlPerDose: Millilitres.nullable().default(null),
  maxMlPerHour: Millilitres.nullable().default(null),
  maxMlPerDay: Millilitres.nullable().default(null),
  /** Dosers that this one keeps 30 min from. */
  opposingChannelIds: z.array(ChannelId).max(8).default([]),
  returnPumpChannelId: ChannelId.nullable().default(null),
  phChannelId: ChannelId.nullable().default(null),
  phMin: z.number().min(6).max(10).default(7.7),
  phMax: z.number().min(6).max(10).default(8.6),
  /** The container when it was filled last, mL; null: not watched. What was dosed since is counted. */
  containerMl: Millilitres.nullable().default(null),
};

export const DoserState = {
  dosedLastDayMl: z.number(),
  containerLeftMl: z.number().nullable(),
  containerDaysLeft: z.number().nullable(),
  /** Doses of the last 24 h that were due and not given; they are not made up for. */
  skippedLastDay: z.int(),
};
