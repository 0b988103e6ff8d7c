import { z } from "zod";

/** An instant as the API writes it: ISO 8601, UTC, with `Z`. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** @param atMs milliseconds since the Unix epoch, UTC @returns ISO 8601 with `Z` */
export function instantFrom(atMs: number): Instant {
  return new Date(atMs).toISOString();
}

/** An instant as a caller may write it: ISO 8601 with an explicit offset. Years 1970 to 9999. */
export const InstantInput = z.iso
  .datetime({ offset: true })
  .refine((text) => Number.isFinite(Date.parse(text)) && Date.parse(text) >= 0, {
    message: "must be an instant from 1970 on, ISO 8601 with Z or an offset",
  });
