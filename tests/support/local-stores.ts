import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { LocalStore, type LocalStoreOptions } from "#main/local-store/local-store.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";

export const STORE_WORKER = new URL("../../src-main/local-store/worker.ts", import.meta.url);

/** An empty folder, with a space in its name, that is gone when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "reef store "));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A store that stops when the test ends; not started yet. */
export function storeIn(dataDir: string, options: Partial<LocalStoreOptions> = {}): LocalStore {
  const clock = new RealClock();
  const store = new LocalStore({
    dataDir,
    kind: "file",
    workerUrl: STORE_WORKER,
    clock,
    log: SILENT_LOG,
    ...options,
  });
  onTestFinished(() => store.stop());
  return store;
}
