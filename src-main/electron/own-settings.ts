import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { ReefFault } from "#contract/errors.ts";
import { defaultDataDir } from "../platform/data-dir.ts";
import { type Settings, settingsFrom } from "../settings/environment.ts";

/**
 * Settings of the desktop app: the environment, and `.env` beneath it.
 * @param isPackaged an installed app has no use for what tests need
 * @throws ReefFault bad-setting
 */
export async function readOwnSettings(isPackaged: boolean): Promise<Settings> {
  const text = await readFile(".env", "utf8").catch(() => "");
  const settings = settingsFrom({ ...parseEnv(text), ...process.env }, defaultDataDir(process.env));
  if (isPackaged && settings.localStore === "memory") {
    throw new ReefFault(
      "bad-setting",
      'REEF_LOCAL_STORE must not be "memory" in an installed app: users, settings and latches would end with the program; leave it out.',
      { context: { variable: "REEF_LOCAL_STORE" } },
    );
  }
  return settings;
}
