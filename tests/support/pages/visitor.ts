import type { Locator, Page } from "playwright-core";
import type { Hand, HandName } from "../hands/hand.ts";
import { handOn } from "../hands/hand-on.ts";

/** Somebody at the app: what he sees, and how he acts. */
export interface Visitor {
  readonly page: Page;
  readonly hand: Hand;
}

export async function visitorOf(page: Page, handName: HandName = "mouse"): Promise<Visitor> {
  return { page, hand: await handOn(page, handName) };
}

/** Waits for something to be seen. @throws past the limit */
export function seen(what: Locator, withinMs = 10_000): Promise<void> {
  return what.waitFor({ state: "visible", timeout: withinMs });
}

/** Waits for something to be seen no more. @throws past the limit */
export function gone(what: Locator, withinMs = 10_000): Promise<void> {
  return what.waitFor({ state: "hidden", timeout: withinMs });
}

/** Goes to a path of the app as a link from outside would: a new page load in the same tab. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}
