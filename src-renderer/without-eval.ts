// Zod compiles schemas with `new Function` where it may. Our policy forbids that, and even the probe for it is reported as a
// violation. Before all other modules: in whatever order they are loaded, Zod takes its configuration from here.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
