// `npm test`: everything, and as its last line how much of it passed.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readVitestReport } from "./vitest-report.mjs";

if (process.argv.includes("--help")) {
  console.log(
    "npm test   format, lint, types, layer rules, build, then every test; ends with `N passed, N failed`",
  );
  process.exit(0);
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const REPORT = "test-results/vitest.json";

/** @param {string} title @param {string[]} args @returns {boolean} whether it succeeded */
function run(title, args) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) console.log(`-- ${title}: FAILED`);
  return status === 0;
}

const isClean = run("format and lint", ["node_modules/@biomejs/biome/bin/biome", "ci"]);
const isTyped = run("types", ["scripts/check-types.mjs"]);
const isLayered = run("layers", ["scripts/check-layers.mjs"]);
const isBuilt = run("build", ["scripts/build.mjs"]);

mkdirSync("test-results", { recursive: true });
rmSync(REPORT, { force: true });
const vitestSucceeded = run("tests", [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${REPORT}`,
  // End-to-end tests run what was built; on a failed build they would judge an older one.
  ...(isBuilt ? [] : ["--project=!e2e*"]),
]);
if (!isBuilt) console.log("-- end-to-end tests did not run: the build failed");

const tests = readVitestReport(REPORT, vitestSucceeded);
const { byNature, installable, untagged } = tests.skipped;
list("Skipped, not here by nature", byNature);
list("Skipped, could have been installed (a failure with CI=true)", installable);
list("Skipped without saying why (a failure: name one of the two reasons in the test's title)", untagged);

const isCi = process.env["CI"] === "true";
const steps = [isClean, isTyped, isLayered, isBuilt];
const passed = tests.passed + steps.filter(Boolean).length;
const failed = tests.failed + steps.filter((ok) => !ok).length + untagged.length + (isCi ? installable.length : 0);
const skipped = byNature.length + (isCi ? 0 : installable.length);
if (tests.passed + tests.failed === 0) console.log("\nNo test ran: that is a failure.");
process.exitCode = failed > 0 || tests.passed + tests.failed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);

/** @param {string} title @param {string[]} names */
function list(title, names) {
  if (names.length > 0) console.log(`\n${title}:\n${names.map((name) => `  ${name}`).join("\n")}`);
}
