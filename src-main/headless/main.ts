import { readFile } from "node:fs/promises";
import module from "node:module";
import { programFiles } from "../composition/program-files.ts";
import { beginStoreThread } from "../local-store/store-thread.ts";

// Before anything else is loaded: a warm start then spends its time on the tank and not on compiling. A Node too old to
// have it gets as far as the sentence that says which one is needed.
module.enableCompileCache?.();
// Not where its addon would crash an older Node, which is refused in words later on.
if (Number(process.versions["napi"]) >= 10) beginStoreThread(programFiles(import.meta.url).localStoreWorker);
// Loading takes a moment in which nothing runs yet that had to be made safe. One listener from here to the end: a signal
// that comes while listeners are exchanged would be lost. SIGHUP: the terminal it was started from is closed.
let leave: (signal: NodeJS.Signals) => void = () => process.exit(0);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => leave(signal));
// Read while the rest is loaded.
const dotEnv = readFile(".env", "utf8").catch(() => "");
const { runHeadless } = await import("./run-headless.ts");
await runHeadless(process.argv.slice(2), {
  dotEnv,
  hearSignals: (listener) => {
    leave = listener;
  },
});
