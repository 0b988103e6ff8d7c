import type { Locator } from "playwright-core";
import { until } from "../headless-host.ts";
import { gone, seen, type Visitor } from "./visitor.ts";

/** The dashboard: vitals, equipment, and the emergency stop. */
export class TankPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get headline(): Locator {
    return this.#visitor.page.getByRole("heading", { level: 1 });
  }

  get emergencyStop(): Locator {
    return this.#visitor.page.getByRole("button", { name: "Hold to stop all" });
  }

  /** A quantity's tile, by its channel's name. */
  vital(name: string): Locator {
    return this.#visitor.page.getByRole("link", { name: new RegExp(`^${name}\\b`) }).first();
  }

  /** An output's card, by its channel's name. */
  output(name: string): Locator {
    const title = this.#visitor.page.getByRole("heading", { name, exact: true });
    return this.#visitor.page.getByRole("article").filter({ has: title });
  }

  mode(output: string, mode: "Off" | "Auto" | "On"): Locator {
    return this.output(output).getByRole("radio", { name: mode, exact: true });
  }

  /** Waits until a tile's number, with this unit, is as wanted. @returns it */
  async valueWhere(name: string, unit: string, is: (value: number) => boolean): Promise<number> {
    return until(`${name} to read as wanted`, 15_000, async () => {
      const text = await this.vital(name).textContent();
      const found = new RegExp(`(-?[\\d.,]+)\\s*${unit}`).exec(text ?? "")?.[1];
      const value = found === undefined ? Number.NaN : Number(found.replaceAll(",", ""));
      return is(value) ? value : undefined;
    });
  }

  /** Holds an output by hand for a quarter of an hour, as the dialog proposes. */
  async hold(output: string, mode: "Off" | "On"): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(this.mode(output, mode));
    const dialog = page.getByRole("dialog");
    await seen(dialog);
    await hand.press(dialog.getByRole("radio", { name: "15 min" }));
    await hand.press(dialog.getByRole("button", { name: /^Switch (on|off)$/ }));
    await gone(dialog);
  }

  async giveBack(output: string): Promise<void> {
    await this.#visitor.hand.press(this.mode(output, "Auto"));
  }
}
