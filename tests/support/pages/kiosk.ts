import type { Locator } from "playwright-core";
import { gone, seen, type Visitor } from "./visitor.ts";

/** What a touch screen by the tank adds: the lock and the clock. */
export class Kiosk {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Where the PIN is asked for. */
  get pad(): Locator {
    return this.#visitor.page.getByRole("dialog", { name: "Enter the PIN" });
  }

  /** The one thing left on a dimmed screen. */
  get clock(): Locator {
    return this.#visitor.page.getByRole("dialog", { name: "Clock" }).getByRole("button");
  }

  get locked(): Locator {
    return this.#visitor.page.getByRole("button", { name: "Locked: enter the PIN" });
  }

  get unlocked(): Locator {
    return this.#visitor.page.getByRole("button", { name: "Unlocked: lock now" });
  }

  /** Under settings, users, as its user. */
  async setPin(pin: string, password: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("main").getByRole("link", { name: /^Users/ }));
    await hand.press(page.getByRole("button", { name: "Set a PIN" }));
    const dialog = page.getByRole("dialog", { name: "Kiosk PIN" });
    await hand.type(dialog.getByLabel("Kiosk PIN"), pin);
    await hand.type(dialog.getByLabel("Your password now"), password);
    await hand.press(dialog.getByRole("button", { name: "Save" }));
    await gone(dialog);
  }

  /** On the pad that asks for it; a wrong one first is told apart. */
  async enterPin(pin: string): Promise<void> {
    const { hand } = this.#visitor;
    await seen(this.pad);
    for (const digit of pin) await hand.press(this.pad.getByRole("button", { name: digit, exact: true }));
    await hand.press(this.pad.getByRole("button", { name: "Unlock" }));
  }

  async refusesPin(pin: string): Promise<void> {
    await this.enterPin(pin);
    await seen(this.pad.getByText("That is not the PIN."));
  }

  async unlockWith(pin: string): Promise<void> {
    await this.enterPin(pin);
    await gone(this.pad);
    await seen(this.unlocked);
  }
}
