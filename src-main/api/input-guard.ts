import type { FaultDetail } from "#contract/errors.ts";

/** No request of ours nests deeper than a handful; what checks it recursively must not run out of stack. */
const MAX_DEPTH = 32;

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * What no input may contain, whatever its schema: nesting without end, keys that reach for a prototype, and text that
 * neither JSON nor Postgres can hold (NUL, half a surrogate pair).
 */
export function flawsIn(input: unknown): FaultDetail[] {
  const flaws: FaultDetail[] = [];
  const places: Place[] = [{ value: input, path: "", depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const flaw = flawOf(place);
    if (flaw !== null) flaws.push({ field: place.path === "" ? "input" : place.path, message: flaw });
    else if (typeof place.value === "object" && place.value !== null) places.push(...placesIn(place, place.value));
  }
  return flaws.reverse();
}

function flawOf({ value, path, depth }: Place): string | null {
  if (path === "__proto__" || path.endsWith(".__proto__")) return "unknown field";
  if (depth > MAX_DEPTH) return `is nested more than ${MAX_DEPTH} deep`;
  if (typeof value === "string" && !isStorable(value)) return "contains a character that cannot be stored";
  return isStorable(path) ? null : "has a name that cannot be stored";
}

function placesIn({ path, depth }: Place, value: object): Place[] {
  return Object.entries(value).map(([key, field]) => ({
    value: field,
    path: path === "" ? key : `${path}.${key}`,
    depth: depth + 1,
  }));
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
