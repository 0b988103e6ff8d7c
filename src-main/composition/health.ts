import { statfs } from "node:fs/promises";
import { CheckStatus, type Health, type HealthCheck, HealthCheckName } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";

/** What a part says of itself, in one sentence. */
export interface Finding {
  readonly status: CheckStatus;
  readonly detail: string;
}

export const OK = (detail: string): Finding => ({ status: "ok", detail });
export const DEGRADED = (detail: string): Finding => ({ status: "degraded", detail });
export const FAILING = (detail: string): Finding => ({ status: "failing", detail });

export type Probes = Readonly<Record<HealthCheckName, () => Finding>>;

interface HealthDeps {
  readonly probes: Probes;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
}

const PERIOD_MS = 1_000;

/** Asks every part once a second, remembers since when it has been so, and tells of changes. */
export class HealthMonitor implements Stoppable {
  readonly #deps: HealthDeps;
  readonly #listeners = new Set<(health: Health) => void>();
  readonly #known = new Map<HealthCheckName, HealthCheck>();
  #cancel: Cancel | null = null;

  constructor(deps: HealthDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#look();
    this.#cancel = every(this.#deps.clock, PERIOD_MS, () => this.#look());
  }

  async stop(): Promise<void> {
    this.#cancel?.();
  }

  health(): Health {
    this.#look();
    const of = (name: HealthCheckName): HealthCheck => this.#known.get(name) ?? this.#ask(name);
    const checks: Health["checks"] = {
      database: of("database"),
      acquisition: of("acquisition"),
      outputs: of("outputs"),
      clock: of("clock"),
      disk: of("disk"),
      localStore: of("localStore"),
    };
    const worst = Math.max(...Object.values(checks).map((check) => CheckStatus.options.indexOf(check.status)));
    return { status: CheckStatus.options[worst] ?? "failing", checks, version: this.#deps.version };
  }

  onHealthChange(listener: (health: Health) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #look(): void {
    let hasChanged = false;
    for (const name of HealthCheckName.options) {
      const before = this.#known.get(name);
      const now = this.#ask(name);
      if (before?.status !== now.status) {
        hasChanged = true;
        if (before !== undefined) this.#tell(name, now);
      }
      this.#known.set(name, before?.status === now.status ? { ...now, since: before.since } : now);
    }
    if (!hasChanged) return;
    const health = this.health();
    for (const listener of this.#listeners) listener(health);
  }

  #tell(check: HealthCheckName, { status, detail }: HealthCheck): void {
    if (status === "ok") this.#deps.log.info({ check, detail }, "a health check is ok again");
    else this.#deps.log.warn({ check, status, detail }, "a health check is no longer ok");
  }

  #ask(name: HealthCheckName): HealthCheck {
    const since = instantFrom(this.#deps.clock.nowMs());
    try {
      return { ...this.#deps.probes[name](), since };
    } catch (error) {
      this.#deps.log.error({ error, check: name }, "a health check could not be made");
      return { ...FAILING("This check could not be made."), since };
    }
  }
}

const DISK_PERIOD_MS = 5_000;
const MIB = 2 ** 20;
const DEGRADED_BELOW_BYTES = 512 * MIB;
const FAILING_BELOW_BYTES = 64 * MIB;

/** Free space where the data lives, looked up every 5 s off the health check's path. */
export class DiskProbe implements Stoppable {
  readonly #folder: string;
  readonly #clock: Clock;
  #cancel: Cancel | null = null;
  #finding: Finding = OK("Not looked at yet.");

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  start(): void {
    this.#look();
    this.#cancel = every(this.#clock, DISK_PERIOD_MS, () => this.#look());
  }

  async stop(): Promise<void> {
    this.#cancel?.();
  }

  finding(): Finding {
    return this.#finding;
  }

  #look(): void {
    statfs(this.#folder).then(
      ({ bavail, bsize }) => {
        this.#finding = findingOf(bavail * bsize);
      },
      () => {
        this.#finding = DEGRADED("The free space of the data folder cannot be read.");
      },
    );
  }
}

function findingOf(freeBytes: number): Finding {
  const free = `${Math.floor(freeBytes / MIB)} MiB free where the data is kept.`;
  if (freeBytes < FAILING_BELOW_BYTES) return FAILING(`${free} History cannot be kept; make room.`);
  return freeBytes < DEGRADED_BELOW_BYTES ? DEGRADED(`${free} Make room soon.`) : OK(free);
}
