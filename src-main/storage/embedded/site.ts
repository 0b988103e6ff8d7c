import path from "node:path";
import { type Account, chooseAccount, takeOver } from "./account.ts";
import { type Binaries, binariesIn, linkLibraries, majorVersionOf, packagedFolder } from "./binaries.ts";
import { type Layout, layoutIn, makeDataFolder, makeOwnFolder } from "./layout.ts";

/** Everything about where and as whom the server runs: settled once a start. */
export interface Site {
  readonly binaries: Binaries;
  readonly major: number;
  readonly account: Account;
  readonly layout: Layout;
}

/**
 * Finds the programs and makes the folders; touches nothing but `dataDir` (and the program's missing library links).
 * @param binFolder a system PostgreSQL's programs in place of the ones npm installed
 * @throws ReefFault unsupported, bad-setting
 */
export async function prepareSite(dataDir: string, binFolder?: string): Promise<Site> {
  const packaged = binFolder === undefined ? packagedFolder() : null;
  const binaries = binariesIn(binFolder ?? path.join(packaged ?? "", "native", "bin"));
  const layout = layoutIn(await makeDataFolder(dataDir));
  const chosen = await chooseAccount([binaries.postgres, path.dirname(layout.home)]);
  await makeOwnFolder(layout.home, chosen);
  await takeOver(layout.home, chosen);
  await makeOwnFolder(layout.sockets, chosen);
  const libraries = packaged === null ? null : await linkLibraries(packaged, layout.libraries);
  const account = libraries === null ? chosen : withLibraries(chosen, libraries);
  return { binaries, account, layout, major: await majorVersionOf(binaries.postgres, account) };
}

function withLibraries(account: Account, folder: string): Account {
  const name = process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
  const env = { ...account.spawnOptions.env, [name]: folder };
  return { ...account, spawnOptions: { ...account.spawnOptions, env } };
}
