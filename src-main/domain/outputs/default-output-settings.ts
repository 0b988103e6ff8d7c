import type { DeclaredState, OutputSettings } from "#contract/channels.ts";
import { Equipment, Guards } from "#contract/guards.ts";
import type { UsualCondition } from "#contract/outputs.ts";
import { OutputRole } from "#contract/quantities.ts";

interface RoleDefaults {
  /** Where it is while nobody asks for it, and where it goes when the program ends. */
  readonly rest: DeclaredState;
  /** Where it goes at power-up; left out: as at rest. */
  readonly powerUp?: DeclaredState;
  /** It works in the flow of a return pump, which must be known to be on for so long, s; left out: it does not. */
  readonly afterReturnS?: number;
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
  // In a sump that has not settled it foams over, and it does no harm to be off while nobody minds it.
  skimmer: { rest: 0, powerUp: 100, afterReturnS: 60, guards: UNGUARDED, conditions: ["return-pump"] },
  // A doser that nobody calibrated has no other cap.
  doser: { rest: 0, guards: { minOnS: 0, minOffS: 0, maxOnS: 600 }, conditions: ["return-pump", "ph"] },
  fan: OFF,
  // Its lamp overheats in still water.
  uv: { rest: 0, powerUp: 100, afterReturnS: 0, guards: UNGUARDED, conditions: ["return-pump"] },
  feeder: OFF,
  generic: OFF,
};

/**
 * What an output of this role declares until a keeper says otherwise: safe and power-up state, emergency state, and the
 * guard times in seconds. A socket nobody gave a role yet keeps, at power-up, the state its device is in.
 */
export function defaultOutputSettings(role: OutputRole): OutputSettings {
  const { rest, powerUp = rest, guards } = DEFAULTS[role];
  return {
    safeState: rest,
    powerUpState: role === "generic" ? "unchanged" : powerUp,
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

/** How long a return pump must be known to be on before an output of this role, s; null: it needs none. */
export function secondsAfterReturn(role: OutputRole): number | null {
  return DEFAULTS[role].afterReturnS ?? null;
}
