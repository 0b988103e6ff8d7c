import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { RealClock } from "#main/platform/clock.ts";
import { prepareDataFolder } from "#main/platform/data-folder.ts";
import { newId } from "#main/platform/ids.ts";
import { Lifecycle } from "#main/platform/lifecycle.ts";
import { LogRing } from "#main/platform/log-ring.ts";
import { JsonLogger, redacted, SILENT_LOG } from "#main/platform/logger.ts";
import { lockPath, OwnerLock } from "#main/platform/owner-lock.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

const IS_LINUX = process.platform === "linux";

async function folder(name = "reef lock "): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), name));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test("a log line is one JSON object, and below its level nothing is written", () => {
  const lines: string[] = [];
  const log = new JsonLogger({
    sink: { write: (line) => lines.push(line) },
    clock: new VirtualClock(0),
    level: "info",
  });
  log.debug({}, "unseen");
  log.named("journal").warn({ rows: 5, error: new ReefFault("database-away", "No answer.") }, "a batch waits");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: "1970-01-01T00:00:00.000Z",
      level: "warn",
      part: "journal",
      message: "a batch waits",
      rows: 5,
      error: { message: "No answer.", code: "database-away" },
    },
  ]);
});

test("a sink that is added hears every part of the log, until it is taken away", () => {
  const lines: string[] = [];
  const log = new JsonLogger({ sink: { write: () => undefined }, clock: new VirtualClock(0), level: "info" });
  const before = log.named("before");
  const remove = log.addSink({ write: (line) => lines.push(JSON.parse(line).message) });
  for (const part of [log, before, before.named("after")]) part.info({}, "heard");
  log.debug({}, "below the level");
  remove();
  log.info({}, "unheard");
  expect(lines).toEqual(["heard", "heard", "heard"]);
});

test("the ring keeps the last 2,000 lines in their order", () => {
  const ring = new LogRing();
  expect(ring.lines()).toEqual([]);
  for (let line = 1; line <= 4_321; line++) ring.write(`${line}`);
  const kept = ring.lines();
  expect(kept).toHaveLength(2_000);
  expect(kept.every(({ sequence, text }, i) => sequence === 2_322 + i && text === `${sequence}`)).toBe(true);
});

test("secrets are masked by name at any depth, and credentials inside URLs", () => {
  const text = JSON.stringify(
    redacted({
      password: "hunter22",
      nested: { refreshToken: "abc", apiKey: "x", list: [{ Authorization: "Bearer y" }] },
      url: "postgres://reef:geheim@db/reef",
      message: new Error("cannot reach postgres://reef:geheim@db/reef"),
    }),
  );
  for (const secret of ["hunter22", "abc", "Bearer", "geheim"]) expect(text).not.toContain(secret);
});

test("parts stop in reverse order, and one that fails does not keep the rest from stopping", async () => {
  const stopped: string[] = [];
  const lifecycle = new Lifecycle(SILENT_LOG);
  for (const name of ["first", "second", "third"]) {
    lifecycle.own(name, {
      stop: async () => {
        stopped.push(name);
        if (name === "second") throw new Error("stuck");
      },
    });
  }
  await lifecycle.stop();
  await lifecycle.stop();
  expect(stopped).toEqual(["third", "second", "first"]);
});

test("what a start goes on to make after the stop is refused, so that nothing is left running", async () => {
  const lifecycle = new Lifecycle(SILENT_LOG);
  await lifecycle.stop();
  expect(() => lifecycle.own("late", { stop: async () => undefined })).toThrow("going down");
});

test("ids are UUIDs of version 7 that sort by their time", () => {
  const ids = [1, 2, 2, 2, 2, 3, 1_790_000_000_000, 1_790_000_000_000].map((atMs) => newId(atMs));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the real clock never calls early", async () => {
  const clock = new RealClock();
  const dueMs = clock.monotonicMs() + 3.4;
  const ranAtMs = await new Promise<number>((resolve) => clock.at(dueMs, () => resolve(clock.monotonicMs())));
  expect(ranAtMs).toBeGreaterThanOrEqual(dueMs);
});

test("a second owner is refused and told who the first is", async () => {
  const path = await lockPath(await folder(), "owner");
  const first = new OwnerLock(path, new RealClock());
  await first.start();
  first.announce("http://127.0.0.1:8000");
  const second = await new OwnerLock(path, new RealClock()).start().catch((error: unknown) => error);
  expect(second).toMatchObject({
    code: "already-running",
    context: { pid: process.pid, url: "http://127.0.0.1:8000" },
  });
  await first.stop();
  const third = new OwnerLock(path, new RealClock());
  await third.start();
  await third.stop();
});

test("a lock that a killed process left behind is taken over", async () => {
  const path = await lockPath(await folder(), "owner");
  const left = createServer();
  await new Promise<void>((resolve) => left.listen(path, resolve));
  // Closing would remove the file; a killed process does not.
  const dead = await stat(path);
  await new Promise((resolve) => left.close(resolve));
  await writeFile(path, "");
  expect(dead.isSocket()).toBe(true);
  const lock = new OwnerLock(path, new RealClock());
  await lock.start();
  await lock.stop();
});

test("of ten starting at once, one owns", async () => {
  const path = await lockPath(await folder(), "owner");
  const locks = Array.from({ length: 10 }, () => new OwnerLock(path, new RealClock()));
  const outcomes = await Promise.allSettled(locks.map((lock) => lock.start()));
  expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(1);
  await Promise.all(locks.map((lock) => lock.stop()));
});

test("a folder too deep for a socket's path gets its lock elsewhere, the same one each time", async () => {
  const deep = join(await folder(), "x".repeat(120));
  await mkdir(deep);
  const path = await lockPath(deep, "owner");
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(107);
  expect(await lockPath(deep, "owner")).toBe(path);
  const lock = new OwnerLock(path, new RealClock());
  await lock.start();
  await lock.stop();
});

test("a data folder that cannot be one is refused by the setting's name", async () => {
  const file = join(await folder(), "file");
  await writeFile(file, "");
  await expect(prepareDataFolder(file)).rejects.toMatchObject({
    code: "bad-setting",
    message: expect.stringContaining("REEF_DATA_DIR"),
  });
});

test("the data folder is closed to others", async () => {
  const path = join(await folder(), "data");
  await prepareDataFolder(path);
  const mode = (await stat(path)).mode & 0o777;
  expect(mode).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
});

test("the folders made above the data folder stay open to those who must pass them", async () => {
  const above = join(await folder(), "srv", "reef");
  await prepareDataFolder(join(above, "data"));
  expect((await stat(above)).mode & 0o777 & ~process.umask()).toBe(0o777 & ~process.umask());
});

test.runIf(IS_LINUX)(
  `a place where no folder can be made is refused, and does not hang${IS_LINUX ? "" : " [not here by nature]"}`,
  async () => {
    await expect(prepareDataFolder("/proc/nowhere/data")).rejects.toMatchObject({ code: "bad-setting" });
  },
);

test.runIf(IS_LINUX)(
  `a lock answers its own user alone, unless it is for everybody${IS_LINUX ? "" : " [not here by nature]"}`,
  async () => {
    const path = await lockPath(await folder(), "owner");
    for (const [mode, options] of [
      [0o600, []],
      [0o666, [0o666]],
    ] as const) {
      const lock = new OwnerLock(path, new RealClock(), ...options);
      await lock.start();
      expect((await stat(path)).mode & 0o777).toBe(mode);
      await lock.stop();
    }
  },
);
