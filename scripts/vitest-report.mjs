import { existsSync, readFileSync } from "node:fs";

/** What a test's title says when it is skipped: recordings outside the tree, real hardware, another system. */
const BY_NATURE = "[not here by nature]";
/** The other reason: a program that somebody could have installed. */
const INSTALLABLE = "[could have been installed]";

/**
 * @typedef {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} FileReport
 * @typedef {{
 *   passed: number,
 *   failed: number,
 *   skipped: { byNature: string[], installable: string[], untagged: string[] },
 * }} Counts
 */

/**
 * Counts the tests in Vitest's JSON report.
 * @param {string} path
 * @param {boolean} hasSucceeded whether Vitest itself exited with 0
 * @returns {Counts}
 */
export function readVitestReport(path, hasSucceeded) {
  const counts = { passed: 0, failed: 0, skipped: { byNature: [], installable: [], untagged: [] } };
  /** @type {FileReport[]} */
  const files = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).testResults : [];
  for (const file of files) {
    for (const test of file.assertionResults) countTest(counts, test);
    // A file that fails to load has no tests in the report, and must not vanish from the count.
    const hasFailedTest = file.assertionResults.some(({ status }) => status === "failed");
    if (file.status === "failed" && !hasFailedTest) counts.failed += 1;
  }
  // Errors outside of any test: an unhandled rejection, a fork that died, a report that was never written.
  if (!hasSucceeded && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** @param {Counts} counts @param {FileReport["assertionResults"][number]} test */
function countTest(counts, { fullName, status }) {
  if (status === "passed") counts.passed += 1;
  else if (status === "failed") counts.failed += 1;
  else if (fullName.includes(BY_NATURE)) counts.skipped.byNature.push(fullName);
  else if (fullName.includes(INSTALLABLE)) counts.skipped.installable.push(fullName);
  else counts.skipped.untagged.push(fullName);
}
