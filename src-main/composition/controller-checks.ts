import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ControllerCheck } from "#contract/alarms.ts";
import type { Health, HealthCheckName } from "#contract/system.ts";
import type { Checks } from "../alarms/sources/controller-checks.ts";
import type { SafeMode } from "../outputs/safe-mode.ts";
import type { Cancel, Clock, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import type { HealthMonitor } from "./health.ts";

const HEALTH_OF: Partial<Record<ControllerCheck, HealthCheckName>> = {
  acquisition: "acquisition",
  outputs: "outputs",
  database: "database",
  clock: "clock",
  disk: "disk",
  "local-store": "localStore",
};

interface HealthChecksDeps {
  readonly health: Pick<HealthMonitor, "health" | "onHealthChange">;
  readonly safeMode: Pick<SafeMode, "state" | "onChange">;
  readonly voltage: UnderVoltage;
}

/** What /health finds, safe mode, and what only a Pi can tell: as alarms ask for it. */
export class HealthChecks implements Checks {
  readonly #deps: HealthChecksDeps;
  #last: Health;

  constructor(deps: HealthChecksDeps) {
    this.#deps = deps;
    this.#last = deps.health.health();
  }

  findingOf(check: ControllerCheck): { readonly isOk: boolean; readonly text: string } | null {
    if (check === "under-voltage") return this.#deps.voltage.finding();
    if (check === "safe-mode") {
      const { isActive, text } = this.#deps.safeMode.state();
      return { isOk: !isActive, text };
    }
    const name = HEALTH_OF[check];
    if (name === undefined) return null;
    const { status, detail } = this.#last.checks[name];
    return { isOk: status === "ok", text: detail };
  }

  onChange(listener: (check: ControllerCheck) => void): Cancel {
    const cancels = [
      this.#deps.health.onHealthChange((health) => {
        this.#last = health;
        for (const check of ControllerCheck.options) if (HEALTH_OF[check] !== undefined) listener(check);
      }),
      this.#deps.safeMode.onChange(() => listener("safe-mode")),
      this.#deps.voltage.onChange(() => listener("under-voltage")),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }
}

const HWMON = "/sys/class/hwmon";
const PERIOD_MS = 10_000;

/** The Pi's own brown-out detector (`rpi_volt` under hwmon: `in0_lcrit_alarm` is 1 while its 5 V are too low). */
export class UnderVoltage implements Stoppable {
  readonly #clock: Clock;
  readonly #root: string;
  readonly #listeners = new Set<() => void>();
  #file: string | null = null;
  #isLow: boolean | null = null;
  #isLooking = false;
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, root = HWMON) {
    this.#clock = clock;
    this.#root = root;
  }

  /** Looks once where the detector is; a machine without one is never asked again. */
  async start(): Promise<void> {
    this.#file = await this.#detector();
    if (this.#file === null) return;
    await this.#look();
    this.#cancel = every(this.#clock, PERIOD_MS, () => void this.#look());
  }

  async stop(): Promise<void> {
    this.#cancel();
  }

  /** null: this machine cannot tell. */
  finding(): { readonly isOk: boolean; readonly text: string } | null {
    if (this.#isLow === null) return null;
    return { isOk: !this.#isLow, text: this.#isLow ? "The controller's 5 V are too low." : "The 5 V are well." };
  }

  onChange(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #detector(): Promise<string | null> {
    const folders = await readdir(this.#root).catch(() => []);
    for (const folder of folders) {
      const name = await readFile(join(this.#root, folder, "name"), "utf8").catch(() => "");
      if (name.trim() === "rpi_volt") return join(this.#root, folder, "in0_lcrit_alarm");
    }
    return null;
  }

  /** One at a time: a slow answer must not come after a newer one. */
  async #look(): Promise<void> {
    if (this.#file === null || this.#isLooking) return;
    this.#isLooking = true;
    const text = await readFile(this.#file, "utf8").catch(() => null);
    this.#isLooking = false;
    const isLow = text === null ? null : text.trim() === "1";
    if (isLow === this.#isLow) return;
    this.#isLow = isLow;
    for (const listener of this.#listeners) listener();
  }
}
