import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const RENDERER = fileURLToPath(new URL("../../out/renderer/", import.meta.url));
/** A phone by the tank fetches them over a weak wireless; every KB is parsed on a Pi as well. */
const BUDGET_KB = 150;

test(`the dashboard's scripts stay under ${BUDGET_KB} KB gzipped`, async () => {
  const page = await readFile(join(RENDERER, "index.html"), "utf8");
  const scripts = new Set([...page.matchAll(/(?:src|href)="\.?\/([^"]+\.js)"/g)].map(([, path]) => path ?? ""));
  expect(scripts.size).toBeGreaterThan(1);
  const sizes = await Promise.all(
    [...scripts].map(async (path) => gzipSync(await readFile(join(RENDERER, path)), { level: 9 }).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0) / 1_000).toBeLessThan(BUDGET_KB);
});
