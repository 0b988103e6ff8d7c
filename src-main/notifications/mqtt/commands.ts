import { z } from "zod";
import { OverrideRequest } from "#contract/outputs.ts";

const HOUR_S = 3_600;
/** An override always ends; a command that does not say when holds this long. */
export const DEFAULT_DURATION_S = 4 * HOUR_S;
const MAX_COMMAND_CHARACTERS = 200;

const Asked = z.strictObject({
  level: OverrideRequest.shape.level,
  durationS: OverrideRequest.shape.durationS.default(DEFAULT_DURATION_S),
});

export type OutputCommand =
  | { readonly kind: "automatic" }
  | { readonly kind: "override"; readonly request: OverrideRequest };

/** `ON`, `OFF`, `AUTO`, a level 0–100, or `{"level":…,"durationS":…}`; null: it is none of these. */
export function outputCommandFrom(payload: string): OutputCommand | null {
  const text = payload.trim();
  if (text.length > MAX_COMMAND_CHARACTERS || text === "") return null;
  const word = text.toUpperCase();
  if (word === "AUTO") return { kind: "automatic" };
  if (word === "ON") return override(100);
  if (word === "OFF") return override(0);
  const parsed = jsonFrom(text);
  if (typeof parsed === "number") return parsed >= 0 && parsed <= 100 ? override(parsed) : null;
  const asked = Asked.safeParse(parsed);
  return asked.success ? { kind: "override", request: asked.data } : null;
}

function override(level: number): OutputCommand {
  return { kind: "override", request: { level, durationS: DEFAULT_DURATION_S } };
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
