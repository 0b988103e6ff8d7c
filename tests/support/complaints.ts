import type { Page } from "playwright-core";

/** What a page complains of: errors on its console, what nobody caught, and what its policy refused. */
export class Complaints {
  readonly heard: string[] = [];

  static of(page: Page): Complaints {
    const complaints = new Complaints();
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" || /Content.Security.Policy/i.test(text)) complaints.heard.push(text);
    });
    page.on("pageerror", (error) => complaints.heard.push(String(error)));
    return complaints;
  }

  /** What was heard since the last time. */
  taken(): readonly string[] {
    return this.heard.splice(0);
  }
}
