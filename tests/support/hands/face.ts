import type { Locator } from "playwright-core";

/** Everything promised to appear does so within this. */
export const APPEARS_WITHIN_MS = 10_000;

/**
 * What a finger aims at: of a radio button or a switch its label, since the input itself is drawn by it.
 * @throws where it does not appear in time
 */
export async function faceOf(control: Locator): Promise<Locator> {
  await control.waitFor({ state: "attached", timeout: APPEARS_WITHIN_MS });
  const isDrawnByLabel = await control.evaluate(
    (element) => element.tagName === "INPUT" && ["radio", "checkbox"].includes(element.type),
  );
  const face = isDrawnByLabel ? control.locator("xpath=ancestor::label[1]") : control;
  await face.waitFor({ state: "visible", timeout: APPEARS_WITHIN_MS });
  return face;
}
