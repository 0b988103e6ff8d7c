// `npm run bench [-- NAME... --json]`
import { existsSync } from "node:fs";
import { buildIfStale } from "./run-host.mjs";

const entry = new URL("../tests/bench/main.ts", import.meta.url);
if (process.argv.includes("--help")) {
  console.log("npm run bench [-- NAME... --json]   benchmarks, each beside its floor in the same run");
  process.exit(0);
}
if (!existsSync(entry)) {
  console.error("There are no benchmarks in this version yet (tests/bench/main.ts).");
  process.exit(1);
}
buildIfStale();
// Benchmarks are TypeScript with erasable types only: Node runs them as they are.
await import(entry.href);
