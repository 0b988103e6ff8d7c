import type { ChannelId } from "#contract/ids.ts";
import type { DoserConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import { controlInputFrom } from "#domain/control/control-input.ts";
import { doseCaps, OPPOSING_APART_S } from "#domain/control/dose-caps.ts";
import type { DosePlan } from "#domain/control/dose-plan.ts";
import type { LoopDeps } from "./control-loop.ts";
import type { DoserLedger } from "./doser-ledger.ts";
import type { OutputClaim } from "./output-claim.ts";

const HOUR_S = 3_600;
const DAY_S = 86_400;
/** Sums of fractions do not meet exactly. */
const ROUNDING_ML = 1e-6;
const HELD_BY_OTHERS: ReadonlySet<Output["owner"]> = new Set(["emergency-stop", "interlock", "manual", "mode"]);

/** Why no dose can be given now. */
export interface Hindrance {
  readonly text: string;
  /** It will not pass by itself: shown also while nothing is due. */
  readonly isStanding: boolean;
}

interface HindranceDeps {
  readonly deps: LoopDeps;
  readonly claim: OutputClaim;
  readonly ledger: DoserLedger;
}

interface Dosing {
  readonly config: DoserConfig;
  readonly plan: DosePlan;
  /** Pumps it keeps away from. */
  readonly opposingIds: readonly ChannelId[];
}

/** What must be so before a dose, as far as the loop itself can see; the arbiter looks again, and is asked in any case. */
export class DoseHindrance {
  readonly #parts: HindranceDeps;

  constructor(parts: HindranceDeps) {
    this.#parts = parts;
  }

  /** null: it can be given. */
  of(dosing: Dosing): Hindrance | null {
    return this.#standing(dosing) ?? this.#passing(dosing);
  }

  #standing({ config, plan }: Dosing): Hindrance | null {
    const { deps, claim, ledger } = this.#parts;
    const stands = (text: string): Hindrance => ({ text, isStanding: true });
    if (!ledger.isReady) return stands("what was dosed before the restart is not known yet");
    if (!deps.isClockSynchronized()) return stands("the clock was not set yet");
    const channel = deps.channelOf(config.pumpChannelId);
    const output = claim.outputOf(config.pumpChannelId);
    if (channel === null || output === null) return stands("its pump is not there");
    if ((channel.output?.equipment.flowMlPerS ?? null) === null)
      return stands("its pump's flow is not calibrated");
    const latched = output.faults.find((fault) => fault.latched);
    if (latched !== undefined)
      return stands(`its pump is latched off; look after it, then reset it (${latched.code})`);
    const leftMl = ledger.containerLeftMl(config.pumpChannelId, config.containerMl);
    return leftMl !== null && leftMl < plan.mlPerDose ? stands("its container is empty") : null;
  }

  #passing({ config, opposingIds }: Dosing): Hindrance | null {
    const { claim, ledger } = this.#parts;
    const passes = (text: string | null): Hindrance | null => (text === null ? null : { text, isStanding: false });
    const output = claim.outputOf(config.pumpChannelId);
    if (output !== null && HELD_BY_OTHERS.has(output.owner))
      return passes(`its pump is held: ${output.reason.text}`);
    const spent = this.#capProblem(config);
    if (spent !== null) return passes(spent);
    const returnProblem = this.#returnProblem(config.returnPumpChannelId);
    if (returnProblem !== null) return passes(returnProblem);
    const phProblem = this.#phProblem(config);
    if (phProblem !== null) return passes(phProblem);
    const isNear = opposingIds.some(
      (id) => isOn(claim.outputOf(id)) || (ledger.onWithinS(id, OPPOSING_APART_S) ?? 0) > 0,
    );
    return passes(isNear ? "the opposing part was dosed less than 30 min ago" : null);
  }

  #capProblem(config: DoserConfig): string | null {
    const caps = doseCaps(config);
    const doseMl = config.mlPerDay / config.dosesPerDay;
    const isSpent = (windowS: number, capMl: number) =>
      this.#parts.ledger.givenMl(config.pumpChannelId, windowS) + doseMl > capMl + ROUNDING_ML;
    if (isSpent(HOUR_S, caps.perHourMl))
      return `it gave all of the ${rounded(caps.perHourMl)} mL it may give in an hour`;
    return isSpent(DAY_S, caps.perDayMl)
      ? `it gave all of the ${rounded(caps.perDayMl)} mL it may give in 24 h`
      : null;
  }

  #returnProblem(returnPumpChannelId: ChannelId | null): string | null {
    if (returnPumpChannelId === null) return null;
    const output = this.#parts.claim.outputOf(returnPumpChannelId);
    const isRunning = output !== null && isOn(output) && output.confirmation === "confirmed";
    return isRunning ? null : "the return pump is not seen to run";
  }

  #phProblem({ phChannelId, phMin, phMax }: DoserConfig): string | null {
    if (phChannelId === null) return null;
    const { readings, clock, channelOf } = this.#parts.deps;
    const channel = channelOf(phChannelId);
    if (channel === null) return "its pH probe is not there any more";
    const input = controlInputFrom(readings.latest(phChannelId), "ph", clock.monotonicMs());
    if (!input.isUsable) return `its pH probe ${input.problem}`;
    if (input.value >= phMin && input.value <= phMax) return null;
    return `the pH is ${input.value.toFixed(2)}, outside ${phMin} to ${phMax}`;
  }
}

function isOn(output: Output | null): boolean {
  return (output?.actual ?? 0) > 0;
}

function rounded(ml: number): number {
  return Math.round(ml * 10) / 10;
}
