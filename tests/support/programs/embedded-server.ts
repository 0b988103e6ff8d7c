import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { EmbeddedServer } from "#main/storage/embedded/embedded-server.ts";

/*
 * Starts the embedded server in the folder it is told, says so in one line of JSON, and stops it when its input ends:
 * a stand-in for the whole program, to be run as another user or to be killed.
 */
const [dataDir = "", secretFile = ""] = process.argv.slice(2);
const server = new EmbeddedServer({
  dataDir,
  secrets: {
    get: () => readFile(secretFile, "utf8").catch(() => null),
    put: (_, value) => writeFile(secretFile, value),
  },
  clock: new RealClock(),
  log: SILENT_LOG,
});
await server.makeReady(new AbortController().signal);
process.stdout.write(`${JSON.stringify({ uid: process.getuid?.() ?? null })}\n`);
for await (const _ of process.stdin);
await server.stop();
