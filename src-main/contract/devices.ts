import { z } from "zod";
import { Channel } from "./channels.ts";
import { DeviceId } from "./ids.ts";
import { Name } from "./names.ts";
import { ChannelKind, Quantity } from "./quantities.ts";
import { Instant } from "./time.ts";

/** A driver's own parameters: each driver's zod schema has the last word. */
export const DeviceParams = z.record(z.string(), z.json());
export type DeviceParams = z.infer<typeof DeviceParams>;

/** A device as it is kept. */
export const DeviceConfig = z.strictObject({
  id: DeviceId,
  type: z.string(),
  name: Name,
  params: DeviceParams,
  isEnabled: z.boolean(),
});
export type DeviceConfig = z.infer<typeof DeviceConfig>;

export const DeviceStatus = z.strictObject({
  state: z.enum(["online", "offline", "disabled"]),
  since: Instant,
  lastError: z.string().nullable(),
});
export type DeviceStatus = z.infer<typeof DeviceStatus>;

/** A device as the API shows it. */
export const Device = DeviceConfig.extend({
  simulated: z.boolean(),
  status: DeviceStatus,
  channels: z.array(Channel),
});
export type Device = z.infer<typeof Device>;

/** What `devices.live` tells: first all there are, then a device as it is now, or that there is none with this id any more. */
export const DeviceChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all"), devices: z.array(Device) }),
  z.strictObject({ kind: z.literal("device"), device: Device }),
  z.strictObject({ kind: z.literal("removed"), id: DeviceId }),
]);
export type DeviceChange = z.infer<typeof DeviceChange>;

export const DeviceCreate = z.strictObject({
  type: z.string().min(1).max(64),
  name: Name,
  params: DeviceParams.default({}),
  isEnabled: z.boolean().default(true),
});
export type DeviceCreate = z.infer<typeof DeviceCreate>;

export const DevicePatch = z.strictObject({ name: Name, params: DeviceParams, isEnabled: z.boolean() }).partial();
export type DevicePatch = z.infer<typeof DevicePatch>;

export const DeviceTestResult = z.strictObject({
  ok: z.boolean(),
  detail: z.string(),
  latencyMs: z.number().nonnegative(),
});
export type DeviceTestResult = z.infer<typeof DeviceTestResult>;

export const DeviceType = z.strictObject({
  type: z.string(),
  title: z.string(),
  category: z.enum(["probe", "outlet", "dimmer", "digital", "simulation", "system"]),
  /** JSON Schema of `params`, generated from the driver's zod schema. */
  paramsSchema: z.record(z.string(), z.json()),
  channels: z.array(z.strictObject({ key: z.string(), kind: ChannelKind, quantity: Quantity, unit: z.string() })),
  simulated: z.boolean(),
  supported: z.boolean(),
  unsupportedReason: z.string().nullable(),
});
export type DeviceType = z.infer<typeof DeviceType>;
