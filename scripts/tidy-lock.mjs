// Run after every `npm install` that changed package-lock.json: puts back what npm drops from it.
// `node scripts/tidy-lock.mjs [--check]`
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const before = readFileSync(FILE, "utf8");
const lock = JSON.parse(before);
/** @type {Record<string, any>} */
const packages = lock.packages;

// npm forgets the package's own `"gypfile": false`; an npm that does not know `allowScripts` then starts node-gyp.
packages["node_modules/better-sqlite3-multiple-ciphers"].gypfile = false;

// npm leaves out the binaries of other systems that its registry could not give it, and then `npm ci` refuses the file.
const biome = packages["node_modules/@biomejs/biome"];
const { license, engines } = packages["node_modules/@biomejs/cli-linux-x64"];
for (const [name, version] of Object.entries(biome.optionalDependencies)) {
  const [, os, cpu, libc] = /cli-(\w+)-(\w+)(?:-(\w+))?$/.exec(name) ?? [];
  packages[`node_modules/${name}`] ??= {
    version,
    cpu: [cpu],
    dev: true,
    ...(libc === undefined ? {} : { libc: [libc] }),
    license,
    optional: true,
    os: [os],
    engines,
  };
}

for (const [path, entry] of Object.entries(packages)) {
  // Where it was fetched from is the installer's business (see .npmrc).
  delete entry.resolved;
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    const isPresent = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
    if (path !== "" && !isPresent)
      throw new Error(`package-lock.json has no entry for ${name}, which ${path} lists`);
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (after !== before) console.error("package-lock.json is not tidy: run node scripts/tidy-lock.mjs");
  process.exitCode = after === before ? 0 : 1;
} else {
  writeFileSync(FILE, after);
}
