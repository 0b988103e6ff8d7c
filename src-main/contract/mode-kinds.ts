import { z } from "zod";

/** What a mode is for; permissives and alarms name modes by it. */
export const ModeKind = z.enum(["feed", "maintenance", "water-change", "vacation", "emergency"]);
export type ModeKind = z.infer<typeof ModeKind>;
