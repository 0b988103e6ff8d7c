import module from "node:module";
import { fileURLToPath } from "node:url";
import { serveJobs, WORKER_ARGUMENT } from "./jobs.ts";

module.enableCompileCache?.();
if (process.argv[2] === WORKER_ARGUMENT) serveJobs();
else {
  const { simulateCommand } = await import("./simulate-command.ts");
  process.exitCode = await simulateCommand(process.argv.slice(2), fileURLToPath(import.meta.url));
}
