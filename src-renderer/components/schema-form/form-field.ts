import { type Json, SchemaNode } from "./json-schema.ts";

interface FieldBase {
  /** Dotted from the parameters' root, as the core names it in its details. */
  readonly path: string;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  /** There is no value it could do without. */
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  /** What the driver takes where nothing is said. */
  readonly fallback: Json | undefined;
}

export interface TextParam extends FieldBase {
  readonly kind: "text";
  /** Goes in and never comes out. */
  readonly isSecret: boolean;
  readonly minLength: number;
  readonly maxLength: number | null;
  readonly pattern: string | null;
}

export interface Bound {
  readonly value: number;
  /** The bound itself is not allowed. */
  readonly isExclusive: boolean;
}

export interface NumberParam extends FieldBase {
  readonly kind: "number";
  readonly isInteger: boolean;
  readonly min: Bound | null;
  readonly max: Bound | null;
}

export interface SwitchParam extends FieldBase {
  readonly kind: "switch";
}

export interface ChoiceOption {
  readonly value: Json;
  readonly title: string | null;
}

export interface ChoiceParam extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly ChoiceOption[];
}

export interface TextListParam extends FieldBase {
  readonly kind: "text-list";
  readonly minItems: number;
  readonly maxItems: number | null;
}

export interface GroupParam extends FieldBase {
  readonly kind: "group";
  readonly fields: readonly FormField[];
}

/** A parameter of one possible value: sent as it is, never asked for. */
export interface FixedParam extends FieldBase {
  readonly kind: "fixed";
  readonly value: Json;
}

/** What no field of ours fits: shown by name, kept as it is stored. */
export interface OtherParam extends FieldBase {
  readonly kind: "other";
}

export type FormField =
  | TextParam
  | NumberParam
  | SwitchParam
  | ChoiceParam
  | TextListParam
  | GroupParam
  | FixedParam
  | OtherParam;

/**
 * The fields that ask for what a JSON Schema describes, in its order.
 * @param schema of an object, as `GET /devices/types` gives it
 */
export function fieldsFrom(schema: unknown): readonly FormField[] {
  const parsed = SchemaNode.safeParse(schema);
  return parsed.success ? fieldsOf(parsed.data, "") : [];
}

function fieldsOf(node: SchemaNode, parentPath: string): readonly FormField[] {
  const required = node.required ?? [];
  return Object.entries(node.properties ?? {}).map(([name, property]) =>
    fieldFrom(property, {
      name,
      path: parentPath === "" ? name : `${parentPath}.${name}`,
      isRequired: required.includes(name),
    }),
  );
}

type Place = Pick<FieldBase, "name" | "path" | "isRequired">;

function fieldFrom(outer: SchemaNode, place: Place): FormField {
  const { node, isNullable } = withoutNull(outer);
  const base: FieldBase = {
    ...place,
    title: outer.title ?? node.title ?? null,
    description: outer.description ?? node.description ?? null,
    isNullable,
    fallback: outer.default === undefined ? node.default : outer.default,
  };
  const options = optionsOf(node, isNullable);
  if (node.const !== undefined && !isNullable) return { ...base, kind: "fixed", value: node.const };
  if (options !== null) return { ...base, kind: "choice", options };
  return plainField(node, base);
}

function plainField(node: SchemaNode, base: FieldBase): FormField {
  switch (node.type) {
    case "string":
      return {
        ...base,
        kind: "text",
        isSecret: node.writeOnly ?? false,
        minLength: node.minLength ?? 0,
        maxLength: node.maxLength ?? null,
        pattern: node.pattern ?? null,
      };
    case "number":
    case "integer":
      return {
        ...base,
        kind: "number",
        isInteger: node.type === "integer",
        min: tighter(boundOf(node.minimum, false), boundOf(node.exclusiveMinimum, true), 1),
        max: tighter(boundOf(node.maximum, false), boundOf(node.exclusiveMaximum, true), -1),
      };
    case "boolean":
      return { ...base, kind: "switch" };
    case "array":
      return isTextList(node) && !base.isNullable
        ? { ...base, kind: "text-list", minItems: node.minItems ?? 0, maxItems: node.maxItems ?? null }
        : { ...base, kind: "other" };
    case "object":
      return isFlatGroup(node, base)
        ? { ...base, kind: "group", fields: fieldsOf(node, base.path) }
        : { ...base, kind: "other" };
    default:
      return { ...base, kind: "other" };
  }
}

/** `X | null` comes as anyOf of the two, or as two types. */
function withoutNull(outer: SchemaNode): { readonly node: SchemaNode; readonly isNullable: boolean } {
  if (Array.isArray(outer.type)) {
    const types: readonly string[] = outer.type;
    const rest = types.filter((type) => type !== "null");
    return {
      node: { ...outer, type: rest.length === 1 ? rest[0] : rest },
      isNullable: rest.length < types.length,
    };
  }
  const branches = outer.anyOf ?? outer.oneOf ?? [];
  const rest = branches.filter((branch) => branch.type !== "null");
  const [only] = rest;
  const isWrapper = only !== undefined && rest.length === 1 && branches.length === 2;
  return isWrapper ? { node: only, isNullable: true } : { node: outer, isNullable: false };
}

/** One of a few values: an enum, named constants, or a boolean that may be left open. */
function optionsOf(node: SchemaNode, isNullable: boolean): readonly ChoiceOption[] | null {
  const none: readonly ChoiceOption[] = isNullable ? [{ value: null, title: null }] : [];
  const plain = (value: Json): ChoiceOption => ({ value, title: null });
  if (node.enum !== undefined) return [...none, ...node.enum.map(plain)];
  if (isNullable && node.const !== undefined) return [...none, plain(node.const)];
  if (isNullable && node.type === "boolean") return [...none, plain(true), plain(false)];
  const branches = node.oneOf ?? node.anyOf ?? [];
  const named = branches.flatMap(({ const: value, title }) =>
    value === undefined ? [] : [{ value, title: title ?? null }],
  );
  return branches.length > 0 && named.length === branches.length ? [...none, ...named] : null;
}

function isTextList({ items }: SchemaNode): boolean {
  return items?.type === "string" && items.enum === undefined;
}

/** One level of objects can be asked for; what lies deeper cannot. */
function isFlatGroup(node: SchemaNode, { path, isNullable }: FieldBase): boolean {
  return node.properties !== undefined && !isNullable && !path.includes(".");
}

/** An integer's schema carries the largest safe ones, which nobody means. */
function boundOf(value: number | undefined, isExclusive: boolean): Bound | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : { value, isExclusive };
}

/** @param sign 1: the higher of two lower bounds; -1: the lower of two upper ones */
function tighter(one: Bound | null, other: Bound | null, sign: 1 | -1): Bound | null {
  if (one === null || other === null) return one ?? other;
  return (other.value - one.value) * sign >= 0 ? other : one;
}
