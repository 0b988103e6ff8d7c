import { z } from "zod";

const ALLOWED = /^(?:[\p{L}\p{M}\p{N} .,:!?()#&+_/°%µ·²³-]|(?<=\p{L})['’](?=\p{L}))+$/u;
const COMMENT_MARKS = /--|\/\*/;

/**
 * A name a keeper gives: letters and digits of any language, spaces and plain punctuation; an apostrophe between
 * letters. What a name never needs (quotes, `;`, `=`, `<`, comment marks) is refused at the door, so that no log,
 * export or foreign program downstream can be tricked by one.
 */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => ALLOWED.test(text) && !COMMENT_MARKS.test(text), {
    message: "use letters, digits, spaces and . , : ! ? ( ) # & + - _ / ° %",
  });
export type Name = z.infer<typeof Name>;
