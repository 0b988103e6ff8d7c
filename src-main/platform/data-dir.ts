import { homedir } from "node:os";
import { join } from "node:path";

/** Where this platform keeps a program's data. @param env the environment (XDG_DATA_HOME, LOCALAPPDATA) */
export function defaultDataDir(env: Readonly<Record<string, string | undefined>>): string {
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Application Support", "bellas-reef");
    case "win32":
      return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "bellas-reef");
    default:
      return join(env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "bellas-reef");
  }
}
