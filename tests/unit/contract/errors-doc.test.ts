import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { FAULT_CODES } from "#contract/errors.ts";
import { statusOf } from "#main/api/problems.ts";

const PAGE = new URL("../../../docs/errors.md", import.meta.url);
/** `| code | status | meaning | what to do |`, the code as code. */
const ROW = /^\| `([a-z-]+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm;

test("docs/errors.md has every fault code once, with its HTTP status, and no other", async () => {
  const rows = [...(await readFile(PAGE, "utf8")).matchAll(ROW)];
  const told = rows.map(([, code, status]) => `${code} ${status}`);
  expect(new Set(told)).toEqual(new Set(FAULT_CODES.map((code) => `${code} ${statusOf(code)}`)));
  expect(told).toHaveLength(FAULT_CODES.length);
});
