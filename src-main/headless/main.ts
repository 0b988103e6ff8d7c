import module from "node:module";

// Before anything else is loaded: a warm start then spends its time on the tank and not on compiling. A Node too old to
// have it gets as far as the sentence that says which one is needed.
module.enableCompileCache?.();
const { runHeadless } = await import("./run-headless.ts");
await runHeadless(process.argv.slice(2));
