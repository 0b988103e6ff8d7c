import { z } from "zod";
import type { Device, DeviceType } from "#contract/devices.ts";
import { fieldsFrom } from "../../components/schema-form/form-field.ts";

/** A mishap a keeper asked for; without a key it strikes its usual channel. */
export interface TankFault {
  readonly name: string;
  readonly key: string | null;
}

export const FAULTS_PARAM = "faults";

const StoredFaults = z.array(
  z.union([
    z.string().transform((name): TankFault => ({ name, key: null })),
    z
      .object({ name: z.string(), key: z.string().optional() })
      .transform(({ name, key }): TankFault => ({ name, key: key ?? null })),
  ]),
);

const FaultsSchema = z.object({
  properties: z.object({
    [FAULTS_PARAM]: z.object({
      items: z.object({ anyOf: z.array(z.object({ enum: z.array(z.string()).optional() })) }),
    }),
  }),
});

/** The mishaps a driver knows, by its parameters' schema; none where it simulates none. */
export function faultNamesOf({ paramsSchema }: Pick<DeviceType, "paramsSchema">): readonly string[] {
  const isAsked = fieldsFrom(paramsSchema).some(({ name }) => name === FAULTS_PARAM);
  const parsed = FaultsSchema.safeParse(paramsSchema);
  if (!(isAsked && parsed.success)) return [];
  return parsed.data.properties[FAULTS_PARAM].items.anyOf.flatMap((branch) => branch.enum ?? []);
}

/** The mishaps at work. */
export function faultsOf({ params }: Pick<Device, "params">): readonly TankFault[] {
  return StoredFaults.safeParse(params[FAULTS_PARAM]).data ?? [];
}

export function isSameFault(one: TankFault, other: TankFault): boolean {
  return one.name === other.name && one.key === other.key;
}

/** The parameter that says these mishaps. */
export function faultsParam(faults: readonly TankFault[]): { readonly name: string; readonly key?: string }[] {
  return faults.map(({ name, key }) => (key === null ? { name } : { name, key }));
}

export type FaultGroup = "probes" | "equipment" | "water" | "dosing" | "weather" | "device" | "other";

/** Beginnings of names, in the order they are looked for. */
const GROUP_OF: readonly (readonly [RegExp, FaultGroup])[] = [
  [/^(?:probe|ph|one-sample|eintr|slow-drift|calibration|float)/, "probes"],
  [/^(?:heater|plug|cooler)/, "equipment"],
  [/^(?:pump|siphon|reservoir|return|leak)/, "water"],
  [/^dose/, "dosing"],
  [/^(?:heat-wave|cold-snap)/, "weather"],
  [/^(?:hang|unplugged)/, "device"],
];

/** Mishaps by what they befall, each group in the driver's order. */
export function faultsByGroup(names: readonly string[]): readonly (readonly [FaultGroup, readonly string[]])[] {
  const groups = new Map<FaultGroup, string[]>();
  for (const name of names) {
    const group = GROUP_OF.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups];
}
