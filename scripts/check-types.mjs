// Type-checks each side with the globals that side has. `npm run types`
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

if (process.argv.includes("--help")) {
  console.log("npm run types   type-checks the Node side, the window, and contract/ and domain/ under both");
  process.exit(0);
}

const PROJECTS = ["tsconfig.json", "tsconfig.renderer.json", "tsconfig.pure-node.json", "tsconfig.pure-dom.json"];
// By path: node_modules also holds the older compiler that the layer check needs, and both call themselves `tsc`.
const TSC = "node_modules/typescript/bin/tsc";

/** @param {string} project */
function check(project) {
  return new Promise((resolve) => {
    spawn(process.execPath, [TSC, "--project", project, "--pretty"], { stdio: "inherit" }).on(
      "close",
      (status) => {
        if (status !== 0) console.error(`types: ${project} failed`);
        resolve(status === 0);
      },
    );
  });
}

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const results = await Promise.all(PROJECTS.map(check));
console.error(`types: ${results.filter(Boolean).length} of ${PROJECTS.length} projects compile`);
process.exitCode = results.every(Boolean) ? 0 : 1;
