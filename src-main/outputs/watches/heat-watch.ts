import type { ChannelId } from "#contract/ids.ts";
import type { ThermostatConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import { type HeatFinding, HeatJudge } from "#domain/outputs/heat-judge.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import { MAX_HEATED_WATER_C } from "../interlocks/heater-interlock.ts";
import type { Interlock } from "../ports.ts";
import { hasFault, outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

const HOUR_S = 3_600;
const WEAK = "weak-heater";
const STUCK_ON = "stuck-on";
const TEXTS = {
  [STUCK_ON]:
    "The water warms as if it were heated, although the heater is off: its relay is probably welded. Pull its plug now, replace it, then reset it.",
  [WEAK]:
    "It adds less than a third of the heat it should: check the heater itself, its plug, and whether the probe hangs in the water; its duty is held at what is usual for this hour.",
  "probes-contradict":
    "Off: the probe it heats by sees no rise while the second one does, so the first is not to be trusted; check both, then reset it.",
  overheated: `Off: the water passed ${MAX_HEATED_WATER_C} °C while its own probe saw no rise; check the probes, then reset it.`,
} as const;

/** The heater of one thermostat. */
export interface WatchedHeater {
  readonly loop: ThermostatConfig & { readonly heaterChannelId: ChannelId };
  /** The room's temperature; null: not measured. */
  readonly roomChannelId: ChannelId | null;
}

/** Infers from the water whether a thermostat's heater does as told, where nothing measures its power, and beside it. */
export class HeatWatch implements Watch {
  readonly interlocks: readonly Interlock[];
  readonly #heater: WatchedHeater;
  readonly #parts: WatchParts;
  #judge = new HeatJudge();
  #hasFound = false;
  #isWeak = false;

  constructor(heater: WatchedHeater, parts: WatchParts) {
    this.#heater = heater;
    this.#parts = parts;
    const channelId = heater.loop.heaterChannelId;
    this.interlocks = [{ channelId, blocked: () => null, limits: () => this.#limits() }];
  }

  look(): void {
    const { heaterChannelId, sensorChannelId, secondSensorChannelId } = this.#heater.loop;
    const output = outputOf(this.#parts, heaterChannelId);
    if (output === null) return;
    this.#beginAnewAfterReset(output);
    this.#isWeak = hasFault(output, WEAK);
    const seen = {
      isHeating: output.requested > 0,
      isDisturbed: isUnsure(output) || this.#isCooling(),
      waterC: sensed(this.#parts, sensorChannelId),
      secondC: sensed(this.#parts, secondSensorChannelId),
      roomC: sensed(this.#parts, this.#heater.roomChannelId),
      atMs: this.#parts.clock.monotonicMs(),
    };
    const found = this.#judge.judge(seen, this.#parts.heatModelOf(heaterChannelId));
    this.#act(found, output);
    const highestC = Math.max(seen.waterC ?? 0, seen.secondC ?? 0);
    if (this.#isWeak && highestC >= MAX_HEATED_WATER_C) this.#raise("overheated", true);
  }

  #act(found: HeatFinding, output: Output): void {
    if (found === "stuck-on") this.#raise(STUCK_ON, true);
    if (found === "weak" || found === "contradicted") this.#raise(WEAK, false);
    if (found === "contradicted") this.#raise("probes-contradict", true);
    if (found === "well" && hasFault(output, WEAK))
      this.#parts.outputs.clearFault(this.#heater.loop.heaterChannelId, WEAK);
  }

  #raise(code: keyof typeof TEXTS, latched: boolean): void {
    this.#hasFound ||= latched;
    this.#parts.outputs.raiseFault(this.#heater.loop.heaterChannelId, { code, text: TEXTS[code], latched });
  }

  /** Whoever reset it has changed something: what the water did before says nothing of that. */
  #beginAnewAfterReset(output: Output): void {
    if (!this.#hasFound || output.faults.some(({ latched }) => latched)) return;
    this.#hasFound = false;
    this.#judge = new HeatJudge();
  }

  #isCooling(): boolean {
    const { chillerChannelId } = this.#heater.loop;
    const chiller = chillerChannelId === null ? null : outputOf(this.#parts, chillerChannelId);
    return chiller !== null && (chiller.requested > 0 || (chiller.actual ?? 0) > 0);
  }

  /** While it adds too little, no more of the hour than is usual. */
  #limits(): RunLimits {
    const { heaterChannelId } = this.#heater.loop;
    const dutyPct = this.#isWeak ? this.#parts.learned.heaterDutyPct(heaterChannelId) : null;
    if (dutyPct === null) return {};
    return { budgets: [{ windowS: HOUR_S, unit: "s", limit: (dutyPct / 100) * HOUR_S }] };
  }
}

/** Nobody knows whether it is on. */
function isUnsure({ requested, actual, confirmation }: Output): boolean {
  if (confirmation === "failed") return true;
  return actual !== null && actual > 0 !== requested > 0;
}
