import { describe } from "vitest";
import { type RuntimeName, runtimeTitle, whyNot } from "./launch-app.ts";

interface RuntimeHere {
  readonly name: RuntimeName;
  /** With its version; where it is missing, why. */
  readonly title: string;
  readonly isMissing: boolean;
}

const HERE: Promise<readonly RuntimeHere[]> = Promise.all([hereIs("chromium"), hereIs("electron")]);

async function hereIs(name: RuntimeName): Promise<RuntimeHere> {
  const missing = await whyNot(name);
  return { name, title: missing ?? (await runtimeTitle(name)), isMissing: missing !== null };
}

/**
 * The same journeys in both runtimes, side by side, each with its name and version in the title; within one runtime one
 * after the other.
 */
export async function inEachRuntime(what: string, journeys: (runtime: RuntimeName) => void): Promise<void> {
  for (const runtime of await HERE) within(runtime, what, journeys);
}

/** In a browser alone: for what a window of the desktop app does not have, or the one that stands by cannot do. */
export async function inABrowser(what: string, journeys: (runtime: RuntimeName) => void): Promise<void> {
  for (const runtime of await HERE) if (runtime.name === "chromium") within(runtime, what, journeys);
}

function within(
  { name, title, isMissing }: RuntimeHere,
  what: string,
  journeys: (runtime: RuntimeName) => void,
): void {
  describe(title, { concurrent: true }, () => {
    describe(what, { concurrent: false, skip: isMissing }, () => journeys(name));
  });
}

/** As above, but one runtime after the other too: for what has to happen within seconds. */
export async function inOneRuntimeAfterTheOther(
  what: string,
  journeys: (runtime: RuntimeName) => void,
): Promise<void> {
  for (const { name, title, isMissing } of await HERE)
    describe(`${what} in ${title}`, { skip: isMissing }, () => journeys(name));
}
