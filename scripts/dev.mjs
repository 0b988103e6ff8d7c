// `npm run dev`: the window, its page reloaded in place and its core restarted when a source changes.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { electronBinary, electronSwitches, fetchElectron, hasDisplay } from "./electron-runtime.mjs";

if (process.argv.includes("--help")) {
  console.log(`npm run dev [-- --kiosk] [-- --remote=URL]   the app with hot reload; without a display, the headless controller,
                                             restarted whenever a source file changes`);
  process.exit(0);
}

const root = fileURLToPath(new URL("..", import.meta.url));
const why = await whyNoWindow();
const binary = electronBinary();
if (why !== null || binary === null) {
  console.error(`dev: ${why ?? "Electron's program is missing"}; running headless`);
  await import("./dev-headless.mjs");
} else {
  const args = ["dev", "--watch", "--", ...electronSwitches(), ...process.argv.slice(2)];
  const child = spawn(process.execPath, [`${root}node_modules/electron-vite/bin/electron-vite.js`, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ELECTRON_EXEC_PATH: binary },
  });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once("exit", (code) => process.exit(code ?? 0));
}

/** @returns {Promise<string | null>} null: there can be one */
async function whyNoWindow() {
  if (!hasDisplay()) return "there is no display";
  if (electronBinary() !== null) return null;
  const failure = await fetchElectron();
  return failure === null ? null : `Electron could not be fetched (${failure})`;
}
