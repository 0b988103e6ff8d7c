/** What was made for this key, once: Intl objects are dear to make, and there are few combinations. */
export function keptIn<Format>(made: Map<string, Format>, key: string, make: () => Format): Format {
  let format = made.get(key);
  if (format === undefined) {
    format = make();
    made.set(key, format);
  }
  return format;
}
