import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ModeHold, ModeRun } from "#domain/control/mode-run.ts";
import type { OutputsService, Wish } from "../../outputs/ports.ts";
import type { Logger } from "../../platform/ports.ts";

/** One claimant for every mode, so that an output goes from one to the next without a moment in between. */
const CLAIMANT = "mode:active";

interface ModeClaimsDeps {
  readonly outputs: Pick<OutputsService, "request">;
  readonly log: Logger;
}

/** What modes ask of the outputs. Asked anew every cycle: an output whose device comes late is held as soon as it is there. */
export class ModeClaims {
  readonly #deps: ModeClaimsDeps;
  readonly #held = new Set<ChannelId>();
  readonly #told = new Map<ChannelId, number>();
  /** Why an output could not be had, so that it is said once. */
  readonly #refusals = new Map<ChannelId, string>();

  constructor(deps: ModeClaimsDeps) {
    this.#deps = deps;
  }

  /** Holds what the run holds, and lets go of what it no longer does. @param run null: there is none */
  follow(run: ModeRun | null, now: { readonly atMs: number; readonly wallMs: number }): void {
    const holds = run?.holds ?? [];
    for (const hold of holds) {
      const wish = wishOf(hold, run !== null && isOver(hold, run, now.atMs));
      this.#ask(hold.channelId, { ...wish, untilMs: this.#untilMs(hold, now) });
    }
    const wanted = new Set(holds.map(({ channelId }) => channelId));
    for (const channelId of this.#held) if (!wanted.has(channelId)) this.#ask(channelId, null);
  }

  /** The two clocks drift by milliseconds: an end that was told stays as it was told until it is off by more than that. */
  #untilMs(
    { channelId, letGoAtMs }: ModeHold,
    { atMs, wallMs }: { readonly atMs: number; readonly wallMs: number },
  ): number {
    const untilMs = Math.round(wallMs + letGoAtMs - atMs);
    const told = this.#told.get(channelId);
    if (told !== undefined && Math.abs(told - untilMs) < 1_000) return told;
    this.#told.set(channelId, untilMs);
    return untilMs;
  }

  #ask(channelId: ChannelId, wish: Wish | null): void {
    try {
      this.#deps.outputs.request(channelId, CLAIMANT, wish);
      this.#refusals.delete(channelId);
    } catch (error) {
      if (!(error instanceof ReefFault)) throw error;
      this.#hearRefusal(channelId, messageOf(error));
    }
    if (wish === null) this.#held.delete(channelId);
    else this.#held.add(channelId);
  }

  #hearRefusal(channelId: ChannelId, reason: string): void {
    if (this.#refusals.get(channelId) === reason) return;
    this.#refusals.set(channelId, reason);
    this.#deps.log.warn({ channelId, reason }, "a mode cannot have an output");
  }
}

/** Taken by a mode that was replaced, or by the one that is on and has ended. */
function isOver(hold: ModeHold, run: ModeRun, atMs: number): boolean {
  return hold.mode.id !== run.mode.id || run.endsAtMs <= atMs;
}

function wishOf({ levelPct, mode }: ModeHold, isModeOver: boolean): Wish {
  const level = levelPct === 0 ? "Off" : levelPct === 100 ? "On" : `At ${levelPct} %`;
  if (!isModeOver) return { levelPct, code: `mode-${mode.kind}`, text: `${level}: the mode ${mode.name} is on.` };
  const text = `${level}: the mode ${mode.name} is over, and this comes back in its turn.`;
  return { levelPct, code: "mode-returning", text };
}
