import { chmod, mkdir, stat } from "node:fs/promises";
import { messageOf, ReefFault } from "#contract/errors.ts";

/**
 * Makes the data folder, for its owner alone; as root others may pass through it (0711), since Postgres runs as
 * nobody. A folder that was there keeps what it holds.
 * @throws ReefFault bad-setting where it cannot be made
 */
export async function prepareDataFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
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
