import { messageOf } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { OutputCondition, UsualCondition } from "#contract/outputs.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import type { Cancel } from "../platform/ports.ts";
import type { Interlock } from "./ports.ts";

/** What the interlocks of one output say now. */
export interface Judgement {
  readonly broken: readonly Why[];
  readonly conditions: readonly OutputCondition[];
  readonly absent: readonly UsualCondition[];
  readonly limits: readonly RunLimits[];
}

/** The conditions that must hold for outputs to be on. One that cannot answer does not hold. */
export class InterlockSet {
  readonly #interlocks = new Map<ChannelId, Map<Interlock, Cancel>>();
  readonly #onChange: (channelId: ChannelId) => void;

  constructor(onChange: (channelId: ChannelId) => void) {
    this.#onChange = onChange;
  }

  add(interlock: Interlock): Cancel {
    const { channelId } = interlock;
    const unhear = interlock.onChange?.(() => this.#onChange(channelId)) ?? (() => undefined);
    const ofOutput = this.#interlocks.get(channelId) ?? new Map<Interlock, Cancel>();
    this.#interlocks.set(channelId, ofOutput.set(interlock, unhear));
    return () => {
      ofOutput.delete(interlock);
      unhear();
    };
  }

  /** Asks them all. */
  judge(channelId: ChannelId): Judgement {
    const broken: Why[] = [];
    const conditions: OutputCondition[] = [];
    const absent: UsualCondition[] = [];
    const limits: RunLimits[] = [];
    for (const interlock of this.#of(channelId)) {
      const why = answerOf(interlock);
      if (why !== null) broken.push(why);
      if (interlock.condition !== undefined) conditions.push({ text: interlock.condition, holds: why === null });
      absent.push(...(interlock.absent ?? []));
      const allowed = limitsOf(interlock);
      if (allowed !== null && (allowed.maxOnS !== undefined || allowed.budgets !== undefined))
        limits.push(allowed);
    }
    return { broken, conditions, absent, limits };
  }

  /** Why a latched fault cannot be reset yet; null: nobody sees its cause stand. */
  standing(channelId: ChannelId, faultCode: string): string | null {
    for (const interlock of this.#of(channelId)) {
      const why = interlock.standing?.(faultCode) ?? null;
      if (why !== null) return why;
    }
    return null;
  }

  clear(): void {
    for (const ofOutput of this.#interlocks.values()) for (const unhear of ofOutput.values()) unhear();
    this.#interlocks.clear();
  }

  #of(channelId: ChannelId): Iterable<Interlock> {
    return this.#interlocks.get(channelId)?.keys() ?? [];
  }
}

function answerOf(interlock: Interlock): Why | null {
  try {
    const answer = interlock.blocked();
    return answer === null ? null : { ...answer, untilMs: null };
  } catch (error) {
    return failed(error);
  }
}

/** One that cannot say what it allows allows nothing. */
function limitsOf(interlock: Interlock): RunLimits | null {
  try {
    return interlock.limits?.() ?? null;
  } catch {
    return { budgets: [{ windowS: 900, unit: "s", limit: 0 }] };
  }
}

function failed(error: unknown): Why {
  const text = `Off: its protection itself failed (${messageOf(error)}).`;
  return { code: "interlock-failed", text, untilMs: null };
}
