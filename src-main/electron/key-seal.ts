import { safeStorage } from "electron";
import type { KeySeal } from "../local-store/key-seal.ts";

/**
 * The platform's keychain for the local store's key, on macOS and Windows. On Linux the key file alone guards it, so
 * that the headless host opens the same store; null there.
 */
export function keychainSeal(): KeySeal | null {
  if (process.platform === "linux" || !safeStorage.isEncryptionAvailable()) return null;
  return {
    seal: (keyHex) => safeStorage.encryptString(keyHex).toString("base64"),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, "base64")),
  };
}
