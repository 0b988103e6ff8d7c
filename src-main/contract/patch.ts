import { z } from "zod";

type Bare<T> = T extends z.ZodDefault<infer U> | z.ZodPrefault<infer U> ? U : T;
type PatchShape<S extends z.core.$ZodLooseShape> = {
  [K in keyof S]: z.ZodOptional<Extract<Bare<S[K]>, z.core.SomeType>>;
};

/** A part of an object: every field may be left out, and one left out stays as it is instead of taking its default. */
export function patchOf<S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<PatchShape<S>, z.core.$strict> {
  const fields = Object.entries(shape).map(([name, field]) => [name, bare(field).optional()]);
  return z.strictObject(Object.fromEntries(fields) as PatchShape<S>);
}

function bare(field: z.core.SomeType): z.ZodType {
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault) return field.unwrap() as z.ZodType;
  return field as z.ZodType;
}
