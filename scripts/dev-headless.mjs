// `npm run dev` where there is no window: the headless core, restarted when a source changes.
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";

/** One save often touches several files. */
const SETTLE_MS = 300;
const root = fileURLToPath(new URL("..", import.meta.url));

let isStopping = false;
/** @type {NodeJS.Timeout | undefined} */
let restart;
let core = start();

function start() {
  const child = spawn(process.execPath, [`${root}scripts/start.mjs`, "--headless"], { stdio: "inherit" });
  child.on("exit", (code) => {
    if (isStopping) process.exit(code ?? 0);
  });
  return child;
}

function restartSoon() {
  clearTimeout(restart);
  restart = setTimeout(() => {
    const previous = core;
    const startNext = () => {
      if (!isStopping) core = start();
    };
    // Outputs go to their safe state and the data directory is released before the next one starts.
    if (previous.exitCode === null && previous.signalCode === null)
      previous.once("exit", startNext).kill("SIGTERM");
    else startNext();
  }, SETTLE_MS);
}

for (const folder of ["src-main", "src-renderer", "src-preload"]) {
  watch(`${root}${folder}`, { recursive: true }, restartSoon);
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => {
    isStopping = true;
    if (core.exitCode !== null || core.signalCode !== null) process.exit(0);
    core.kill(signal);
  });
}
