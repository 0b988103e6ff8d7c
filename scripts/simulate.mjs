// `npm run simulate -- --days N …`: its own --help says the rest.
import { runHost } from "./run-host.mjs";

await runHost("simulate", process.argv.slice(2));
