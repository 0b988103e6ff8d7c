import type { Locator } from "playwright-core";
import { until } from "../headless-host.ts";
import type { Visitor } from "./visitor.ts";

/** One channel: what it says now, and its history. */
export class ChannelPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  title(name: string): Locator {
    return this.#visitor.page.getByRole("heading", { level: 1, name });
  }

  get chart(): Locator {
    return this.#visitor.page.getByLabel(/^History of/).first();
  }

  get now(): Locator {
    return this.#visitor.page.getByRole("region", { name: "Now" });
  }

  async chooseSpan(span: "1 h" | "24 h" | "7 d" | "30 d" | "1 y"): Promise<void> {
    await this.#visitor.hand.press(this.#visitor.page.getByRole("radio", { name: span, exact: true }));
  }

  /** Waits until the span's statistics are as wanted. */
  async statisticWhere(
    name: "Lowest" | "Mean" | "Highest" | "Latest" | "Readings",
    is: (value: number) => boolean,
  ): Promise<number> {
    const entry = this.#visitor.page
      .locator("dl > div")
      .filter({ has: this.#visitor.page.getByText(name, { exact: true }) });
    return until(`${name} to be as wanted`, 15_000, async () => {
      const text = await entry
        .getByRole("definition")
        .first()
        .textContent()
        .catch(() => null);
      const value = Number.parseFloat((text ?? "").replaceAll(",", ""));
      return is(value) ? value : undefined;
    });
  }
}
