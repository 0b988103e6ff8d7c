import type { ControllerCheck } from "#contract/alarms.ts";
import type { Checks } from "../../alarms/sources/controller-checks.ts";
import type { Cancel } from "../../platform/ports.ts";

type Finding = ReturnType<Checks["findingOf"]>;

/** What the controller's health finds where Postgres, card and devices are virtual; whoever plays it looks now and then. */
export class VirtualChecks implements Checks {
  readonly #findings: ReadonlyMap<ControllerCheck, () => Finding>;
  readonly #listeners = new Set<(check: ControllerCheck) => void>();
  readonly #wasOk = new Map<ControllerCheck, boolean>();

  constructor(findings: ReadonlyMap<ControllerCheck, () => Finding>) {
    this.#findings = findings;
  }

  findingOf(check: ControllerCheck): Finding {
    return this.#findings.get(check)?.() ?? null;
  }

  onChange(listener: (check: ControllerCheck) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  look(): void {
    for (const [check, find] of this.#findings) {
      const isOk = find()?.isOk ?? true;
      if (this.#wasOk.get(check) === isOk) continue;
      this.#wasOk.set(check, isOk);
      for (const listener of this.#listeners) listener(check);
    }
  }
}
