import { createHash } from "node:crypto";
import { chmod, lchown, lstat, mkdir, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ReefFault } from "#contract/errors.ts";
import type { Account } from "./account.ts";

export const PORT = 5432;
/** `sun_path` holds 108 bytes on Linux (unix(7)), 104 on macOS, the last one a zero. */
const SOCKET_PATH_LIMIT = process.platform === "darwin" ? 103 : 107;

/** Where the embedded server keeps what, under `<dataDir>/postgres/`. */
export interface Layout {
  readonly home: string;
  readonly cluster: string;
  /** Half-made clusters live here until they are whole. */
  readonly scratch: string;
  readonly log: string;
  /** Library links, where the program's own folder may not be written. */
  readonly libraries: string;
  /** The folder of the socket; short enough for the kernel. */
  readonly sockets: string;
}

/** Makes the data folder: ours alone, or as root one that others may pass through, for PostgreSQL's own user. */
export async function makeDataFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (process.platform !== "win32") await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  return realpath(dataDir);
}

/** @param dataDir an existing folder, without links in its path */
export function layoutIn(dataDir: string): Layout {
  const home = path.join(dataDir, "postgres");
  return {
    home,
    cluster: path.join(home, "cluster"),
    scratch: path.join(home, "cluster.new"),
    log: path.join(home, "server.log"),
    libraries: path.join(home, "lib"),
    sockets: socketFolder(home),
  };
}

/** Makes `folder` the account's alone. @throws ReefFault bad-setting where somebody else made one of that name */
export async function makeOwnFolder(folder: string, account: Account): Promise<void> {
  const isNew = (await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined;
  if (account.ownerId === null) return;
  if (isNew && process.getuid?.() === 0) await lchown(folder, account.ownerId, account.ownerId);
  const { uid, mode } = await lstat(folder);
  if (uid === account.ownerId && (mode & 0o077) === 0) return;
  if (uid === account.ownerId || process.getuid?.() === 0) {
    await lchown(folder, account.ownerId, account.ownerId);
    return chmod(folder, 0o700);
  }
  throw new ReefFault(
    "bad-setting",
    `${folder} belongs to another user: remove it, or set REEF_DATA_DIR to a shorter path`,
  );
}

/**
 * Beside the data, or where that path is too long for a socket, in a short folder named after it: in /run for root,
 * where nobody else can have made it before us, else in the folder for temporary files.
 */
export function socketFolder(home: string): string {
  const beside = path.join(home, "run");
  if (fits(beside) || process.platform === "win32") return beside;
  const name = `reef-${createHash("sha256").update(home).digest("hex").slice(0, 16)}`;
  const parents = process.platform === "linux" && process.getuid?.() === 0 ? ["/run"] : [os.tmpdir(), "/tmp"];
  const short = parents.map((parent) => path.join(parent, name)).find(fits);
  if (short === undefined) {
    throw new ReefFault(
      "bad-setting",
      `The path of ${home} is too long for a socket: set REEF_DATA_DIR to a shorter one`,
    );
  }
  return short;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, `.s.PGSQL.${PORT}`)) <= SOCKET_PATH_LIMIT;
}

/** Takes away a socket folder that lies outside the data, once its server is gone. */
export async function removeSocketFolder({ home, sockets }: Layout): Promise<void> {
  if (path.dirname(sockets) !== home) await rm(sockets, { recursive: true, force: true });
}
