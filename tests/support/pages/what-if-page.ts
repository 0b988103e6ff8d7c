import type { Locator } from "playwright-core";
import { seen, type Visitor } from "./visitor.ts";

/** A loop or an alarm tried on the past. */
export class WhatIfPage {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get answer(): Locator {
    return this.#visitor.page.getByRole("region", { name: "What it would have done" });
  }

  /** The two lanes of an output: what it would have done, and what it did. */
  lanes(output: string): Locator {
    return this.answer.getByRole("region", { name: `${output}: would and did` });
  }

  /** A line of an output's comparison, cell by cell: would have, did, difference. */
  async compared(output: string, line: string): Promise<readonly string[]> {
    const table = this.answer.getByRole("table", { name: output });
    const row = table.getByRole("row").filter({ has: this.#visitor.page.getByRole("rowheader", { name: line }) });
    return row.getByRole("cell").allTextContents();
  }

  /** From the page of all loops, by the loop's own card. */
  async open(loop: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("link", { name: `What if: ${loop} on the past` }));
    await seen(page.getByRole("heading", { level: 1, name: "What if?" }));
  }

  async chooseAlarm(): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("radio", { name: "An alarm" }));
    await seen(page.getByLabel("Limit", { exact: true }));
  }

  async type(label: string, shown: string): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.type(page.getByLabel(label, { exact: true }), shown);
    // A number counts once its field is left.
    await page.keyboard.press("Tab");
  }

  async tryIt(): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.press(page.getByRole("button", { name: "Try it on the past" }));
    await seen(this.answer, 60_000);
  }
}
