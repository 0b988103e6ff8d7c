import { z } from "zod";

/** A time of day in the tank's own zone, `HH:MM`. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: "must be a time of day as HH:MM, like 21:30" });
export type TimeOfDay = z.infer<typeof TimeOfDay>;
