// Zod compiles schemas with `new Function` where it may. Our policy forbids that, and even the probe for it is reported as a
// violation. A plain script before all modules: in whatever order they are loaded, Zod takes its configuration from here.
globalThis.__zod_globalConfig = { jitless: true };
