import { z } from "zod";

/*
 * Schemas read values as they are, and compile no parsers: a start reads with each of them once or never, and compiling
 * costs it 30 ms. Comes before the first schema is made.
 */
z.config({ jitless: true });
