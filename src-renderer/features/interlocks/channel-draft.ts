import type { Channel } from "#contract/channels.ts";
import type { Equipment, Guards, Permissive, SwitchedByHand } from "#contract/guards.ts";
import { ModeKind } from "#contract/mode-kinds.ts";
import type { Draft } from "../control/form/draft.ts";

/** Budgets, wear and the lease: what of an output's guards its shortest and longest times are not. */
export interface ProtectionDraft {
  readonly budgetS: Guards["budgetS"];
  readonly budgetMl: Guards["budgetMl"];
  readonly warnStartsPerHour: number | null;
  readonly leaseS: number | null;
  readonly switchedByHand: SwitchedByHand;
}

const NO_BUDGET = { per15Min: null, perHour: null, perDay: null };

export function protectionOf({ guards, switchedByHand }: Channel): ProtectionDraft {
  return {
    budgetS: guards?.budgetS ?? NO_BUDGET,
    budgetMl: guards?.budgetMl ?? NO_BUDGET,
    warnStartsPerHour: guards?.warnStartsPerHour ?? null,
    leaseS: guards?.leaseS ?? null,
    switchedByHand: switchedByHand ?? "take-back",
  };
}

export type PermissiveDraft = Draft<Permissive>;
export interface PermissivesDraft {
  readonly permissives: readonly PermissiveDraft[];
}

export function permissivesOf({ permissives }: Channel): PermissivesDraft {
  return { permissives: permissives ?? [] };
}

export function newPermissive(kind: PermissiveDraft["kind"]): PermissiveDraft {
  switch (kind) {
    case "sensor":
      return { kind, channelId: "", min: null, max: null };
    case "output-on":
    case "output-off":
      return { kind, channelId: "", forS: 0 };
    case "no-mode":
      return { kind, modes: [ModeKind.enum.feed] };
  }
}

export type EquipmentDraft = Draft<Equipment>;

const NOTHING_SAID: EquipmentDraft = {
  ratedW: null,
  powerChannelId: null,
  masterChannelId: null,
  flowMlPerS: null,
  relayLifeCycles: null,
};

export function equipmentOf({ equipment }: Channel): EquipmentDraft {
  return equipment ?? NOTHING_SAID;
}
