// `npm start`, `npm run start:headless`
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { electronBinary, electronSwitches, fetchElectron, hasDisplay } from "./electron-runtime.mjs";
import { buildIfStale, runHost } from "./run-host.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** As a shell says it: a library that the program needs is missing. */
const CANNOT_RUN = 127;

const given = process.argv.slice(2);
if (given.includes("--help")) {
  console.log(`npm start                        the controller with its window, where there is a display, else headless
npm start -- --kiosk             full screen, for the touch display by the tank
npm start -- --remote=URL        no controller here: a window onto the one at URL, such as https://reef.local:8000
npm run start:headless           the controller without a window; it prints the address to open in a browser

Where there is a display and Electron's program is not, it is fetched once. SIGINT or SIGTERM stops the controller:
outputs go to their safe state first. Settings are environment variables, or lines of .env: resources/example.env
lists them all.`);
  process.exit(0);
}
const options = joined(given);
const isRemote = options.some((option) => option.startsWith("--remote="));
const why = options.includes("--headless") ? null : await startWindow();
if (why !== null && isRemote) {
  console.error(`start: --remote needs a window: ${why}`);
  process.exit(1);
}
if (why !== null) console.error(`start: ${why}; starting headless`);
await runHost(
  "headless",
  options.filter((option) => option !== "--headless" && option !== "--kiosk"),
);

/**
 * Runs the window's program to its end, which is ours too.
 * @returns {Promise<string>} only where there can be no window: why
 */
async function startWindow() {
  if (!hasDisplay()) return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
  if (electronBinary() === null) {
    const failure = await fetchElectron();
    if (failure !== null) return `Electron could not be fetched (${failure})`;
  }
  const binary = electronBinary();
  if (binary === null) return "Electron's program is missing";
  buildIfStale();
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  // Ours last: past the first URL Electron takes no switch.
  const child = spawn(binary, [root, ...electronSwitches(), ...options], { stdio: "inherit", env });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`Electron cannot be run (${error.message})`));
    child.once("exit", (code, signal) => {
      if (code === CANNOT_RUN) resolve("Electron lacks libraries of this system (its own words are above)");
      else process.exit(code ?? (signal === "SIGTERM" ? 0 : 1));
    });
  });
}

/** @param {string[]} args @returns {string[]} with `--remote URL` as one: a bare URL ends Electron's switches */
function joined(args) {
  const at = args.indexOf("--remote");
  if (at === -1) return args;
  return [...args.slice(0, at), `--remote=${args[at + 1] ?? ""}`, ...args.slice(at + 2)];
}
