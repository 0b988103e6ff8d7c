// Builds out/main, out/preload, out/renderer and out/docs-ui. `npm run build`
import { spawnSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { help: { type: "boolean" }, "if-stale": { type: "boolean" } } });
if (values.help) {
  console.log(
    "npm run build [-- --if-stale]   builds everything, or only if a source is newer than the last build",
  );
  process.exit(0);
}

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const STAMP = "out/.build-stamp";
const SOURCES = [
  "src-*/**",
  "resources/**",
  "package.json",
  "package-lock.json",
  "electron.vite.config.ts",
  "scripts/*.ts",
];

const changedAtMs = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
/** Folders count too: a deleted file shows only in the time of its folder. */
const newestSourceMs = () => Math.max(...globSync(SOURCES).map(changedAtMs));
const isFresh = () => existsSync(STAMP) && changedAtMs(STAMP) >= newestSourceMs();

if (values["if-stale"] && isFresh()) process.exit(0);

const startedAt = new Date();
console.error("build: compiling …");
rmSync(STAMP, { force: true });
const { status } = spawnSync(process.execPath, ["node_modules/electron-vite/bin/electron-vite.js", "build"], {
  // Whoever starts a host reads its ready line from stdout: the bundler talks to stderr.
  stdio: ["ignore", 2, 2],
});
if (status !== 0) {
  console.error("build: failed, see above");
  process.exit(1);
}
// The API's document is made here, so that the first reader of it does not hold up the tank's main loop.
const { openApiText } = await import("../src-main/web/openapi.ts");
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
writeFileSync("out/docs-ui/openapi.json", await openApiText(version));
mkdirSync("out", { recursive: true });
writeFileSync(STAMP, "");
// What was edited while the bundler ran is stale.
utimesSync(STAMP, startedAt, startedAt);
console.error(`build: done in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`);
