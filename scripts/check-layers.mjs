// Proves the layer table in .dependency-cruiser.mjs. `npm run layers`
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { help: { type: "boolean" }, root: { type: "string" } } });
if (values.help) {
  console.log("node scripts/check-layers.mjs [--root DIR]   checks the imports of DIR (default: this repository)");
  process.exit(0);
}

// dependency-cruiser parses TypeScript with whatever `typescript` it finds, and TypeScript 7 has no JavaScript API:
// it would then find no modules and be green. It gets the last release that has one, under the name we gave it.
registerHooks({
  resolve(specifier, context, nextResolve) {
    const isItsCompiler =
      /^typescript(\/|$)/.test(specifier) && context.parentURL?.includes("/node_modules/dependency-cruiser/");
    return nextResolve(
      isItsCompiler ? specifier.replace("typescript", "typescript-compiler-api") : specifier,
      context,
    );
  },
});
const { cruise } = await import("dependency-cruiser");
const { default: config } = await import("../.dependency-cruiser.mjs");

const baseDir = values.root ?? fileURLToPath(new URL("..", import.meta.url));
const folders = ["src-main", "src-preload", "src-renderer", "tests"].filter((folder) =>
  existsSync(`${baseDir}/${folder}`),
);
const { output } = await cruise(folders, {
  ...config.options,
  baseDir,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
});
if (typeof output === "string") throw new Error("dependency-cruiser answered text where a result was expected");

const modules = output.modules.filter(({ source }) => /^(src-|tests\/)/.test(source) && /[.]tsx?$/.test(source));
const imports = modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
const { violations } = output.summary;

for (const { name, comment } of config.forbidden) {
  const ofThisRule = violations.filter(({ rule }) => rule.name === name);
  if (ofThisRule.length > 0) console.error(`${name}: ${comment}`);
  for (const { from, to, cycle } of ofThisRule) {
    console.error(`    ${from} -> ${cycle ? cycle.map((step) => step.name).join(" -> ") : to}`);
  }
}
console.error(`layers: ${modules.length} modules, ${imports} imports, ${violations.length} violations`);
if (modules.length === 0 || imports === 0) {
  console.error("layers: nothing was checked; is typescript-compiler-api installed? Run npm ci.");
  process.exitCode = 1;
}
if (violations.length > 0) process.exitCode = 1;
