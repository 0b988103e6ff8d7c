import type { Locator } from "playwright-core";
import { gone, seen, type Visitor } from "./visitor.ts";

interface NewThermometer {
  readonly name: string;
  readonly romId: string;
  /** Where its 1-wire tree is. */
  readonly root: string;
}

/** The list of devices, adding one, and one's own page. */
export class DevicesPages {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** A device in the list. */
  card(name: string): Locator {
    return this.#visitor.page.getByRole("main").getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** What a channel of the shown device says. */
  channel(name: string): Locator {
    return this.#visitor.page.getByRole("main").getByRole("link", { name: new RegExp(name) });
  }

  title(name: string): Locator {
    return this.#visitor.page.getByRole("heading", { level: 1, name, exact: true });
  }

  /** From the settings. */
  async open(): Promise<void> {
    await this.#visitor.hand.press(this.#visitor.page.getByRole("main").getByRole("link", { name: /^Devices/ }));
    await seen(this.title("Devices"));
  }

  /** From the list, to the new one's own page. */
  async addThermometer({ name, romId, root }: NewThermometer): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("button", { name: "Add a device" }));
    await hand.press(page.getByRole("link", { name: /DS18B20/ }));
    await hand.type(page.getByLabel("Name", { exact: true }), name);
    await hand.type(page.getByLabel("ROM id", { exact: true }), romId);
    await hand.type(page.getByLabel("1-wire folder"), root);
    await hand.press(page.getByRole("button", { name: "Add this device" }));
    await seen(this.title(name));
  }

  /** From its own page, back to the list. */
  async remove(name: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("button", { name: "Delete this device" }));
    const dialog = page.getByRole("alertdialog", { name: `Delete ${name}?` });
    await seen(dialog);
    await hand.hold(dialog.getByRole("button", { name: "Hold to delete" }), () => gone(dialog));
    await seen(this.title("Devices"));
    await gone(this.card(name));
  }
}
