import { statfs } from "node:fs/promises";
import { freemem, loadavg, platform, totalmem } from "node:os";

/** What the operating system says of itself; each may throw. */
export interface HostFacts {
  /** Memory not available to programs, % of all. */
  memoryUsedPct(): number;
  /** Processes that run or wait, mean of one minute; null where the system does not count them. */
  load1Min(): number | null;
  /** Space not available to unprivileged programs, % as `df` gives it. */
  diskUsedPct(path: string): Promise<number>;
}

/** This machine. On Linux `freemem` is the kernel's MemAvailable, so that caches do not count as used. */
export const OS_FACTS: HostFacts = {
  memoryUsedPct: () => (1 - freemem() / totalmem()) * 100,
  load1Min: () => (platform() === "win32" ? null : (loadavg()[0] ?? null)),
  diskUsedPct: async (path) => {
    const { blocks, bfree, bavail } = await statfs(path);
    const used = blocks - bfree;
    return used + bavail === 0 ? 0 : (used / (used + bavail)) * 100;
  },
};
