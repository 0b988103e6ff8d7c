import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { FileBusProcess } from "#main/hardware/buses/file-bus-process.ts";
import { FILE_BUS_THREADS } from "#main/hardware/buses/file-bus-protocol.ts";
import { RealClock } from "#main/platform/clock.ts";
import type { Clock } from "#main/platform/ports.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { makePipe, W1Tree } from "#tests/w1-tree.ts";

const CHILD_URL = new URL("../../../../src-main/hardware/buses/file-bus-child.ts", import.meta.url);
const live = new AbortController().signal;

/** Keeps the warnings: the bus logs a child's end, and which files hang. */
class WarningLog {
  readonly warnings: Readonly<Record<string, unknown>>[] = [];
  debug() {}
  info() {}
  error() {}
  warn(fields: Readonly<Record<string, unknown>>) {
    this.warnings.push(fields);
  }
}

let folder: string;
let log: WarningLog;
let buses: FileBusProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "file-bus-"));
  log = new WarningLog();
  buses = [];
});
afterEach(async () => {
  for (const bus of buses) await bus.stop();
  await rm(folder, { recursive: true, force: true });
});

function busOn(clock: Clock, childUrl = CHILD_URL): FileBusProcess {
  const bus = new FileBusProcess({ childUrl, execPath: process.execPath, clock, log });
  buses.push(bus);
  return bus;
}

async function laid(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function hanging(name: string): Promise<string> {
  const path = join(folder, name);
  await makePipe(path);
  return path;
}

/** Gives up on a file that hangs. */
async function givenUpOn(bus: FileBusProcess, path: string): Promise<unknown> {
  const limit = new AbortController();
  const read = bus.readText(path, limit.signal).catch((error: unknown) => error);
  // By then the child works on it: its loop answered a later call.
  await bus.readText(join(folder, "healthy"), live);
  limit.abort();
  return read;
}

describe("the file bus", () => {
  test("reads and writes whole files, and starts its child at the first call", async () => {
    const bus = busOn(new RealClock());
    const path = await laid("duty", "100\n");
    expect(await bus.readText(path, live)).toBe("100\n");
    await bus.writeText(path, "0\n", live);
    expect(await readFile(path, "utf8")).toBe("0\n");
  });

  test("reads an empty file, a long one, and many at once", async () => {
    const bus = busOn(new RealClock());
    const long = "0123456789".repeat(2_000);
    const paths = await Promise.all([
      laid("empty", ""),
      laid("long", long),
      ...[...Array(40).keys()].map((i) => laid(`f${i}`, `${i}`)),
    ]);
    const texts = await Promise.all(paths.map((path) => bus.readText(path, live)));
    expect(texts).toEqual(["", long, ...[...Array(40).keys()].map(String)]);
  });

  test("a missing file is a device that is not there, and is not created by writing", async () => {
    const bus = busOn(new RealClock());
    const path = join(folder, "absent");
    await expect(bus.readText(path, live)).rejects.toMatchObject({ code: "device-unreachable" });
    await expect(bus.writeText(path, "1", live)).rejects.toMatchObject({ code: "device-unreachable" });
    await expect(bus.readText(folder, live)).rejects.toMatchObject({
      code: "bus-io",
      context: { errno: "EISDIR" },
    });
  });

  test("only absolute paths without detours pass", async () => {
    const bus = busOn(new RealClock());
    for (const path of ["relative", "", `${folder}/../x`, `${folder}/`, "/a\0b"]) {
      await expect(bus.readText(path, live)).rejects.toMatchObject({ code: "invalid" });
    }
    const address = { root: folder, romId: "28-00000a1b2c3d", file: "w1_slave" };
    for (const wrong of [
      { romId: "../etc" },
      { romId: "28-00000A1B2C3D" },
      { file: "../passwd" },
      { root: "w1" },
    ]) {
      await expect(bus.readSlave({ ...address, ...wrong }, live)).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("a call that hangs ends with its own limit's fault and delays no other file", async () => {
    const bus = busOn(new RealClock());
    await laid("healthy", "25.5");
    const pipe = await hanging("pipe");
    const limit = new AbortController();
    const hung = bus.readText(pipe, limit.signal);
    expect(await bus.readText(join(folder, "healthy"), live)).toBe("25.5");
    limit.abort(new ReefFault("bus-timeout", "the probe did not answer within 2000 ms"));
    await expect(hung).rejects.toThrow("the probe did not answer within 2000 ms");
    expect(await bus.readText(join(folder, "healthy"), live)).toBe("25.5");
    expect(await givenUpOn(bus, pipe)).toMatchObject({ code: "bus-timeout" });
    await expect(bus.readText(pipe, AbortSignal.abort())).rejects.toMatchObject({ code: "bus-timeout" });
  });

  test("a file that hung is read again once it answers, by a new child", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    await laid("healthy", "25.5");
    const pipe = await hanging("pipe");
    await givenUpOn(bus, pipe);
    await rm(pipe);
    await writeFile(pipe, "24.9");
    // Behind the hung call: its deadline is what asks for a new child.
    expect(await givenUpOn(bus, pipe)).toMatchObject({ code: "bus-timeout" });
    await clock.advance(500);
    expect(await bus.readText(pipe, live)).toBe("24.9");
    expect(log.warnings).toEqual([{ paths: [pipe] }]);
  });

  test("half the threads hanging is reason enough for a new child, and healthy files answer all along", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    await laid("healthy", "25.5");
    const pipes = await Promise.all([...Array(FILE_BUS_THREADS / 2).keys()].map((i) => hanging(`pipe${i}`)));
    const limit = new AbortController();
    const reads = pipes.map((pipe) => bus.readText(pipe, limit.signal).catch((error: unknown) => error));
    await bus.readText(join(folder, "healthy"), live);
    limit.abort();
    for (const read of await Promise.all(reads)) expect(read).toMatchObject({ code: "bus-timeout" });
    expect(await bus.readText(join(folder, "healthy"), live)).toBe("25.5");
    while (log.warnings.length === 0) {
      await clock.advance(100);
      expect(await bus.readText(join(folder, "healthy"), live)).toBe("25.5");
    }
    expect(log.warnings).toEqual([{ paths: pipes }]);
  });

  test("what still works in a child that is replaced is let finish", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    await laid("healthy", "25.5");
    const [stuck, slow] = [await hanging("dead"), await hanging("slow")];
    const oldPid = await pidOfChild(bus);
    const slowRead = bus.readText(slow, live);
    await givenUpOn(bus, stuck);
    await givenUpOn(bus, stuck);
    while (log.warnings.length === 0) {
      await clock.advance(100);
      await bus.readText(join(folder, "healthy"), live);
    }
    expect(await pidOfChild(bus)).not.toBe(oldPid);
    await writeFile(slow, "24.9");
    expect(await slowRead).toBe("24.9");
    await ended(oldPid);
  });

  test("calls in flight when the child dies are tried once more", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    const childPid = await pidOfChild(bus);
    const pipe = await hanging("pipe");
    const read = bus.readText(pipe, live).catch((error: unknown) => error);
    process.kill(childPid, "SIGKILL");
    await ended(childPid);
    await clock.advance(500);
    const secondPid = await pidOfChild(bus);
    expect(secondPid).not.toBe(childPid);
    await writeFile(pipe, "24.9");
    expect(await read).toBe("24.9");
  });

  test("a call whose second child dies too says so", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    const pipe = await hanging("pipe");
    const read = bus.readText(pipe, live).catch((error: unknown) => error);
    for (const _ of [1, 2]) {
      const pid = await pidOfChild(bus);
      process.kill(pid, "SIGKILL");
      await ended(pid);
      await clock.advance(1_000);
    }
    expect(await read).toMatchObject({ code: "bus-io" });
  });

  test("a child whose loop stands still is found by a ping and replaced", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock);
    const path = await laid("healthy", "25.5");
    const pid = await pidOfChild(bus);
    process.kill(pid, "SIGSTOP");
    const limit = new AbortController();
    const read = bus.readText(path, limit.signal).catch((error: unknown) => error);
    limit.abort();
    expect(await read).toMatchObject({ code: "bus-timeout" });
    await clock.advance(1_000);
    await ended(pid);
    expect(await bus.readText(path, live)).toBe("25.5");
  });

  test("a child that cannot start is a fault of each call, not of the program", async () => {
    const clock = new VirtualClock();
    const bus = busOn(clock, new URL("file:///no/such/file-bus-child.js"));
    const read = bus.readText("/proc/uptime", live).catch((error: unknown) => error);
    const answer = await Promise.race([read, ...ticking(clock, read)]);
    expect(answer).toMatchObject({ code: "bus-io" });
  });

  test("stopping ends open calls and refuses new ones", async () => {
    const bus = busOn(new RealClock());
    await laid("healthy", "25.5");
    const pipe = await hanging("pipe");
    const read = bus.readText(pipe, live).catch((error: unknown) => error);
    await bus.readText(join(folder, "healthy"), live);
    await bus.stop();
    expect(await read).toMatchObject({ code: "stopping" });
    await expect(bus.readText(pipe, live)).rejects.toMatchObject({ code: "stopping" });
    await busOn(new RealClock()).stop();
  });
});

