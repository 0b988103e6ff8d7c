import { enableCompileCache } from "node:module";

// Before anything else is loaded: a warm start then spends its time on the tank and not on compiling.
enableCompileCache();
const { runHeadless } = await import("./run-headless.ts");
await runHeadless(process.argv.slice(2));
