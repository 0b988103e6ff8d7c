import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onDemandSchemas } from "../../../scripts/on-demand-schemas.ts";

let sourceDir: string;
beforeAll(async () => {
  sourceDir = await mkdtemp(join(tmpdir(), "on-demand-"));
});
afterAll(() => rm(sourceDir, { recursive: true }));

/** What the build makes of the last of these files. */
async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const plugin = onDemandSchemas(sourceDir);
  let text = "";
  for (const [name, code] of Object.entries(files)) {
    await writeFile(join(sourceDir, name), code);
    text = plugin.transform(code, join(sourceDir, name))?.code ?? "";
  }
  return text.replaceAll(/\s+/g, " ").trim();
}

test("a schema becomes a function that makes it once, and keeps its type", async () => {
  const code = `import { z } from "zod";\nexport const X: z.ZodType = z.string();\nexport type X = z.infer<typeof X>;`;
  expect(await built({ "x.ts": code })).toBe(
    'import { z } from "zod"; let X$made; export function X() { return (X$made ??= z.string()); } export type X = z.infer<typeof X>;',
  );
});

test("whoever names a schema calls it, and a constant made of schemas is made on demand too", async () => {
  const made = `import { z } from "zod";\nexport const X = z.string();`;
  const uses = [
    `import { X } from "./x.ts";`,
    "const fields = { X, kept: X.min(1), X: 1 };",
    "export const parse = (text: string) => X.parse(text);",
    "export const eager = { get X() { return X; } };",
  ].join("\n");
  expect(await built({ "x.ts": made, "uses.ts": uses })).toBe(
    [
      `import { X } from "./x.ts";`,
      "let fields$made; function fields() { return (fields$made ??= { X: X(), kept: X().min(1), X: 1 }); }",
      "export const parse = (text: string) => X().parse(text);",
      "export const eager = { get X() { return X(); } };",
    ].join(" "),
  );
});

test("what has nothing to do with schemas stays as it is", async () => {
  const code = `const DAY_S = 86_400; export const twice = (n: number) => 2 * n * DAY_S;`;
  expect(await built({ "plain.ts": code })).toBe(code);
});

test.each([
  ["a parameter of its name", "export const f = (X: string) => X;"],
  ["a variable of its name", "export function f() { const X = 1; return X; }"],
  ["handing it on", "export { X };"],
])("%s is refused by the build", async (_, statement) => {
  const code = `import { X } from "./x.ts";\n${statement}`;
  const files = { "x.ts": `import { z } from "zod";\nexport const X = z.string();`, "other.ts": code };
  await expect(built(files)).rejects.toThrow(/other\.ts: X is a schema made on demand/);
});
