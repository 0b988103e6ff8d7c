import { statfs } from "node:fs/promises";
import { cpus, freemem, hostname, loadavg, totalmem } from "node:os";
import type { ControllerId } from "#contract/ids.ts";
import type { SystemInfo, SystemUsage } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import type { Clock } from "../platform/ports.ts";
import type { Configuration } from "../settings/ports.ts";
import type { DatabaseState } from "../storage/ports.ts";

export interface SystemFactsDeps {
  readonly version: string;
  readonly controllerId: ControllerId;
  readonly dataDir: string;
  readonly hardware: Configuration["hardware"];
  readonly database: () => DatabaseState;
  readonly address: () => SystemInfo["address"];
  readonly isSimulated: () => boolean;
  readonly clock: Clock;
}

/** What this machine and this program are, and how busy. */
export class SystemFacts {
  readonly #deps: SystemFactsDeps;
  readonly #startedAtMs: number;
  readonly #startedMonotonicMs: number;
  #cpu = cpuTimes();
  #cpuPct = 0;

  constructor(deps: SystemFactsDeps) {
    this.#deps = deps;
    this.#startedAtMs = deps.clock.nowMs();
    this.#startedMonotonicMs = deps.clock.monotonicMs();
  }

  info(): SystemInfo {
    const { version, controllerId, hardware, database, address, isSimulated, clock } = this.#deps;
    const { kind, version: databaseVersion } = database();
    return {
      version,
      controllerId,
      hardware,
      simulated: isSimulated(),
      host: hostname(),
      platform: `${process.platform}-${process.arch}`,
      nodeVersion: process.versions.node,
      address: address(),
      database: { kind, version: databaseVersion },
      startedAt: instantFrom(this.#startedAtMs),
      uptimeS: Math.round((clock.monotonicMs() - this.#startedMonotonicMs) / 1_000),
    };
  }

  async usage(): Promise<SystemUsage> {
    const disk = await statfs(this.#deps.dataDir);
    return {
      cpuPct: this.#cpuSinceLastAsked(),
      memoryUsedBytes: totalmem() - freemem(),
      memoryTotalBytes: totalmem(),
      diskUsedBytes: (disk.blocks - disk.bfree) * disk.bsize,
      diskTotalBytes: disk.blocks * disk.bsize,
      processRssBytes: process.memoryUsage.rss(),
      loadAverage1Min: loadavg()[0] ?? 0,
    };
  }

  /** Share of all cores since the last question, %; asked within the clock's resolution, the last answer again. */
  #cpuSinceLastAsked(): number {
    const now = cpuTimes();
    const totalMs = now.totalMs - this.#cpu.totalMs;
    if (totalMs > 0) {
      this.#cpuPct = Math.round(1_000 * (1 - (now.idleMs - this.#cpu.idleMs) / totalMs)) / 10;
      this.#cpu = now;
    }
    return this.#cpuPct;
  }
}

function cpuTimes(): { readonly idleMs: number; readonly totalMs: number } {
  let idleMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    idleMs += times.idle;
    totalMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idleMs, totalMs };
}
