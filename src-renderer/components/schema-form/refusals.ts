import type { FaultDetail } from "#contract/errors.ts";

const PARAMS_PREFIX = "params.";

/** The core names a parameter `params.volumeL`; an item of a list is said at the list. */
export function refusalsByPath(details: readonly FaultDetail[]): ReadonlyMap<string, string> {
  const named = details.filter(({ field }) => field.startsWith(PARAMS_PREFIX));
  return new Map(
    named.map(({ field, message }) => [field.slice(PARAMS_PREFIX.length).replace(/\.\d+(?:\..*)?$/, ""), message]),
  );
}
