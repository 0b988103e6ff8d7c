import axe from "axe-core";
import type { Page } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21aa"];

/** What axe finds on the page against WCAG 2.1 AA, each with where; empty: nothing. */
export function violationsOn(page: Page): Promise<readonly string[]> {
  return found(page, { type: "tag", values: TAGS });
}

/** The same by colour alone: for a page that was looked at in another theme, of which nothing else is different. */
export function faintOn(page: Page): Promise<readonly string[]> {
  return found(page, { type: "rule", values: ["color-contrast"] });
}

async function found(page: Page, runOnly: axe.RunOnly): Promise<readonly string[]> {
  // Through the developer tools: the page's own policy lets nothing in.
  if (!(await page.evaluate<boolean>("typeof axe === 'object'"))) await page.evaluate(axe.source);
  return page.evaluate<readonly string[]>(
    `axe.run(document, { resultTypes: ["violations"], runOnly: ${JSON.stringify(runOnly)} }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, any }) => id + ": " + target.join(" ") + " " + (any[0]?.message ?? "")))
    )`,
  );
}
