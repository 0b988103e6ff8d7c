import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../node_modules/electron/", import.meta.url));
const NAMES = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };
/** A network that swallows everything must not keep a tank without its controller. */
const FETCH_LIMIT_MS = 600_000;
const TELL_EVERY_MS = 5_000;

/**
 * Electron's program, by its path: asking for it with `require("electron")` would download it.
 * @returns {string | null} null where it is not there
 */
export function electronBinary() {
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? `${PACKAGE}dist`;
  const binary = `${folder}/${NAMES[/** @type {keyof typeof NAMES} */ (process.platform)] ?? "electron"}`;
  return existsSync(binary) ? binary : null;
}

/** Whether a window could be seen: on Linux and its like somebody must have said where. */
export function hasDisplay() {
  if (process.platform === "darwin" || process.platform === "win32") return true;
  return Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

/**
 * Fetches Electron's program with the electron package's own installer, and says on stderr how it goes.
 * @returns {Promise<string | null>} null on success, else one line of why not
 */
export function fetchElectron() {
  if (!existsSync(`${PACKAGE}install.js`))
    return Promise.resolve("the electron package is not installed (npm ci)");
  const { version } = JSON.parse(readFileSync(`${PACKAGE}package.json`, "utf8"));
  console.error(`start: fetching Electron ${version} once, about 120 MB …`);
  const startedAt = performance.now();
  const elapsedS = () => Math.round((performance.now() - startedAt) / 1000);
  const ticker = setInterval(
    () => console.error(`start: still fetching Electron, ${elapsedS()} s …`),
    TELL_EVERY_MS,
  );
  const child = spawn(process.execPath, [`${PACKAGE}install.js`], {
    cwd: PACKAGE,
    // Its progress bar goes to where our words go: whoever starts us reads stdout.
    stdio: ["ignore", 2, "pipe"],
    timeout: FETCH_LIMIT_MS,
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    said += text;
    // A progress bar draws over itself; an error's stack is for the one line at the end.
    if (text.includes("Downloading") || text.startsWith("\u001b")) process.stderr.write(text);
  });
  return new Promise((resolve) => {
    const end = (/** @type {string | null} */ why) => {
      clearInterval(ticker);
      if (why === null) console.error(`start: Electron is here after ${elapsedS()} s`);
      resolve(why);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => {
      if (code === 0) end(electronBinary() === null ? "its installer left no program" : null);
      else end(signal === null ? reasonIn(said) : `it took longer than ${FETCH_LIMIT_MS / 60_000} minutes`);
    });
  });
}

/** @param {string} stack what the installer printed @returns {string} its first telling line */
function reasonIn(stack) {
  const lines = stack.split("\n").map((line) => line.trim());
  const cause = lines.findLast((line) => /^(\[?cause\]?:|code:)/.test(line));
  const first =
    lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== "") ?? "no reason given";
  return cause === undefined ? first : `${first}; ${cause}`;
}

/** Switches Electron needs here. @returns {string[]} */
export function electronSwitches() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return [];
  console.error(
    "start: Chromium's sandbox does not work as root, so the window runs without it; use another user",
  );
  return ["--no-sandbox"];
}
