import type { AlarmDefinition, AlarmKind, ControllerCheck } from "#contract/alarms.ts";
import { type Signal, signalOfCauses } from "#domain/alarms/signal.ts";
import type { Cancel } from "../../platform/ports.ts";
import type { AlarmSource } from "../ports.ts";

/** What the controller says of one of its checks: null: this machine cannot tell. */
export interface Checks {
  findingOf(check: ControllerCheck): { readonly isOk: boolean; readonly text: string } | null;
  onChange(listener: (check: ControllerCheck) => void): Cancel;
}

/** The controller's own health. */
export class ControllerChecks implements AlarmSource {
  readonly kinds: readonly AlarmKind[] = ["controller"];
  readonly #checks: Checks;

  constructor(checks: Checks) {
    this.#checks = checks;
  }

  signalOf({ check }: AlarmDefinition): Signal | null {
    const finding = check === null ? null : this.#checks.findingOf(check);
    if (check === null || finding === null) return null;
    return signalOfCauses(finding.isOk ? [] : [{ code: check, text: finding.text, priority: null }]);
  }

  onChange(listener: (subject: string) => void): Cancel {
    return this.#checks.onChange(listener);
  }
}
