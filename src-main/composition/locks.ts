import { tmpdir } from "node:os";
import { lockPath, OwnerLock } from "../platform/owner-lock.ts";
import type { Clock, Stoppable } from "../platform/ports.ts";
import type { Settings } from "../settings/environment.ts";

/** The locks one core holds: its data folder, and on real hardware the machine. */
export interface Locks extends Stoppable {
  /** Where this core's API listens, for whoever probes. */
  announce(url: string): void;
}

/** @throws ReefFault already-running, naming the owner */
export async function takeLocks(settings: Settings, clock: Clock): Promise<Locks> {
  const paths = [await lockPath(settings.dataDir, "owner")];
  if (settings.hardware === "pi") paths.push(await lockPath(tmpdir(), "bellas-reef-hardware"));
  const taken: OwnerLock[] = [];
  const stop = async () => {
    for (const lock of taken.toReversed()) await lock.stop();
  };
  try {
    for (const path of paths) {
      const lock = new OwnerLock(path, clock);
      await lock.start();
      taken.push(lock);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const announce = (url: string) => {
    for (const lock of taken) lock.announce(url);
  };
  return { stop, announce };
}
