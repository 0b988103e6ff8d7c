import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { emptyFolder, storeIn } from "#tests/local-stores.ts";

const PUSHER = fileURLToPath(new URL("../../support/programs/spool-pusher.ts", import.meta.url));
const FULL_DISK = fileURLToPath(new URL("../../support/programs/full-disk-store.ts", import.meta.url));
const SMALL_DISK = 'mount -t tmpfs -o size=8m none "$1" && exec "$2" "$3" "$1"';

/** Where the kernel lets us have a small disk of our own. */
function canMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=8m none /mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("after kill -9, twice over, every push that was acknowledged is in the spool", async () => {
  const folder = await emptyFolder();
  let acknowledged = 0;
  for (let run = 0; run < 2; run++) {
    const pusher = spawn(process.execPath, [PUSHER, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const enough = acknowledged + 40;
    const ended = once(pusher, "exit");
    for await (const line of createInterface({ input: pusher.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === enough) pusher.kill("SIGKILL");
    }
    await ended;
  }
  const store = storeIn(folder);
  await store.start();
  const sequences: number[] = [];
  for (;;) {
    const batches = await store.spool.peek(100);
    if (batches.length === 0) break;
    for (const batch of batches) {
      sequences.push(batch.sequence);
      expect(batch.readings).toHaveLength(50);
    }
    await store.spool.dropThrough(sequences.at(-1) ?? 0);
  }
  expect(acknowledged).toBeGreaterThanOrEqual(80);
  expect(sequences.length).toBeGreaterThanOrEqual(acknowledged);
  expect(sequences).toEqual(sequences.map((_, i) => i + 1));
});

const hasMount = canMount();
test.skipIf(!hasMount)(
  `a full disk is said, loses nothing that was stored, and is gone when space returns${hasMount ? "" : " [not here by nature]"}`,
  async () => {
    const folder = await emptyFolder();
    const args = ["-rm", "sh", "-c", SMALL_DISK, "sh", folder, process.execPath, FULL_DISK];
    const { stdout } = await promisify(execFile)("unshare", args, { timeout: 20_000 });
    expect(JSON.parse(stdout)).toEqual({
      firstStart: "store-full",
      push: "store-full",
      secret: "store-full",
      whileFull: {
        kind: "file",
        isOk: false,
        detail: expect.stringMatching(/disk with the local store is full; make room/),
        sinceMs: expect.any(Number),
      },
      kept: true,
      after: { isOk: true, push: "ok" },
      value: "before",
      startOnFull: "ok",
      valueOnFull: "before",
    });
  },
  30_000,
);

test("a spool at its limit refuses more, keeps what it has, and takes more when it was drained", async () => {
  const store = storeIn(await emptyFolder(), { spoolLimitBytes: 200_000 });
  await store.start();
  const batchOf = (sequence: number) => ({
    sequence,
    readings: [],
    outputEvents: [
      {
        channelId: "x" as never,
        atMs: sequence,
        kind: "fault" as const,
        levelPct: null,
        owner: "none" as const,
        reasonCode: "x",
        reasonText: Array.from({ length: 3_000 }, (_, i) => ((i * sequence * 7_919) % 94) + 33).join(""),
        by: null,
      },
    ],
  });
  let pushed = 0;
  await expect(async () => {
    for (;;) {
      await store.spool.push(batchOf(pushed + 1));
      pushed += 1;
    }
  }).rejects.toMatchObject({ code: "store-full", message: expect.stringMatching(/spool .* is full \(1 MiB\)/) });
  expect(pushed).toBeGreaterThan(3);
  expect(await store.spool.size()).toBe(pushed);
  expect(store.state()).toMatchObject({ isOk: false, detail: expect.stringMatching(/spool/) });
  await store.secrets.put("name", "other tables still take writes");
  await store.spool.dropThrough(pushed);
  await store.spool.push(batchOf(pushed + 1));
});
