import type { Locator } from "playwright-core";
import { seen, type Visitor } from "./visitor.ts";

export type Section = "Tank" | "History" | "Equipment" | "Alarms" | "Control" | "Settings";

/** The frame around every page. */
export class Shell {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get sections(): Locator {
    return this.#visitor.page.getByRole("navigation", { name: "Sections" });
  }

  /** The one that says that the core is not there. */
  get banner(): Locator {
    return this.#visitor.page.getByRole("alert").filter({ hasText: "no longer current" });
  }

  heading(name: string | RegExp): Locator {
    return this.#visitor.page.getByRole("heading", { level: 1, name });
  }

  async goTo(section: Section): Promise<void> {
    await this.#visitor.hand.press(this.sections.getByRole("link", { name: section }));
    const arrived = this.sections
      .getByRole("link", { name: section })
      .and(this.#visitor.page.locator("[aria-current=page]"));
    await seen(arrived);
  }

  async signOut(): Promise<void> {
    await this.goTo("Settings");
    await this.#visitor.hand.press(this.#visitor.page.getByRole("button", { name: "Sign out" }));
  }
}
