import { randomInt, timingSafeEqual } from "node:crypto";

/** Crockford's base 32: no letter that a person takes for a digit. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A one-time code of 80 random bits that a person can copy from a log: `XXXX-XXXX-XXXX-XXXX`. */
export function newSetupCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/** Compares in constant time; small letters, spaces and dashes make no difference. */
export function isSetupCode(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((code) => Buffer.from(code.toUpperCase().replace(/[^0-9A-Z]/g, "")));
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b);
}
