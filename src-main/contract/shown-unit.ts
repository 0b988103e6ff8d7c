import type { Quantity } from "./quantities.ts";

/** The unit as it stands behind a value for people: pH has it in its name. */
export function shownUnit(quantity: Quantity, unit: string): string {
  return quantity === "ph" ? "" : unit;
}
