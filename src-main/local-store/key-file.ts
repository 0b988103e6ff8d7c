import { createHmac, randomBytes } from "node:crypto";
import { access, chmod, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import { type KeySeal, keyFileText, keyFrom } from "./key-seal.ts";

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const KEY_PATTERN = /^[0-9a-f]{64}$/;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** Bytes 21 to 23 of every SQLite file (sqlite.org/fileformat2.html section 1.3.4), which the cipher leaves readable. */
const PAYLOAD_FRACTIONS = [64, 32, 32];
const HEADER_BYTES = 24;

export interface StorePaths {
  readonly database: string;
  readonly key: string;
}

export interface StoreKey {
  readonly keyHex: string;
  /** The database begins with it; made from the key, so that it shows whose file it is. */
  readonly saltHex: string;
  /** False: the database is still to be made. */
  readonly hasDatabase: boolean;
}

export function storePathsIn(dataDir: string): StorePaths {
  return { database: join(dataDir, "local.db"), key: join(dataDir, "local.key") };
}

/**
 * The key of the store in this folder; made (owner-only, flushed, then put in place) where neither key nor database
 * exist yet. @param seal locks a new key, and opens a locked one; a key that is there unlocked is taken as it is
 * @throws ReefFault store-wrong-key, store-corrupt, store-unavailable; nothing there is ever overwritten
 */
export async function openStoreKey(paths: StorePaths, seal: KeySeal | null = null): Promise<StoreKey> {
  const [header, keyText, hasLog] = await Promise.all([
    headerOf(paths.database),
    textOf(paths.key),
    exists(`${paths.database}-wal`),
  ]);
  if (keyText === null && header !== null) {
    throw new ReefFault(
      "store-wrong-key",
      `The key of the local store is missing; put the file local.key that belongs to ${paths.database} back at ${paths.key}, or move local.db away to start a new store.`,
    );
  }
  if (header === null && hasLog) {
    throw new ReefFault(
      "store-corrupt",
      `${paths.database} is missing but its log ${paths.database}-wal is there; put local.db back, or move the log away to start a new store.`,
    );
  }
  const keyHex = keyText === null ? await makeKey(paths.key, seal) : await checkedKey(keyText, paths.key, seal);
  const salt = saltOf(keyHex);
  if (header !== null) assertFits(header, salt, paths);
  return { keyHex, saltHex: salt.toString("hex"), hasDatabase: header !== null };
}

/** Flushes a folder, so that a file just put there is found after a power cut. Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

function saltOf(keyHex: string): Buffer {
  return createHmac("sha256", Buffer.from(keyHex, "hex"))
    .update("local store salt")
    .digest()
    .subarray(0, SALT_BYTES);
}

function assertFits(header: Buffer, salt: Buffer, paths: StorePaths): void {
  if (header.length === HEADER_BYTES && header.subarray(0, SALT_BYTES).equals(salt)) return;
  const isStore =
    PAYLOAD_FRACTIONS.every((byte, i) => header[21 + i] === byte) &&
    !header.toString("latin1").startsWith("SQLite");
  if (isStore) {
    throw new ReefFault(
      "store-wrong-key",
      `The key in ${paths.key} does not open ${paths.database}; put the local.key that was made with it back, or move both away to start a new store.`,
    );
  }
  throw new ReefFault(
    "store-corrupt",
    `${paths.database} is damaged or no store of this program; put a copy from a backup in its place, or move it away to start a new one.`,
  );
}

async function checkedKey(text: string, path: string, seal: KeySeal | null): Promise<string> {
  const keyHex = keyFrom(text, seal);
  if (keyHex === null) {
    throw new ReefFault(
      "store-wrong-key",
      `The key in ${path} is locked by the keychain of the desktop app and user that made it; start that one, or move local.db and local.key away to start a new store.`,
    );
  }
  if (!KEY_PATTERN.test(keyHex)) {
    throw new ReefFault(
      "store-wrong-key",
      `${path} does not hold a key (64 hexadecimal digits); put the local.key that was made with local.db back.`,
    );
  }
  if (process.platform !== "win32" && ((await stat(path)).mode & OTHERS) !== 0) await chmod(path, OWNER_ONLY);
  return keyHex;
}

async function makeKey(path: string, seal: KeySeal | null): Promise<string> {
  const keyHex = randomBytes(KEY_BYTES).toString("hex");
  const draft = `${path}.new`;
  try {
    await rm(draft, { force: true });
    const file = await open(draft, "wx", OWNER_ONLY);
    try {
      await file.writeFile(`${keyFileText(keyHex, seal)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
    return keyHex;
  } catch (error) {
    throw fileFault(error, `The key of the local store cannot be made at ${path}`);
  }
}

async function headerOf(path: string): Promise<Buffer | null> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw fileFault(error, `The local store ${path} cannot be read`);
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw fileFault(error, `The key of the local store ${path} cannot be read`);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A file system's refusal in a keeper's words. */
export function fileFault(error: unknown, what: string): ReefFault {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new ReefFault("store-full", `${what}: the disk is full; make room in the data folder.`, {
      cause: error,
    });
  }
  return new ReefFault(
    "store-unavailable",
    `${what} (${code ?? String(error)}); check the data folder and who owns it.`,
    {
      cause: error,
    },
  );
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
