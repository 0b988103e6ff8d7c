import type { DeclaredState, OutputSettings } from "#contract/channels.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import {
  type ArbitrationInputs,
  type Claim,
  highestAuthority,
  type Verdict,
  type Why,
} from "#domain/outputs/arbitrate.ts";
import { restStateFrom } from "#domain/outputs/rest-state.ts";
import type { Clock } from "../platform/ports.ts";
import { Claims } from "./claims.ts";
import { Demands } from "./demands.ts";
import { HandSwitched } from "./hand-switched.ts";
import { claimOf, type TimedOverride } from "./timed-override.ts";

type Voices = Pick<ArbitrationInputs, "emergency" | "demand" | "override" | "mode" | "automatic" | "rest">;

/** What there is to say something about. */
interface Subject {
  readonly settings: OutputSettings;
  readonly isGeneric: boolean;
  readonly emergencyStop: EmergencyStopState;
}

interface RestOf {
  readonly settings: OutputSettings;
  readonly past: Parameters<typeof restStateFrom>[1];
  readonly rest: ReturnType<typeof restStateFrom>;
}

/** Everyone who has a say in one output, and what each says now. */
export class Say {
  readonly claims = new Claims();
  readonly demands = new Demands();
  override: TimedOverride | null = null;
  /** Why it goes to its safe state, whatever anyone wants; null: it does not. */
  leaving: Why | null = null;
  /** Power-up is not over: nobody but a stop, a protection and an off by hand is heard. */
  isStarting = true;
  wasOwned = false;
  readonly #clock: Clock;
  readonly #hand = new HandSwitched();
  #lastFreePct: number | null = null;
  /** Where it rests, put into words once: it is asked for many times a second. */
  #restOf: RestOf | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What everyone says; a hand on the device itself speaks as an override. */
  voices(subject: Subject): Voices {
    const voices = this.#withoutHand(subject);
    if (!this.#hand.isFound) return voices;
    const hand = this.#hand.claim(highestAuthority(voices));
    return hand === null ? voices : { ...voices, override: hand };
  }

  /** Its device was switched by hand, and is left so until something else is wanted of it. */
  heedHand(foundPct: number, subject: Subject): void {
    this.#hand.found(foundPct, highestAuthority(this.#withoutHand(subject)));
  }

  /** @param actualPct what its device says, null: unknown */
  decided({ owner, levelPct, why }: Verdict, actualPct: number | null): void {
    if (owner === "none") {
      if (!this.wasOwned) this.#lastFreePct = actualPct;
      return;
    }
    if (owner !== "interlock") this.wasOwned = true;
    // A mode and a rule borrow an output: where nothing else asks for it, it goes back to what it was at before.
    if (owner === "schedule" || (owner === "loop" && why.code !== "rule")) this.#lastFreePct = levelPct;
  }

  /** @returns true where the override ended just now */
  endOverride(): boolean {
    if (this.override === null || this.override.endsAtMonotonicMs > this.#clock.monotonicMs()) return false;
    this.override = null;
    return true;
  }

  overrideLeftMs(): number | null {
    return this.override === null ? null : this.override.endsAtMonotonicMs - this.#clock.monotonicMs();
  }

  #withoutHand(subject: Subject): Voices {
    const { override } = this;
    const isLeaving = this.leaving !== null;
    const isHeard = override !== null && !isLeaving && (!this.isStarting || override.levelPct === 0);
    const isDecidable = !(this.isStarting || isLeaving);
    return {
      emergency: emergencyFrom(subject),
      demand: isDecidable ? this.demands.claim() : null,
      override: isHeard ? claimOf(override, this.#clock) : null,
      mode: isDecidable ? this.claims.mode : null,
      automatic: isDecidable ? this.claims.automatic : null,
      rest: this.#rest(subject),
    };
  }

  #rest({ settings, isGeneric }: Subject): { readonly state: DeclaredState; readonly why: Why } {
    if (this.leaving !== null) return { state: settings.safeState, why: this.leaving };
    const past = { isGeneric, wasOwned: this.wasOwned, lastFreePct: this.#lastFreePct };
    const isSame =
      this.#restOf?.settings === settings &&
      this.#restOf.past.isGeneric === isGeneric &&
      this.#restOf.past.wasOwned === past.wasOwned &&
      this.#restOf.past.lastFreePct === past.lastFreePct;
    if (this.#restOf === null || !isSame) this.#restOf = { settings, past, rest: restStateFrom(settings, past) };
    return this.#restOf.rest;
  }
}

function emergencyFrom({ settings, emergencyStop: { isActive, by } }: Subject): Claim | null {
  if (!isActive) return null;
  const text = `Emergency stop by ${by ?? "somebody"}: held until an operator releases it.`;
  const why = { code: "emergency-stop", text, untilMs: null };
  return { levelPct: settings.emergencyState, why, by, isUrgent: true };
}
