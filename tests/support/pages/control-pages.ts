import type { Locator } from "playwright-core";
import { gone, seen, type Visitor } from "./visitor.ts";

/** Loops, modes, faults, and what holds the whole tank. */
export class ControlPages {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** The banner that counts a mode down. */
  get mode(): Locator {
    return this.#visitor.page.getByRole("region", { name: "Modes" }).filter({ hasText: /left|back/ });
  }

  /** The banner that says that everything is stopped, on pages without the stop itself. */
  get stopBanner(): Locator {
    return this.#visitor.page.getByRole("region", { name: "Emergency stop" });
  }

  get dialog(): Locator {
    return this.#visitor.page.getByRole("alertdialog");
  }

  /** From the page of all loops to the one of this name. */
  async openLoop(name: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("link", { name: `Open ${name}` }));
    await seen(page.getByRole("heading", { level: 1, name }));
  }

  /** Types another set-point into a thermostat's form, and saves it. */
  async changeSetpoint(shown: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.type(page.getByLabel("Set-point", { exact: true }), shown);
    await hand.press(page.getByRole("button", { name: "Save" }));
    await seen(page.getByText("Saved.", { exact: true }));
  }

  async feed(): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("button", { name: "Feed", exact: true }));
    await seen(this.mode);
  }

  /** Ends the mode that is on, then its staged return. */
  async endMode(): Promise<void> {
    const { hand } = this.#visitor;
    await hand.press(this.mode.getByRole("button", { name: "End it now" }));
    const letGo = this.mode.getByRole("button", { name: "Let everything go now" });
    await seen(letGo);
    await hand.press(letGo);
    await gone(this.mode);
  }

  /** Looks into a latched fault as its dialog asks for, and resets it. */
  async resetFault(card: Locator): Promise<void> {
    const { hand } = this.#visitor;
    await hand.press(card.getByRole("button", { name: "Reset …" }));
    await seen(this.dialog);
    const checks = await this.dialog.getByRole("checkbox").all();
    if (checks.length === 0) throw new Error("there is nothing to look at before the reset");
    for (const check of checks) await hand.press(check);
    await hand.hold(this.dialog.getByRole("button", { name: "Hold to reset" }), () => gone(this.dialog));
  }

  async stopAll(): Promise<void> {
    const { page, hand } = this.#visitor;
    const release = page.getByRole("button", { name: "Release the stop …" });
    await hand.hold(page.getByRole("button", { name: "Hold to stop all" }), () => seen(release));
  }

  /** From the banner of any page, once what will happen was shown. */
  async releaseStop(): Promise<readonly string[]> {
    const { hand } = this.#visitor;
    await hand.press(this.stopBanner.getByRole("button", { name: "Release …" }));
    await seen(this.dialog);
    const order = this.dialog.getByRole("listitem");
    await seen(order.first());
    const names = await order.allTextContents();
    await hand.press(this.dialog.getByRole("button", { name: "Release" }));
    await gone(this.dialog);
    return names;
  }
}
