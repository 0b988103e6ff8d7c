import { z } from "zod";
import { Equipment, Guards, Permissive, SwitchedByHand } from "./guards.ts";
import { ChannelId, DeviceId } from "./ids.ts";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";
import { ChannelKind, Quantity, Role } from "./quantities.ts";

/** An output's level, %: 0 is off; a switch knows 0 and 100 only. */
export const LevelPct = z.number().min(0).max(100);

/** A declared state: a level, or leave the device as it is. */
export const DeclaredState = z.union([LevelPct, z.literal("unchanged")]);
export type DeclaredState = z.infer<typeof DeclaredState>;

export const Limits = z
  .strictObject({ min: z.number(), max: z.number() })
  .refine((l) => l.min <= l.max, { message: "min must not be above max", path: ["min"] });
export type Limits = z.infer<typeof Limits>;

const CalibrationPoint = z.strictObject({ raw: z.number(), actual: z.number() });

/** One point: an offset. Two: a line. Three: two lines that meet. `offset` alone says the first without a raw value. */
export const Calibration = z.union([
  z.strictObject({ offset: z.number() }),
  z.strictObject({
    points: z
      .array(CalibrationPoint)
      .min(1)
      .max(3)
      .refine((p) => new Set(p.map((x) => x.raw)).size === p.length, {
        message: "points need distinct raw values",
      }),
  }),
]);
export type Calibration = z.infer<typeof Calibration>;

const DAY_S = 86_400;
export const PollIntervalS = z.number().min(0.1).max(DAY_S);

/** What an output declares before it may be driven. */
export const OutputSettings = z.strictObject({
  /** Where it goes when the program stops, or its input is lost. */
  safeState: DeclaredState,
  /** Where it goes before any logic runs. */
  powerUpState: DeclaredState,
  /** Where emergency stop drives it. */
  emergencyState: LevelPct,
  guards: Guards,
  /** Everything that must hold for it to be on, whoever asks. */
  permissives: z.array(Permissive).max(16).default([]),
  equipment: Equipment.prefault({}),
  switchedByHand: SwitchedByHand.default("take-back"),
});
export type OutputSettings = z.infer<typeof OutputSettings>;

/** A channel as it is kept. `output` is there for switches and dimmers alone. */
export const ChannelConfig = z.strictObject({
  id: ChannelId,
  deviceId: DeviceId,
  /** The driver's own stable name of it, e.g. `display-temperature`. */
  key: z.string(),
  name: Name,
  kind: ChannelKind,
  quantity: Quantity,
  unit: z.string(),
  role: Role,
  pollIntervalS: PollIntervalS,
  /** A sensor's expected band, drawn in charts; a dimmer's range. */
  limits: Limits.nullable(),
  calibration: Calibration.nullable(),
  output: OutputSettings.nullable(),
});
export type ChannelConfig = z.infer<typeof ChannelConfig>;

/** A channel as the API shows it. */
export const Channel = ChannelConfig.omit({ output: true }).extend({
  simulated: z.boolean(),
  safeState: DeclaredState.nullable(),
  powerUpState: DeclaredState.nullable(),
  emergencyState: LevelPct.nullable(),
  guards: Guards.nullable(),
  permissives: z.array(Permissive).nullable(),
  equipment: Equipment.nullable(),
  switchedByHand: SwitchedByHand.nullable(),
});
export type Channel = z.infer<typeof Channel>;

export const ChannelPatch = z
  .strictObject({
    name: Name,
    role: Role,
    limits: Limits.nullable(),
    calibration: Calibration.nullable(),
    pollIntervalS: PollIntervalS,
    safeState: DeclaredState,
    powerUpState: DeclaredState,
    emergencyState: LevelPct,
    guards: patchOf(Guards.shape),
    permissives: OutputSettings.shape.permissives.unwrap(),
    equipment: patchOf(Equipment.shape),
    switchedByHand: SwitchedByHand,
  })
  .partial();
export type ChannelPatch = z.infer<typeof ChannelPatch>;

export const ChannelFilter = z.strictObject({
  kind: ChannelKind.optional(),
  quantity: Quantity.optional(),
  role: Role.optional(),
  deviceId: DeviceId.optional(),
});
export type ChannelFilter = z.infer<typeof ChannelFilter>;
