import { z } from "zod";

export const PageRequest = z.strictObject({
  limit: z.int().min(1).max(1000).default(100),
  cursor: z.string().min(1).max(512).optional(),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** A list as the API answers it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
