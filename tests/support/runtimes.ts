import { type RuntimeName, runtimeTitle, whyNot } from "./launch-app.ts";

export interface RuntimeHere {
  readonly name: RuntimeName;
  /** With its version; where it is missing, why. */
  readonly title: string;
  readonly isMissing: boolean;
}

/** What the journeys are walked in, each with its version for the tests' names. */
export async function runtimesHere(): Promise<readonly RuntimeHere[]> {
  const found: RuntimeHere[] = [];
  for (const name of ["chromium", "electron"] as const) {
    const missing = await whyNot(name);
    found.push({ name, title: missing ?? (await runtimeTitle(name)), isMissing: missing !== null });
  }
  return found;
}
