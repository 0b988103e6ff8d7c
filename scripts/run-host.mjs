import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Builds what is stale, in a child so that none of the bundler's memory stays. */
export function buildIfStale() {
  const { status } = spawnSync(process.execPath, [`${root}scripts/build.mjs`, "--if-stale"], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
}

/**
 * Runs a built host in this process: signals reach it directly and its stdout stays its own.
 * @param {"headless" | "replay" | "simulate"} name
 * @param {string[]} args what the host sees as its arguments
 */
export async function runHost(name, args) {
  buildIfStale();
  const entry = `${root}out/main/${name}.js`;
  if (!existsSync(entry)) {
    console.error(`${name} is not part of this version yet (no ${entry}).`);
    process.exit(1);
  }
  enableCompileCache();
  process.argv = [process.execPath, entry, ...args];
  await import(pathToFileURL(entry).href);
}
