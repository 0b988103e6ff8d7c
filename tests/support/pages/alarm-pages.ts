import type { Locator } from "playwright-core";
import { gone, seen, type Visitor } from "./visitor.ts";

/** The banner of the worst alarm, what stands, what was, and the editor. */
export class AlarmPages {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** The one banner, on every page. */
  get banner(): Locator {
    return this.#visitor.page.getByRole("region", { name: "Alarm", exact: true });
  }

  get dialog(): Locator {
    return this.#visitor.page.getByRole("dialog").or(this.#visitor.page.getByRole("alertdialog"));
  }

  /** A standing alarm, or one that is kept quiet. */
  card(title: string | RegExp): Locator {
    return this.#visitor.page.getByRole("article", { name: title });
  }

  event(title: string): Locator {
    return this.#visitor.page
      .getByRole("region", { name: "What happened" })
      .getByRole("listitem")
      .filter({ hasText: title });
  }

  /** What stands is reached by the banner's own words. */
  async openByBanner(): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(this.banner.getByRole("link"));
    await seen(page.getByRole("heading", { level: 1, name: "Alarms" }));
  }

  async acknowledge(): Promise<void> {
    await this.#visitor.hand.press(this.banner.getByRole("button", { name: "Acknowledge" }));
    await gone(this.banner);
  }

  /** For an hour, as the dialog proposes. */
  async shelve(title: string, why: string): Promise<void> {
    const { hand } = this.#visitor;
    await hand.press(this.card(title).getByRole("button", { name: "Shelve …" }));
    await seen(this.dialog);
    await hand.type(this.dialog.getByLabel("Why"), why);
    await hand.press(this.dialog.getByRole("button", { name: "Shelve", exact: true }));
    await gone(this.dialog);
  }

  async open(place: "Now" | "All alarms" | "History"): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("navigation", { name: "Alarms" }).getByRole("link", { name: place }));
  }

  async tryIt(): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("button", { name: "Try it on the last 30 days" }));
    await seen(page.getByRole("heading", { name: /^It would/ }), 60_000);
  }
}
