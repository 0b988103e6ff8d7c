/** A PIN has so many digits. */
export const PIN_MIN_DIGITS = 4;
export const PIN_MAX_DIGITS = 8;

/** What a key of the pad, or of a keyboard, does to the digits so far. Other keys leave them. */
export function digitsAfter(digits: string, key: string): string {
  if (/^[0-9]$/.test(key)) return digits.length < PIN_MAX_DIGITS ? digits + key : digits;
  return key === "Backspace" ? digits.slice(0, -1) : digits;
}
