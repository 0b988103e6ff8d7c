import { z } from "zod";
import type { DeviceType } from "#contract/devices.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import type { DriverDefinition } from "./ports.ts";

type Described = Pick<DriverDefinition, "params">;

/** JSON Schema (2020-12) of what a user may send as `params`. */
export function paramsSchemaOf(definition: Described): DeviceType["paramsSchema"] {
  return z.record(z.string(), z.json()).parse(z.toJSONSchema(definition.params, { io: "input" }));
}

/**
 * A driver's parameters from what a user sent, defaults filled in.
 * @throws ReefFault invalid, with every offending field named as `params.…`
 */
export function paramsFrom<P extends z.ZodType>(
  definition: Pick<DriverDefinition<P>, "params">,
  raw: unknown,
): z.output<P> {
  const parsed = definition.params.safeParse(raw);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.flatMap(detailsFrom);
  const fields = [...new Set(details.map((detail) => detail.field))].join(", ");
  throw new ReefFault("invalid", `The device's parameters do not fit its driver: correct ${fields}.`, { details });
}

/** Unknown fields come as one issue that lists them. */
function detailsFrom(issue: z.core.$ZodIssue): readonly FaultDetail[] {
  const field = ["params", ...issue.path.map(String)].join(".");
  if (issue.code !== "unrecognized_keys") return [{ field, message: issue.message }];
  return issue.keys.map((key) => ({ field: `${field}.${key}`, message: "is not a parameter of this driver" }));
}
