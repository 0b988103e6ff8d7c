import { chmod, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf, ReefFault } from "#contract/errors.ts";

/**
 * Makes the data folder, for its owner alone; as root others may pass through it (0711), since Postgres runs as
 * nobody. A folder that was there keeps what it holds.
 * @throws ReefFault bad-setting where it cannot be made
 */
export async function prepareDataFolder(path: string): Promise<void> {
  try {
    await makeFolder(path, 0o700);
    if (!(await stat(path)).isDirectory()) throw new Error("it is not a folder");
    await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw new ReefFault(
      "bad-setting",
      `REEF_DATA_DIR must be a folder this program may write; ${path}: ${messageOf(error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** With the folders above it, which keep the usual mode: as root, PostgreSQL's own user has to pass them. */
async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, mode === undefined ? {} : { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    // Node's own recursive mkdir never returns where a folder is there and takes none, as in /proc.
    if (code !== "ENOENT" || (await isThere(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path, mode);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
