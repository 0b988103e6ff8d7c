import { openPath, type Visitor } from "./visitor.ts";

/** What everybody chooses for himself. Its groups and choices are named in the language that is spoken now. */
export class AppearancePage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  open(): Promise<void> {
    return openPath(this.#visitor.page, "/settings/appearance");
  }

  async choose(group: string, choice: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(
      page.getByRole("radiogroup", { name: group }).getByRole("radio", { name: choice, exact: true }),
    );
  }
}
