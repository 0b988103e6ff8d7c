import type { Health, SafeMode, SystemInfo, SystemUsage } from "#contract/system.ts";
import type { SystemService } from "#main/api/context.ts";
import { health } from "#tests/builders/api-things.ts";

export class FakeSystem implements SystemService {
  readonly listeners = new Set<(health: Health) => void>();
  failure: Error | null = null;
  #health = health();

  health(): Health {
    return this.#health;
  }

  become(next: Health): void {
    this.#health = next;
    for (const listener of this.listeners) listener(next);
  }

  info(): SystemInfo {
    return {
      version: "1.2.3",
      controllerId: "01890a5d-ac96-774b-bcce-b302099a8057",
      hardware: "simulated",
      simulated: true,
      host: "reef",
      platform: "linux",
      nodeVersion: "24",
      address: { url: "http://127.0.0.1:8000", takenPort: null },
      database: { kind: "embedded", version: "18" },
      startedAt: "2026-01-01T00:00:00.000Z",
      uptimeS: 1,
    };
  }

  async usage(): Promise<SystemUsage> {
    if (this.failure !== null) throw this.failure;
    return {
      cpuPct: 1,
      memoryUsedBytes: 1,
      memoryTotalBytes: 2,
      diskUsedBytes: 1,
      diskTotalBytes: 2,
      processRssBytes: 1,
      loadAverage1Min: 0,
    };
  }

  safeMode(): SafeMode {
    return { isActive: false, since: null, endsAt: null, crashes: 0, text: "Everything runs as configured." };
  }

  endSafeMode(_by: string): SafeMode {
    return this.safeMode();
  }

  onHealthChange(listener: (health: Health) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
