import type { DeclaredState } from "#contract/channels.ts";
import type { OutputOwner } from "#contract/outputs.ts";
import { allowedLevelPct, type LevelRange } from "./levels.ts";

/** A stable code, one sentence for people, and when it ends by itself (wall, epoch ms). */
export interface Why {
  readonly code: string;
  readonly text: string;
  readonly untilMs: number | null;
}

/** What somebody wants of an output. */
export interface Claim {
  readonly levelPct: number;
  readonly why: Why;
  /** Who asks: a username, or a part of the program. */
  readonly by: string | null;
  /** A protection asks: the shortest time on does not hold it. */
  readonly isUrgent: boolean;
  /** How long it plans to be on, s; null or left out: it does not say. */
  readonly forS?: number | null;
}

/** Everything that has a say in one output, now. */
export interface ArbitrationInputs {
  readonly range: LevelRange;
  /** What it is driven to now, %; null: not known. */
  readonly currentPct: number | null;
  /** Its emergency state while an emergency stop holds. */
  readonly emergency: Claim | null;
  /** Broken interlocks and latched faults: any of them keeps it off. */
  readonly blocks: readonly Why[];
  /** A protection that needs it on: cooling, where a heater cannot be switched off. */
  readonly demand?: Claim | null | undefined;
  readonly override: Claim | null;
  readonly mode: Claim | null;
  readonly automatic: (Claim & { readonly owner: "schedule" | "loop" }) | null;
  /** Where it is when nobody asks. */
  readonly rest: { readonly state: DeclaredState; readonly why: Why };
  /** Why an ordinary off must wait. */
  readonly minOn: Why | null;
  /** Why an on must wait. */
  readonly minOff: Why | null;
  /** Why an on that nobody gives by hand must wait for other loads. */
  readonly stagger?: Why | null;
  /** Why the record that must be durable before an on is not. */
  readonly record: Why | null;
}

export interface Verdict {
  /** %; null: the device is left as it is. */
  readonly levelPct: number | null;
  readonly owner: OutputOwner;
  readonly why: Why;
  /** Who asked for it; null: nobody, or a protection. */
  readonly by: string | null;
  readonly blockedBy: readonly Why[];
  /** True where the command must not queue behind an earlier one. */
  readonly isUrgent: boolean;
}

/** What the highest authority wants, before any guard is asked. */
export interface Asked {
  readonly owner: OutputOwner;
  readonly levelPct: number | null;
  readonly why: Why;
  readonly by: string | null;
  readonly isUrgent: boolean;
  readonly forS?: number | null;
}

/**
 * Who holds an output, and at what level. Authority: emergency stop, interlock (guards and latches speak as one),
 * manual override, mode, schedule or loop, nobody. A broken interlock keeps an output off even where its emergency
 * state is on; an off by hand or by a protection never waits for the shortest time on.
 */
export function arbitrate(inputs: ArbitrationInputs): Verdict {
  const asked = highestAuthority(inputs);
  const [firstBlock] = inputs.blocks;
  if (firstBlock !== undefined)
    return refused(asked, { levelPct: 0, why: firstBlock, blockedBy: allBlocks(inputs, asked) });
  if (asked.levelPct === null) return granted(asked, { levelPct: null, isUrgent: false });
  const levelPct = allowedLevelPct(inputs.range, asked.levelPct);
  const guard = guardAgainst(inputs, { ...asked, levelPct });
  if (guard !== null) return refused(asked, guard);
  return granted(asked, { levelPct, isUrgent: levelPct === 0 || asked.owner === "emergency-stop" });
}

function granted({ owner, why, by }: Asked, how: Pick<Verdict, "levelPct" | "isUrgent">): Verdict {
  return { levelPct: how.levelPct, owner, why, by, blockedBy: [], isUrgent: how.isUrgent };
}

type Claims = Pick<ArbitrationInputs, "emergency" | "demand" | "override" | "mode" | "automatic" | "rest">;

/** Who has the say, and what he wants, whether or not it is granted. */
export function highestAuthority(inputs: Claims): Asked {
  const { emergency, demand, override, mode, automatic, rest } = inputs;
  if (emergency !== null) return { ...emergency, owner: "emergency-stop", isUrgent: true };
  if (demand) return { ...demand, owner: "interlock", isUrgent: true };
  if (override !== null) return { ...override, owner: "manual", isUrgent: true };
  if (mode !== null) return { ...mode, owner: "mode" };
  if (automatic !== null) return automatic;
  return {
    owner: "none",
    levelPct: rest.state === "unchanged" ? null : rest.state,
    why: rest.why,
    by: null,
    isUrgent: false,
  };
}

/** Why it is not on, whole: what keeps it off whoever asks, and what it would have to wait for besides. */
function allBlocks({ blocks, minOff, currentPct }: ArbitrationInputs, asked: Asked): readonly Why[] {
  const isWaiting = (asked.levelPct ?? 0) > 0 && (currentPct ?? 0) === 0 && asked.owner !== "emergency-stop";
  return isWaiting && minOff !== null ? [...blocks, minOff] : blocks;
}

interface Refusal {
  readonly levelPct: number;
  readonly why: Why;
  readonly blockedBy: readonly Why[];
}

function guardAgainst(inputs: ArbitrationInputs, asked: Asked & { readonly levelPct: number }): Refusal | null {
  const currentPct = inputs.currentPct ?? 0;
  const isOn = currentPct > 0;
  const wantsOn = asked.levelPct > 0;
  if (wantsOn && !isOn) {
    const blockedBy = waitsBeforeOn(inputs, asked);
    const [why] = blockedBy;
    return why === undefined ? null : { levelPct: 0, why, blockedBy };
  }
  if (!wantsOn && isOn && inputs.minOn !== null && !asked.isUrgent) {
    const levelPct = allowedLevelPct(inputs.range, currentPct);
    return { levelPct, why: inputs.minOn, blockedBy: [inputs.minOn] };
  }
  return null;
}

/** An emergency state waits for its record alone, a hand not for other loads. */
function waitsBeforeOn({ minOff, stagger = null, record }: ArbitrationInputs, { owner }: Asked): readonly Why[] {
  const isEmergency = owner === "emergency-stop";
  const waits = [isEmergency ? null : minOff, isEmergency || owner === "manual" ? null : stagger, record];
  return waits.filter((why) => why !== null);
}

function refused(asked: Asked, { levelPct, why, blockedBy }: Refusal): Verdict {
  const isEmergency = asked.owner === "emergency-stop";
  return {
    levelPct,
    owner: isEmergency ? "emergency-stop" : "interlock",
    why: isEmergency ? asked.why : why,
    by: isEmergency ? asked.by : null,
    blockedBy,
    isUrgent: levelPct === 0,
  };
}
