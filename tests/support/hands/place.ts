import type { Locator } from "playwright-core";
import { until } from "../headless-host.ts";
import { APPEARS_WITHIN_MS } from "./face.ts";

/** On the page's screen, CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export async function boxOf(face: Locator) {
  const box = await face.boundingBox({ timeout: APPEARS_WITHIN_MS });
  if (box === null) throw new Error(`${face} has no place on the screen`);
  return box;
}

/** What slides in or scrolls on is waited for: a finger does so too. */
export async function restingCentre(face: Locator): Promise<Point> {
  let before = "";
  return until(`${face} to stand still`, APPEARS_WITHIN_MS, async () => {
    const { x, y, width, height } = await boxOf(face);
    const now = [x, y, width, height].join();
    if (now === before) return { x: x + width / 2, y: y + height / 2 };
    before = now;
    return undefined;
  });
}
