import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import config from "../../../.dependency-cruiser.mjs";

const ROOT = join(import.meta.dirname, "../../..");
const PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...globSync("docs/**/*.md", { cwd: ROOT })];
const read = (page: string) => readFile(join(ROOT, page), "utf8");

/** GitHub's anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

async function hasAnchor(page: string, anchor: string): Promise<boolean> {
  const headings = [...(await read(page)).matchAll(/^#+ (.+)$/gm)];
  return headings.some(([, heading = ""]) => anchorOf(heading) === anchor);
}

test.each(PAGES)("%s: every link inside the repository leads somewhere", async (page) => {
  const dead: string[] = [];
  for (const [, target = ""] of (await read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page : join(dirname(page), path);
    const isThere = existsSync(join(ROOT, file));
    if (!isThere || (anchor !== undefined && !(await hasAnchor(file, anchor)))) dead.push(target);
  }
  expect(dead).toEqual([]);
});

test("docs/safety.md names only tests that are there", async () => {
  const named = [
    ...(await read("docs/safety.md")).matchAll(/`((?:unit|contract|integration|e2e)\/[\w/.-]+\.ts)`/g),
  ];
  const missing = named.map(([, path = ""]) => path).filter((path) => !existsSync(join(ROOT, "tests", path)));
  expect(named.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test("the layer table of docs/architecture.md is the one that is checked", async () => {
  const rules = config.forbidden.flatMap(({ comment = "" }) => {
    const [, folder = "", allowed = ""] =
      /^([\w-]+)\/ may import: itself(?:, )?(.*?)\. Need more/.exec(comment) ?? [];
    const isThere = existsSync(join(ROOT, "src-main", folder));
    return folder === "" || !isThere ? [] : [[folder, allowed === "" ? "nothing" : allowed]];
  });
  const rows = [...(await read("docs/architecture.md")).matchAll(/^\| `([\w-]+)\/` \| .+ \| (.+) \|$/gm)];
  expect(rows.map(([, folder, allowed]) => [folder, allowed])).toEqual(rules);
});
