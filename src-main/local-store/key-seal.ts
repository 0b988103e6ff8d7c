/**
 * Locks the store's key with something only this user's session can open: the platform's keychain. A host that has none
 * keeps the key as it is, in a file for its owner alone.
 */
export interface KeySeal {
  /** @param keyHex 64 hexadecimal digits @returns one line of text */
  seal(keyHex: string): string;
  /** @throws whatever the keychain says, where it was not this one that sealed it */
  open(sealed: string): string;
}

const MARK = "sealed:";

/** What stands in the key file. */
export function keyFileText(keyHex: string, seal: KeySeal | null): string {
  return seal === null ? keyHex : `${MARK}${seal.seal(keyHex)}`;
}

/** The key from its file's text; null where it is sealed and cannot be opened here. */
export function keyFrom(text: string, seal: KeySeal | null): string | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith(MARK)) return trimmed;
  try {
    return seal?.open(trimmed.slice(MARK.length)) ?? null;
  } catch {
    // A keychain of another user or machine: the caller says so in words.
    return null;
  }
}
