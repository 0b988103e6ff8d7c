import { execFile } from "node:child_process";
import { lchown, readdir, realpath, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ReefFault } from "#contract/errors.ts";

const run = promisify(execFile);

/** `nobody`: PostgreSQL refuses to run as root, and this one owns nothing else. */
export const NOBODY = 65_534;
const NAMESPACE = ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, "--"] as const;
const PROBE_LIMIT_MS = 5_000;

/** As whom PostgreSQL's programs run, and whose their files are. */
export interface Account {
  /** The owner of the files as this process sees it; null where files have no numbered owner (Windows). */
  readonly ownerId: number | null;
  command(program: string, args: readonly string[]): [string, string[]];
  readonly spawnOptions: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly uid?: number;
    readonly gid?: number;
  };
}

/**
 * A normal user runs PostgreSQL himself. As root it runs as `nobody`; where `nobody` may not reach the files (a home of
 * mode 0700), or a container's user has no name (initdb insists on one), in a user namespace in which our own number
 * reads as nobody's.
 * @param reach what the server must be able to reach: its programs and its data
 * @throws ReefFault bad-setting where none of these works, naming what is in the way
 */
export async function chooseAccount(reach: readonly string[]): Promise<Account> {
  const uid = process.getuid?.() ?? null;
  if (uid === null || (uid !== 0 && hasName())) return plainAccount(uid);
  const barrier = uid === 0 ? await barrierTo(reach) : null;
  if (uid === 0 && barrier === null) {
    return { ...plainAccount(NOBODY), spawnOptions: { ...SPAWN, uid: NOBODY, gid: NOBODY } };
  }
  const isPossible = await run("unshare", [...NAMESPACE, "true"], { ...SPAWN, timeout: PROBE_LIMIT_MS }).then(
    () => true,
    () => false,
  );
  if (isPossible) {
    return { ...plainAccount(uid), command: (program, args) => ["unshare", [...NAMESPACE, program, ...args]] };
  }
  throw new ReefFault(
    "bad-setting",
    barrier === null
      ? `PostgreSQL needs a user with a name and ${uid} has none in /etc/passwd: give it one, or set DATABASE_URL`
      : `PostgreSQL never runs as root, and other users may not enter ${barrier}: put REEF_DATA_DIR and the program where they may (such as /var/lib and /opt), start as a normal user, or set DATABASE_URL`,
  );
}

function hasName(): boolean {
  try {
    os.userInfo();
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives `folder` and all in it to the account: after a change from one way of running to another.
 * @throws ReefFault bad-setting where the files are somebody else's and we may not change that
 */
export async function takeOver(folder: string, account: Account): Promise<void> {
  const { uid } = await stat(folder);
  if (account.ownerId === null || uid === account.ownerId) return;
  if (process.getuid?.() !== 0) {
    throw new ReefFault(
      "bad-setting",
      `The database in ${folder} belongs to user ${uid}, who started the program before: start it as that user (root where that is ${NOBODY}), or choose another REEF_DATA_DIR`,
    );
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(path.join(entry.parentPath, entry.name), account.ownerId, account.ownerId);
  }
  await lchown(folder, account.ownerId, account.ownerId);
}

/** The locale and zone of the server's messages are ours; none of the caller's PG… variables reaches it. */
const SPAWN = {
  cwd: process.platform === "win32" ? "." : "/",
  env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" },
} as const;

function plainAccount(ownerId: number | null): Account {
  return { ownerId, command: (program, args) => [program, [...args]], spawnOptions: SPAWN };
}

/** The first folder that `nobody` may not pass on the way; null where there is none. */
async function barrierTo(targets: readonly string[]): Promise<string | null> {
  for (const target of targets) {
    let folder = await realpath(target);
    while (folder !== path.dirname(folder)) {
      const { mode, uid } = await stat(folder);
      const isOpen = (mode & 0o001) !== 0 || (uid === NOBODY && (mode & 0o100) !== 0);
      if (!isOpen) return folder;
      folder = path.dirname(folder);
    }
  }
  return null;
}
