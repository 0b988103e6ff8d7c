import type { Locator, Page } from "playwright-core";
import { APPEARS_WITHIN_MS, faceOf } from "./face.ts";
import type { Hand } from "./hand.ts";

/** At the desk: clicks, and types on a keyboard. */
export class MouseHand implements Hand {
  readonly name = "mouse";
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(target: Locator): Promise<void> {
    await (await faceOf(target)).click({ timeout: APPEARS_WITHIN_MS });
  }

  async hold(target: Locator, isDone: () => Promise<unknown>): Promise<void> {
    await (await faceOf(target)).hover({ timeout: APPEARS_WITHIN_MS });
    await this.#page.mouse.down();
    try {
      await isDone();
    } finally {
      await this.#page.mouse.up();
    }
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.press(field);
    await this.#page.keyboard.press("ControlOrMeta+A");
    await this.#page.keyboard.type(text);
  }
}
