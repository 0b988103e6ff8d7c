import { z } from "zod";

// Zod compiles schemas with `new Function` where it may. Our CSP forbids that, and even the probe for it is reported
// as a violation. Imported before any schema: the choice is made as each one is built.
z.config({ jitless: true });
