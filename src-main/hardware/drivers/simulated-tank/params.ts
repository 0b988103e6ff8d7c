import { z } from "zod";
import { FAULT_NAMES, FAULT_TARGETS, type FaultName } from "../../simulated/faults.ts";

const FaultNameParam = z.enum(FAULT_NAMES);
const FaultEntry = z
  .union([
    FaultNameParam,
    z.strictObject({
      name: FaultNameParam,
      key: z.string().optional().describe("The channel it strikes; each fault has its own first choice"),
    }),
  ])
  .transform((entry) => (typeof entry === "string" ? { name: entry } : entry));

/** A simulated tank, as its keeper describes it. `faults` and the weather may change while it runs. */
export const SimulatedTankParams = z
  .strictObject({
    seed: z.int().min(0).max(2_147_483_647).default(1).describe("Same seed, same weather and same noise"),
    volumeL: z.number().min(40).max(10_000).default(400).describe("Display and sump together, L"),
    heaterW: z.number().min(0).max(20_000).default(300),
    chillerW: z
      .number()
      .positive()
      .max(20_000)
      .nullable()
      .default(null)
      .describe("Heat its chiller moves, W; null: none"),
    hasHeaterOutlet: z
      .boolean()
      .default(false)
      .describe("An outlet upstream of the heater's own plug, which cuts a welded one"),
    hasSumpFloats: z.boolean().default(false).describe("A float at the sump's working level and one far above it"),
    hasDoserMeter: z.boolean().default(false).describe("A meter on the dosing pump's plug"),
    reservoirL: z
      .number()
      .min(1)
      .max(2_000)
      .nullable()
      .default(null)
      .describe("Top-off water it holds, L; null: a tenth of the volume"),
    startC: z.number().min(5).max(40).default(25.3).describe("Water temperature when it is set up, °C"),
    resolutionBits: z
      .int()
      .min(9)
      .max(12)
      .default(12)
      .describe("DS18B20 resolution: 0.5 °C at 9 bit to 0.0625 °C at 12"),
    roomMinC: z.number().min(-20).max(50).default(21).describe("The room's night, °C"),
    roomMaxC: z.number().min(-20).max(50).default(24).describe("The room's afternoon, °C"),
    evaporationPctPerDay: z
      .number()
      .min(2)
      .max(4)
      .default(2.4)
      .describe("Mean evaporation, % of the volume a day"),
    faults: z.array(FaultEntry).max(64).default([]).describe("Mishaps at work, by name or as {name, key}"),
  })
  .refine((params) => params.roomMinC <= params.roomMaxC, {
    message: "must not be above roomMaxC",
    path: ["roomMinC"],
  })
  .superRefine((params, context) => {
    for (const [index, fault] of params.faults.entries()) {
      const targets: readonly string[] = FAULT_TARGETS[fault.name];
      if (!("key" in fault) || fault.key === undefined || targets.includes(fault.key)) continue;
      context.addIssue({ code: "custom", path: ["faults", index, "key"], message: keyRule(fault.name, targets) });
    }
  });
export type SimulatedTankParams = z.output<typeof SimulatedTankParams>;

function keyRule(name: FaultName, targets: readonly string[]): string {
  return targets.length === 0
    ? `${name} strikes the whole tank: leave key out`
    : `${name} strikes one of: ${targets.join(", ")}`;
}
