import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopState, TopOffConfig } from "#contract/loops.ts";
import type { Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import { ReservoirWatch } from "#domain/control/reservoir-watch.ts";
import {
  decideTopOff,
  FILLING_TRUST_MS,
  fillWords,
  type Reservoir,
  TOP_OFF_AT_REST,
  type TopOffDecision,
  type TopOffView,
} from "#domain/control/top-off.ts";
import { topOffWarnings } from "#domain/control/top-off-warnings.ts";
import type { Cancel } from "../platform/ports.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { awaitsFirstReading, LoopStory } from "./loop-story.ts";
import { OutputClaim } from "./output-claim.ts";
import { TopOffLedger } from "./top-off-ledger.ts";

/** While it fills, its level is asked this often, s: a pump of 20 mL/s brings no more than that in a read. */
const HURRY_S = 1;
/** It is asked so often for as long after the last need, ms. */
const HURRY_FOR_MS = 60_000;
/** The longest any fill may take, s; the arbiter holds to it without this loop. */
const LONGEST_FILL_S = 300;
/** A fill that takes twice what it should has lost its sensor, or its hose. */
const FILL_MARGIN = 2;
const ML_PER_L = 1_000;

/** One top-off: hears its level sensors, decides, and asks for its pump, for a limited time. */
export class TopOffLoop implements ControlLoop<TopOffConfig> {
  readonly type = "top-off";
  readonly #deps: LoopDeps;
  readonly #claim: OutputClaim;
  readonly #story: LoopStory;
  readonly #ledger: TopOffLedger;
  readonly #reservoir = new ReservoirWatch();
  #config: TopOffConfig;
  #memory = TOP_OFF_AT_REST;
  #decision: TopOffDecision | null = null;
  #level: number | null = null;
  /** Since when the return pump is seen on, monotonic ms. */
  #returnOnSinceMs: number | null = null;
  /** Fixed when a fill begins, s. */
  #fillForS = LONGEST_FILL_S;
  /** What is asked more often now; null: nothing is. Times are on the monotonic scale, ms. */
  #hurry: { readonly cancels: readonly Cancel[]; readonly sinceMs: number; untilMs: number } | null = null;

  constructor(config: TopOffConfig, deps: LoopDeps) {
    this.#deps = deps;
    this.#config = config;
    this.#claim = new OutputClaim(config.id, deps);
    this.#story = new LoopStory({ ...deps, isAwaiting: () => awaitsFirstReading(deps, this.inputChannelIds) });
    this.#ledger = new TopOffLedger({ ...deps, loopId: config.id });
    this.#ledger.open();
  }

  get id(): LoopId {
    return this.#config.id;
  }

  get inputChannelIds(): readonly ChannelId[] {
    const { levelChannelId, highLevelChannelId, reservoirChannelId, leakChannelIds } = this.#config;
    const ids = [levelChannelId, highLevelChannelId, reservoirChannelId, ...leakChannelIds];
    return ids.filter((id) => id !== null);
  }

  letGo(next: TopOffConfig | null): void {
    if (next?.isEnabled !== true || next.pumpChannelId !== this.#config.pumpChannelId) {
      this.#calmDown();
      this.#claim.release(this.#config.pumpChannelId);
    }
    if (next === null) this.#ledger.close();
  }

  /** Goes on filling where it was; with another pump or another sensor it begins anew. */
  reconfigure(config: TopOffConfig): void {
    const { pumpChannelId, levelChannelId } = this.#config;
    this.#config = config;
    if (config.pumpChannelId === pumpChannelId && config.levelChannelId === levelChannelId) return;
    this.#memory = TOP_OFF_AT_REST;
    this.#calmDown();
  }

  /** How long a fill that begins now should take, s; null: not its pump, or not learned. */
  fillSOf(pumpChannelId: ChannelId): number | null {
    return pumpChannelId === this.#config.pumpChannelId ? this.#ledger.expectedFillS() : null;
  }

  /** How long its pump is on in a day, s, median of 7 whole days; null: not its pump, fewer are known, or it never ran. */
  usualDaySOf(pumpChannelId: ChannelId): number | null {
    if (pumpChannelId !== this.#config.pumpChannelId) return null;
    const day = this.#ledger.usualDay();
    return day?.isWhole === true && day.onS > 0 ? day.onS : null;
  }

  /** Decides by what its inputs say now. @returns whether what it does, or why, is another than before */
  decide(): boolean {
    if (!this.#config.isEnabled) return this.#rest();
    const levelBefore = this.#level;
    const { pumpChannelId, fillBelow, fillUntil, onDelayS, offDelayS } = this.#config;
    const settings = { fillBelow, fillUntil, onDelayMs: onDelayS * 1_000, offDelayMs: offDelayS * 1_000 };
    const view = this.#view();
    const wasFilling = this.#memory.isFilling;
    const decision = decideTopOff(settings, view, this.#memory);
    this.#decision = decision;
    this.#memory = decision.memory;
    this.#level = view.level.isUsable ? view.level.value : null;
    this.#hurryWhile(decision.needsHurry, view.atMs);
    const isFilling = decision.state === "filling";
    if (isFilling && !wasFilling) this.#fillForS = this.#longestFillS();
    this.#claim.hear(this.#ask(decision));
    const pump = this.#claim.outputOf(pumpChannelId);
    this.#ledger.note((pump?.actual ?? 0) > 0, decision.code === "idle");
    const hasChanged = this.#story.tell(this.#config, {
      ...this.#told(decision, pump),
      warnings: topOffWarnings(decision, view.reservoir),
    });
    return hasChanged || this.#level !== levelBefore;
  }

  state(): LoopState {
    const flowMlPerS = this.#deps.channelOf(this.#config.pumpChannelId)?.output?.equipment.flowMlPerS ?? null;
    const litres = (onS: number | null) =>
      flowMlPerS === null || onS === null ? null : (onS * flowMlPerS) / ML_PER_L;
    return {
      type: "top-off",
      state: this.#story.state,
      text: this.#story.text,
      since: this.#story.since,
      next: this.#next(),
      warnings: [...this.#story.warnings],
      level: this.#level,
      learnedFillS: this.#ledger.fillS(),
      pumpedLastDayL: litres(this.#ledger.pumpedLastDayS()),
      evaporationLPerDay: litres(this.#ledger.usualDay()?.onS ?? null),
    };
  }

  #rest(): boolean {
    this.#decision = null;
    this.#memory = TOP_OFF_AT_REST;
    this.#level = null;
    this.#calmDown();
    this.#claim.hear(null);
    this.#ledger.note((this.#claim.outputOf(this.#config.pumpChannelId)?.actual ?? 0) > 0, false);
    const text = "Switched off: it drives nothing.";
    return this.#story.tell(this.#config, { state: "disabled", text, warnings: [] });
  }

  #longestFillS(): number {
    const expectedS = this.#ledger.expectedFillS();
    return expectedS === null ? LONGEST_FILL_S : Math.min(FILL_MARGIN * expectedS, LONGEST_FILL_S);
  }

  /** @returns why the pump cannot be had; null: it can */
  #ask({ state, code, text, isUrgent }: TopOffDecision): string | null {
    const { pumpChannelId } = this.#config;
    if (state !== "filling") return this.#claim.ask(pumpChannelId, { levelPct: 0, code, text, isUrgent });
    return this.#claim.ask(pumpChannelId, { levelPct: 100, code, text, isUrgent, forS: this.#fillForS });
  }

  /** What it does; where the arbiter holds the pump off, what the arbiter says. */
  #told(decision: TopOffDecision, pump: Output | null): { state: LoopState["state"]; text: string } {
    const { refusal } = this.#claim;
    if (refusal !== null) return { state: "blocked", text: refusal };
    const [block] = decision.state === "filling" && pump?.requested === 0 ? pump.blockedBy : [];
    if (block === undefined) return decision;
    const isLatched = pump?.faults.some((fault) => fault.latched) === true;
    return { state: isLatched ? "blocked" : "waiting", text: `Low, but its pump is held off. ${block.text}` };
  }

  #view(): TopOffView {
    const { levelChannelId, highLevelChannelId, leakChannelIds } = this.#config;
    const atMs = this.#deps.clock.monotonicMs();
    const mode = this.#deps.modes.activeModeKinds().find((kind) => kind === "feed" || kind === "water-change");
    return {
      level: this.#levelInput(levelChannelId),
      high: highLevelChannelId === null ? null : this.#inputOf(highLevelChannelId),
      reservoir: this.#reservoirNow(),
      leaks: leakChannelIds.map((id) => this.#inputOf(id)),
      returnOnForMs: this.#returnOnForMs(atMs),
      mode: mode ?? null,
      upForMs: atMs - this.#deps.startedAtMs,
      atMs,
    };
  }

  /** While it is asked every second, as it is while it fills, a level that is older than 3 s is none. */
  #levelInput(channelId: ChannelId): ControlInput {
    const input = this.#inputOf(channelId);
    const heard = this.#deps.readings.latest(channelId);
    const hurry = this.#hurry;
    if (!input.isUsable || heard === null || hurry === null || hurry.cancels.length === 0) return input;
    const atMs = this.#deps.clock.monotonicMs();
    const silentMs = atMs - Math.max(heard.publishedAtMonotonicMs, hurry.sinceMs);
    if (silentMs <= FILLING_TRUST_MS) return input;
    return { isUsable: false, problem: `is silent for ${Math.round(silentMs / 1_000)} s while it is needed` };
  }

  #inputOf(channelId: ChannelId): ControlInput {
    const { readings, clock, channelOf } = this.#deps;
    const channel = channelOf(channelId);
    if (channel === null) return { isUsable: false, problem: "is not there any more" };
    return controlInputFrom(readings.latest(channelId), channel.quantity, clock.monotonicMs());
  }

  #reservoirNow(): Reservoir | null {
    const { reservoirChannelId, reservoirEmptyBelowPct: emptyBelowPct } = this.#config;
    if (reservoirChannelId === null) return null;
    const input = this.#inputOf(reservoirChannelId);
    if (!input.isUsable) return { problem: input.problem };
    const unit = this.#deps.channelOf(reservoirChannelId)?.unit ?? "";
    return { isEmpty: this.#reservoir.note(input.value, { unit, emptyBelowPct }) };
  }

  #returnOnForMs(atMs: number): TopOffView["returnOnForMs"] {
    const { returnPumpChannelId } = this.#config;
    if (returnPumpChannelId === null) return null;
    const pump = this.#claim.outputOf(returnPumpChannelId);
    const isOn = pump !== null && (pump.actual ?? 0) > 0 && pump.confirmation === "confirmed";
    this.#returnOnSinceMs = isOn ? (this.#returnOnSinceMs ?? atMs) : null;
    return this.#returnOnSinceMs === null ? "unknown" : atMs - this.#returnOnSinceMs;
  }

  /** From the first sign of a low level until a while after the last: waves must not switch the polling either. */
  #hurryWhile(isNeeded: boolean, atMs: number): void {
    if (isNeeded) {
      this.#hurry ??= { cancels: this.#hurried(), sinceMs: atMs, untilMs: 0 };
      this.#hurry.untilMs = atMs + HURRY_FOR_MS;
    } else if (this.#hurry !== null && atMs >= this.#hurry.untilMs) this.#calmDown();
  }

  #hurried(): readonly Cancel[] {
    const { levelChannelId, highLevelChannelId } = this.#config;
    const channelIds = [levelChannelId, highLevelChannelId].filter((id) => id !== null);
    return channelIds.map((id) => this.#deps.hurry(id, HURRY_S)).filter((cancel) => cancel !== null);
  }

  #calmDown(): void {
    for (const cancel of this.#hurry?.cancels ?? []) cancel();
    this.#hurry = null;
  }

  #next(): LoopState["next"] {
    const decision = this.#decision;
    if (decision === null) return null;
    const nowMs = this.#deps.clock.nowMs();
    const words = fillWords(this.#config);
    if (decision.state === "filling") return { text: words.ends, at: null };
    if (decision.state === "waiting") {
      const at = decision.nextInMs === null ? null : instantFrom(nowMs + decision.nextInMs);
      return { text: "It fills as soon as it may.", at };
    }
    if (decision.state === "blocked") return null;
    const fillAtMs = this.#ledger.nextFillAtMs();
    const at = fillAtMs === null || fillAtMs < nowMs ? null : instantFrom(fillAtMs);
    return { text: words.begins, at };
  }
}
