// `npm start`, `npm run start:headless`
import { runHost } from "./run-host.mjs";

const args = process.argv.slice(2).filter((arg) => arg !== "--headless");
if (args.includes("--help")) {
  console.log(`npm start                 builds what is stale and starts the controller
npm run start:headless    the same without a desktop window (for now both are: the window is not built yet)

It prints the address to open in a browser. SIGINT or SIGTERM stops it: outputs go to their safe state first.
Settings are environment variables, or lines of .env: resources/example.env lists them all.`);
  process.exit(0);
}
await runHost("headless", args);
