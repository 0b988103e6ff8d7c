import { lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { binariesIn, linkLibraries, packagedFolder } from "#main/storage/embedded/binaries.ts";
import { layoutIn, socketFolder } from "#main/storage/embedded/layout.ts";
import { lastWords, openLog, trimLog } from "#main/storage/embedded/server-log.ts";
import { supportedVersion } from "#main/storage/session.ts";
import { ExternalServer } from "#main/storage/source.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "reef-unit-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("library links", () => {
  async function packageWith(link: string): Promise<string> {
    const root = path.join(folder, "package");
    await mkdir(path.join(root, "native/lib"), { recursive: true });
    await writeFile(path.join(root, "native/lib/libx.so.60.2"), "library");
    const list = [{ source: "native/lib/libx.so.60.2", target: link }];
    await writeFile(path.join(root, "native/pg-symlinks.json"), JSON.stringify(list));
    return root;
  }

  test("that npm left out are made, and made only once", async () => {
    const root = await packageWith("native/lib/libx.so.60");
    for (let start = 0; start < 2; start++) {
      expect(await linkLibraries(root, path.join(folder, "own"))).toBeNull();
      expect(await readlink(path.join(root, "native/lib/libx.so.60"))).toBe("libx.so.60.2");
    }
  });

  test("that cannot be made in the program's folder are made in our own", async () => {
    const root = await packageWith("native/no-such-folder/libx.so.60");
    const own = path.join(folder, "own");
    expect(await linkLibraries(root, own)).toBe(own);
    expect(await readFile(path.join(own, "libx.so.60"), "utf8")).toBe("library");
  });

  test("are no concern of a package that has none", async () => {
    expect(await linkLibraries(folder, path.join(folder, "own"))).toBeNull();
  });

  test("the installed package has the programs", async () => {
    const { postgres, initdb } = binariesIn(path.join(packagedFolder(), "native/bin"));
    expect((await stat(postgres)).isFile() && (await stat(initdb)).isFile()).toBe(true);
  });
});

describe("the socket's folder", () => {
  test("is beside the data where the path is short enough", () => {
    expect(layoutIn("/data").sockets).toBe("/data/postgres/run");
  });

  test("is short, and always the same for the same data, where it is not", () => {
    const long = `/${"x".repeat(200)}`;
    expect(socketFolder(long)).toBe(socketFolder(long));
    expect(socketFolder(long)).not.toBe(socketFolder(`${long}y`));
    expect(Buffer.byteLength(`${socketFolder(long)}/.s.PGSQL.5432`)).toBeLessThanOrEqual(103);
  });
});

describe("the server's log", () => {
  test("never grows without bound: past its limit it starts anew and keeps one older part", async () => {
    const file = path.join(folder, "server.log");
    const log = await openLog(file);
    await log.write("first part\n");
    await trimLog(file, 5);
    await log.write("second\n");
    await log.close();
    expect(await readFile(`${file}.old`, "utf8")).toBe("first part\n");
    expect(await readFile(file, "utf8")).toBe("second\n");
    await trimLog(file, 100);
    expect(await readFile(file, "utf8")).toBe("second\n");
    expect((await lstat(file)).mode & 0o777).toBe(0o600);
  });

  test("its last words are the reason the server gave, of this start alone", async () => {
    const file = path.join(folder, "server.log");
    await writeFile(file, "2026-01-01 UTC [1] FATAL:  an older reason\n");
    const { size } = await stat(file);
    expect(await lastWords(file, size)).toBe("");
    await writeFile(file, "2026-01-01 UTC [2] FATAL:  no space left\n2026-01-01 UTC [2] LOG:  shut down\n", {
      flag: "a",
    });
    expect(await lastWords(file, size)).toBe("no space left");
    await writeFile(file, "x".repeat(10_000), { flag: "a" });
    expect((await lastWords(file, size)).length).toBeLessThanOrEqual(300);
  });
});

describe("a server elsewhere", () => {
  test("is named without its user and password", () => {
    expect(new ExternalServer("postgres://bella:hunter2@db.reef:5433/reef").label).toBe(
      "PostgreSQL at db.reef:5433",
    );
    expect(new ExternalServer("not a url hunter2").label).not.toContain("hunter2");
  });

  test.each(["postgresql://h/db", "postgres://u:p@/db?host=/run/x"])("may be %s", async (url) => {
    await new ExternalServer(url).makeReady();
  });

  test.each(["http://h", "", "postgres://h:port/db"])("may not be “%s”", async (url) => {
    await expect(new ExternalServer(url).makeReady()).rejects.toMatchObject({ code: "bad-setting" });
  });

  test("older than 14 is refused by name", () => {
    expect(supportedVersion(180_004)).toBe("18.4");
    expect(supportedVersion(140_000)).toBe("14.0");
    expect(() => supportedVersion(130_021)).toThrow(/PostgreSQL 13.21: use version 14/);
  });
});
