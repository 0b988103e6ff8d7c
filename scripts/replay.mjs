// `npm run replay -- --recording FILE …`: its own --help says the rest.
import { runHost } from "./run-host.mjs";

await runHost("replay", process.argv.slice(2));