describe("the 1-wire bus", () => {
  test("lists slaves and not their master, reads and writes their files", async () => {
    const bus = busOn(new RealClock());
    const tree = await W1Tree.lay();
    try {
      await tree.addSlave("28-00000a1b2c3d");
      await tree.addSlave("10-000802b5a3c1");
      expect(await bus.listSlaves(tree.root, live)).toEqual(["10-000802b5a3c1", "28-00000a1b2c3d"]);
      const address = { root: tree.root, romId: "28-00000a1b2c3d", file: "resolution" };
      await bus.writeSlave({ ...address, text: "9" }, live);
      expect(await bus.readSlave(address, live)).toBe("9");
      await tree.removeSlave("28-00000a1b2c3d");
      await expect(bus.readSlave(address, live)).rejects.toMatchObject({ code: "device-unreachable" });
    } finally {
      await tree.remove();
    }
    await expect(bus.listSlaves(tree.root, live)).rejects.toMatchObject({ code: "bus-io" });
  });
});

/** The child reads its own number: `/proc/self` is whoever opens it. */
async function pidOfChild(bus: FileBusProcess): Promise<number> {
  return Number.parseInt(await bus.readText("/proc/self/stat", live), 10);
}

async function ended(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function ticking(clock: VirtualClock, until: Promise<unknown>): readonly Promise<never>[] {
  let isDone = false;
  const stop = () => {
    isDone = true;
  };
  until.then(stop, stop);
  const loop = async (): Promise<never> => {
    while (!isDone) await clock.advance(100);
    return new Promise<never>(() => {});
  };
  return [loop()];
}
