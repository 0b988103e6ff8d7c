import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The app's one page: whatever path of the app is asked for, it knows what to show there. */
export const PAGE = "index.html";

/** The page's first script stands in the page itself (scripts/page-start.ts). */
const SCRIPT_IN_PAGE = /<script>(?<text>[\s\S]*?)<\/script>/g;

export interface Page {
  readonly text: string;
  /**
   * What a Content-Security-Policy names so that the scripts which stand in this page may run, and no others that come to
   * stand there: `'sha256-…'` (CSP Level 3, section 2.3.1).
   */
  readonly scriptHashes: readonly string[];
}

/** What looks like a file and is none is missing; everything else is a path that the page knows. */
export function isPathOfPage(relative: string): boolean {
  return relative === PAGE || !(relative.split("/").at(-1) ?? "").includes(".");
}

/** @returns null where the app was not built */
export async function readPage(rendererDir: string): Promise<Page | null> {
  const text = await readFile(join(rendererDir, PAGE), "utf8").catch(() => null);
  return text === null ? null : { text, scriptHashes: hashesOfScriptsIn(text) };
}

function hashesOfScriptsIn(html: string): string[] {
  return [...html.matchAll(SCRIPT_IN_PAGE)].map((match) => {
    const hash = createHash("sha256").update(match.groups?.["text"] ?? "");
    return `'sha256-${hash.digest("base64")}'`;
  });
}
