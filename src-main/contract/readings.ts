import { z } from "zod";
import { ChannelId } from "./ids.ts";
import { Instant } from "./time.ts";

/** OPC UA's words. Control acts on `good` alone. */
export const Quality = z.enum(["good", "uncertain", "bad"]);
export type Quality = z.infer<typeof Quality>;

/**
 * Why a reading is not good, in the order of the checks:
 * comm: no answer, CRC, errno · fault: the driver's own sentinel · range: beyond what the quantity can be ·
 * rate: moved faster than the quantity can (the last good value is held) · implausible, calibration, dead: a pH
 * no tank has · stale: too old (the last value is held) · no-reading: nothing was ever read.
 */
export const QualityReason = z.enum([
  "comm",
  "fault",
  "range",
  "rate",
  "implausible",
  "calibration",
  "dead",
  "stale",
  "no-reading",
]);
export type QualityReason = z.infer<typeof QualityReason>;

/** One measurement of one channel. Built in one shape on the hot path, so it is an interface and not parsed there. */
export interface Reading {
  readonly channelId: ChannelId;
  /** Epoch, UTC. */
  readonly takenAtMs: number;
  /** In the quantity's stored unit; null where quality is bad; the held value where it is uncertain. */
  readonly value: number | null;
  readonly quality: Quality;
  readonly reason: QualityReason | null;
  /** What the device said, before calibration; null where it said nothing. */
  readonly raw: number | null;
  /** The span this reading speaks for, s: its channel's poll interval. */
  readonly coversS: number;
}

export const LatestReading = z.strictObject({
  value: z.number().nullable(),
  unit: z.string(),
  quality: Quality,
  takenAt: Instant.nullable(),
  reason: QualityReason.optional(),
  lastGood: z.strictObject({ value: z.number(), takenAt: Instant }).optional(),
});
export type LatestReading = z.infer<typeof LatestReading>;

/** A reading as it crosses to clients: `readings.live`. */
export const LiveReading = LatestReading.extend({ channelId: ChannelId });
export type LiveReading = z.infer<typeof LiveReading>;
