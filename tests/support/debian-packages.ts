import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where a program is; null where it is not. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

/**
 * Installs what is missing, where we may: as root on a Debian.
 * @param packageOf each program, and the package it comes in
 * @returns null when all of them are there, else which are not and why
 */
export async function installPrograms(packageOf: Readonly<Record<string, string>>): Promise<string | null> {
  const missing = await missingOf(packageOf);
  if (missing.length === 0) return null;
  const wanted = missing.map((program) => packageOf[program] ?? program);
  if (process.getuid?.() !== 0 || (await findProgram("apt-get")) === null)
    return `${wanted.join(", ")}: missing, and only root on a Debian can install it`;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update"], { env }).catch(() => undefined);
    await run("apt-get", ["install", "-y", "--no-install-recommends", ...wanted], { env, maxBuffer: 2 ** 26 });
  } catch (error) {
    return `${wanted.join(", ")}: apt-get could not install it (${firstLineOf(error)})`;
  }
  const still = await missingOf(packageOf);
  return still.length === 0 ? null : `${still.join(", ")}: not there after its installation`;
}

async function missingOf(packageOf: Readonly<Record<string, string>>): Promise<string[]> {
  const programs = Object.keys(packageOf);
  const paths = await Promise.all(programs.map(findProgram));
  return programs.filter((_program, i) => paths[i] === null);
}

export function firstLineOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
