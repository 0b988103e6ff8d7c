import type { LoopType } from "#contract/loops.ts";

/** In the order a keeper thinks of them. */
export const LOOP_TYPES: readonly LoopType[] = ["thermostat", "top-off", "doser", "rule"];
