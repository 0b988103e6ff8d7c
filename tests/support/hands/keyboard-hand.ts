import type { Locator, Page } from "playwright-core";
import { APPEARS_WITHIN_MS, faceOf } from "./face.ts";
import type { Hand } from "./hand.ts";

/** No page of ours has more stops than this. */
const MOST_STOPS = 120;
const MOST_CHOICES = 12;

/** Tab, arrows, space and Enter alone. Whatever it stops at must show that it has the focus. */
export class KeyboardHand implements Hand {
  readonly name = "keyboard";
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(target: Locator): Promise<void> {
    await this.#reach(target);
    if (await isA(target, "radio")) return;
    await this.#page.keyboard.press((await isA(target, "checkbox")) ? "Space" : "Enter");
  }

  async hold(target: Locator, isDone: () => Promise<unknown>): Promise<void> {
    await this.#reach(target);
    await this.#page.keyboard.down("Space");
    try {
      await isDone();
    } finally {
      await this.#page.keyboard.up("Space");
    }
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.#reach(field);
    await this.#page.keyboard.press("ControlOrMeta+A");
    await this.#page.keyboard.type(text);
  }

  /** @throws where no number of Tabs and arrows leads there, or the focus cannot be seen */
  async #reach(target: Locator): Promise<void> {
    await faceOf(target);
    if (await isA(target, "radio")) await this.#choose(target);
    else await this.#tabTo(target, hasFocus);
    await this.#expectVisibleFocus(target);
  }

  async #tabTo(target: Locator, isThere: (target: Locator) => Promise<boolean>): Promise<void> {
    for (let stops = 0; stops <= MOST_STOPS; stops++) {
      if (await isThere(target)) return;
      await this.#page.keyboard.press("Tab");
    }
    throw new Error(`${MOST_STOPS} Tabs do not lead to ${target}`);
  }

  /** A group of choices is one stop; the arrows move in it. */
  async #choose(target: Locator): Promise<void> {
    await this.#tabTo(target, (choice) =>
      choice.evaluate(
        (input) => input.closest('[role="radiogroup"]')?.contains(input.ownerDocument.activeElement) ?? false,
      ),
    );
    for (let moves = 0; moves <= MOST_CHOICES; moves++) {
      const off = await choicesBetween(target);
      // Arrows choose as they move; what they come from may have been chosen by nobody.
      if (off === 0 && !(await target.isChecked())) await this.#page.keyboard.press("Space");
      if (off === 0) return;
      await this.#page.keyboard.press(off > 0 ? "ArrowRight" : "ArrowLeft");
      // Choosing may open a dialog, which takes the focus.
      if (await isElsewhere(target)) return;
    }
    throw new Error(`the arrow keys do not lead to ${target}`);
  }

  async #expectVisibleFocus(target: Locator): Promise<void> {
    if (await isElsewhere(target)) return;
    const face = await faceOf(target);
    await face.waitFor({ state: "visible", timeout: APPEARS_WITHIN_MS });
    const isShown = await face.evaluate((element) => {
      const shows = (of: typeof element): boolean => {
        const { outlineStyle, outlineWidth, boxShadow } = element.ownerDocument.defaultView.getComputedStyle(of);
        return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
      };
      return shows(element) || (element.parentElement !== null && shows(element.parentElement));
    });
    if (!isShown) throw new Error(`nobody can see that ${target} has the focus`);
  }
}

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement);

/** How many choices of its group the target is after the one that has the focus; negative: before. */
const choicesBetween = (target: Locator): Promise<number> =>
  target.evaluate((input) => {
    const choices = [...input.closest('[role="radiogroup"]').querySelectorAll("input[type=radio]")];
    return choices.indexOf(input) - choices.indexOf(input.ownerDocument.activeElement);
  });

/** True where the focus left the group of the choice: something opened above it. */
const isElsewhere = (target: Locator): Promise<boolean> =>
  target
    .evaluate((element) => {
      const group = element.closest('[role="radiogroup"]') ?? element;
      return !group.contains(element.ownerDocument.activeElement);
    })
    .catch(() => true);

const isA = (target: Locator, type: "radio" | "checkbox"): Promise<boolean> =>
  target.evaluate((element, wanted) => element.tagName === "INPUT" && element.type === wanted, type);
