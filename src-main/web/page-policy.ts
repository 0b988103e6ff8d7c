import { createHash } from "node:crypto";

/** The page's first script stands in the page itself (scripts/page-start.ts). */
const SCRIPT_IN_PAGE = /<script>(?<text>[\s\S]*?)<\/script>/g;

/**
 * What a Content-Security-Policy names so that the scripts which stand in this page may run, and no others that come to stand
 * there: `'sha256-…'` (CSP Level 3, section 2.3.1).
 */
export function scriptHashesOf(html: string): string[] {
  return [...html.matchAll(SCRIPT_IN_PAGE)].map(
    (match) =>
      `'sha256-${createHash("sha256")
        .update(match.groups?.["text"] ?? "")
        .digest("base64")}'`,
  );
}
