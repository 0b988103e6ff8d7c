import type { DeclaredState, OutputSettings } from "#contract/channels.ts";
import { Equipment, Guards } from "#contract/guards.ts";
import type { UsualCondition } from "#contract/outputs.ts";
import { OutputRole } from "#contract/quantities.ts";

interface RoleDefaults {
  readonly rest: DeclaredState;
  /** What usually must hold for it to be on; left out: nothing. */
  readonly conditions?: readonly UsualCondition[];
  readonly guards: Pick<Guards, "minOnS" | "minOffS" | "maxOnS"> & Partial<Pick<Guards, "leaseS">>;
}

const UNGUARDED: RoleDefaults["guards"] = { minOnS: 0, minOffS: 0, maxOnS: null };
const OFF: RoleDefaults = { rest: 0, guards: UNGUARDED };

const DEFAULTS: Readonly<Record<OutputRole, RoleDefaults>> = {
  heater: {
    rest: 0,
    guards: { minOnS: 60, minOffS: 180, maxOnS: null, leaseS: 600 },
    conditions: ["water-probe", "moving-water"],
  },
  chiller: {
    rest: 0,
    guards: { minOnS: 180, minOffS: 300, maxOnS: null },
    conditions: ["water-probe", "moving-water"],
  },
  "return-pump": { rest: 100, guards: { minOnS: 0, minOffS: 30, maxOnS: null } },
  circulation: { rest: 100, guards: UNGUARDED },
  "top-off": {
    rest: 0,
    guards: { minOnS: 0, minOffS: 300, maxOnS: 300, leaseS: 30 },
    conditions: ["return-pump", "reservoir", "high-level", "leak"],
  },
  light: { rest: "unchanged", guards: UNGUARDED },
  skimmer: OFF,
  // A doser that nobody calibrated has no other cap.
  doser: { rest: 0, guards: { minOnS: 0, minOffS: 0, maxOnS: 600 }, conditions: ["return-pump", "ph"] },
  fan: OFF,
  uv: OFF,
  feeder: OFF,
  generic: OFF,
};

/**
 * What an output of this role declares until a keeper says otherwise: safe and power-up state, emergency state, and the
 * guard times in seconds. A socket nobody gave a role yet keeps, at power-up, the state its device is in.
 */
export function defaultOutputSettings(role: OutputRole): OutputSettings {
  const { rest, guards } = DEFAULTS[role];
  return {
    safeState: rest,
    powerUpState: role === "generic" ? "unchanged" : rest,
    emergencyState: 0,
    guards: Guards.parse(guards),
    permissives: [],
    equipment: Equipment.parse({}),
    switchedByHand: "take-back",
  };
}

/** What usually must hold for an output of this role to be on: each protects only where its sensor or pump is named. */
export function usualConditions(role: string): readonly UsualCondition[] {
  const known = OutputRole.safeParse(role);
  return (known.success ? DEFAULTS[known.data].conditions : undefined) ?? [];
}
