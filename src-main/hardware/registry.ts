import type { z } from "zod";
import { DeviceParams, type DeviceType } from "#contract/devices.ts";
import { ReefFault } from "#contract/errors.ts";
import { ds18b20Driver } from "./drivers/ds18b20/driver.ts";
import { hostDriver } from "./drivers/host/driver.ts";
import { replayDriver } from "./drivers/replay/driver.ts";
import { simulatedTankDriver } from "./drivers/simulated-tank/driver.ts";
import { paramsFrom, paramsSchemaOf } from "./params-schema.ts";
import type { DeviceDriver, DriverContext, DriverDefinition } from "./ports.ts";

/** Every driver this program has, in the order they are offered. */
export const DRIVERS: readonly DriverDefinition[] = [
  anyParams(simulatedTankDriver),
  anyParams(replayDriver),
  anyParams(ds18b20Driver),
  anyParams(hostDriver),
];

/** The driver types as the API shows them. */
export function driverTypes(definitions: readonly DriverDefinition[]): DeviceType[] {
  return definitions.map((definition) => {
    const unsupportedReason = definition.unsupportedReason();
    return {
      type: definition.type,
      title: definition.title,
      category: definition.category,
      paramsSchema: paramsSchemaOf(definition),
      channels: definition.channels.map(({ key, kind, quantity, unit }) => ({ key, kind, quantity, unit })),
      simulated: definition.simulated,
      supported: unsupportedReason === null,
      unsupportedReason,
    };
  });
}

/** @throws ReefFault invalid, naming `type` */
export function driverOfType(definitions: readonly DriverDefinition[], type: string): DriverDefinition {
  const found = definitions.find((definition) => definition.type === type);
  if (found !== undefined) return found;
  const message = `must be one of: ${definitions.map((definition) => definition.type).join(", ")}`;
  throw new ReefFault("invalid", `There is no driver of this type: ${type} ${message}.`, {
    details: [{ field: "type", message }],
  });
}

/**
 * A driver for one device, from its parameters as a user sent them.
 * @throws ReefFault invalid, naming `type` or every offending `params.…`; unsupported where this machine cannot run it
 */
export function createDriver(
  definitions: readonly DriverDefinition[],
  { type, params }: { readonly type: string; readonly params: unknown },
  context: DriverContext,
): DeviceDriver {
  const definition = driverOfType(definitions, type);
  const parsed = paramsFrom(definition, params);
  const reason = definition.unsupportedReason();
  if (reason !== null) throw new ReefFault("unsupported", reason);
  return definition.create(parsed, context);
}

/** What settings asks of the drivers (its port DriverCatalog). */
export interface DriverCatalog {
  types(): readonly DeviceType[];
  /** @returns the parameters with their defaults @throws ReefFault invalid, naming `type` or every `params.…` */
  parseParams(type: string, params: unknown): DeviceParams;
  /** @throws ReefFault invalid */
  addressOf(type: string, params: DeviceParams): string | null;
  /** False for a type that is not known any more. */
  isSimulated(type: string): boolean;
}

export function driverCatalog(definitions: readonly DriverDefinition[]): DriverCatalog {
  let types: readonly DeviceType[] | null = null;
  const named = (type: string) => driverOfType(definitions, type);
  return {
    // JSON Schemas of every parameter take 10 ms, and nobody asks for them at a start.
    types: () => {
      types ??= driverTypes(definitions);
      return types;
    },
    parseParams: (type, params) => DeviceParams.parse(paramsFrom(named(type), params)),
    addressOf: (type, params) => named(type).addressOf(paramsFrom(named(type), params)),
    isSimulated: (type) => definitions.some((definition) => definition.type === type && definition.simulated),
  };
}

/**
 * A definition whose parameters' type is forgotten. Sound because `createDriver` and whoever else calls it pass what
 * `paramsFrom` made with the definition's own schema.
 */
function anyParams<P extends z.ZodType>(definition: DriverDefinition<P>): DriverDefinition {
  return definition as unknown as DriverDefinition;
}
