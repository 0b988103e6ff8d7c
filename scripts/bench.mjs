// `npm run bench -- [NAME... --json --long]`
import { existsSync } from "node:fs";
import { buildIfStale } from "./run-host.mjs";

const HELP = `npm run bench -- [NAME...] [--json] [--long]

Benchmarks, each beside its floor in the same run (docs/benchmarks.md). Takes an hour; half a minute to ten
minutes each.

  NAME     run only these, by number or title: B5 poll-jitter
  --json   print [{"name","title","figures","floor","ratio","bar","aim","meetsBar","meetsAim"}]
  --long   B13 for an hour in place of ten minutes, B1 with twice the pushes, B3 with Postgres away for ten minutes
`;

const entry = new URL("../tests/bench/main.ts", import.meta.url);
if (process.argv.includes("--help")) {
  console.log(HELP);
  process.exit(0);
}
if (!existsSync(entry)) {
  console.error("There are no benchmarks in this version yet (tests/bench/main.ts).");
  process.exit(1);
}
buildIfStale();
// Benchmarks are TypeScript with erasable types only: Node runs them as they are.
await import(entry.href);
