import { ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { DoserConfig, LoopState } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import { type DosePlan, dosePlan, opposingOf, type Slot, slotAt } from "#domain/control/dose-plan.ts";
import { type DoseDecision, decideDose } from "#domain/control/dosing.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { DoseHindrance, type Hindrance } from "./dose-hindrance.ts";
import { DoseRun } from "./dose-run.ts";
import { DoserLedger } from "./doser-ledger.ts";
import { doserText, doserWarnings, millilitres } from "./doser-story.ts";
import { awaitsFirstReading, LoopStory } from "./loop-story.ts";
import { nextDoseAtMs } from "./next-dose.ts";
import { OutputClaim } from "./output-claim.ts";
import { localTimeIn } from "./zoned-time.ts";

const MINUTE_MS = 60_000;
const DAY_S = 86_400;
const NONE: DoseDecision = { kind: "none" };
const NO_NEXT = { key: "", atMs: Number.NaN };
/** Summer time moves the clock by no more than this; more is a clock that was set. */
const LONGEST_SHIFT_MS = 2 * 3_600_000;

/** One doser: gives its doses by the tank's clock, each once or not at all. */
export class DoserLoop implements ControlLoop<DoserConfig> {
  readonly type = "doser";
  readonly #deps: LoopDeps;
  readonly #claim: OutputClaim;
  readonly #story: LoopStory;
  readonly #ledger: DoserLedger;
  readonly #hindrance: DoseHindrance;
  readonly #run: DoseRun;
  #config: DoserConfig;
  #isPreparing = false;
  #lastFailure: string | null = null;
  #next = NO_NEXT;
  #told = Number.NaN;

  constructor(config: DoserConfig, deps: LoopDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#claim = new OutputClaim(config.id, deps);
    this.#story = new LoopStory({ ...deps, isAwaiting: () => awaitsFirstReading(deps, this.inputChannelIds) });
    this.#ledger = new DoserLedger({ ...deps, loopId: config.id });
    this.#hindrance = new DoseHindrance({ deps, claim: this.#claim, ledger: this.#ledger });
    this.#run = new DoseRun({ claim: this.#claim, outputs: deps.outputs, clock: deps.clock });
    this.#ledger.open();
  }

  get id(): LoopId {
    return this.#config.id;
  }

  get inputChannelIds(): readonly ChannelId[] {
    const { phChannelId } = this.#config;
    return phChannelId === null ? [] : [phChannelId];
  }

  letGo(next: DoserConfig | null): void {
    const isKept = next?.isEnabled === true && next.pumpChannelId === this.#config.pumpChannelId;
    if (!isKept) {
      this.#run.abort();
      this.#claim.release(this.#config.pumpChannelId);
    }
    if (next === null) this.#ledger.close();
  }

  /** A dose that runs is given as it was begun. With another plan the doses of before are settled, and the next one counts. */
  reconfigure(config: DoserConfig): void {
    this.#config = config;
  }

  decide(): boolean {
    const { isEnabled } = this.#config;
    if (!isEnabled) {
      this.#lastFailure = null;
      return this.#story.tell(this.#config, {
        state: "disabled",
        text: "Switched off: it doses nothing.",
        warnings: [],
      });
    }
    const opposing = this.#opposing();
    const plan = dosePlan(this.#config, opposing);
    const opposingIds = [
      ...new Set([...this.#config.opposingChannelIds, ...opposing.map(({ pumpChannelId }) => pumpChannelId)]),
    ];
    const hindrance = this.#hindrance.of({ config: this.#config, plan, opposingIds });
    const isBusy = this.#run.isRunning || this.#isPreparing;
    const decision = isBusy ? NONE : this.#settle(plan, hindrance);
    return this.#tell(plan, hindrance, decision);
  }

  state(): LoopState {
    const { isEnabled, pumpChannelId, containerMl, mlPerDay } = this.#config;
    const leftMl = this.#ledger.containerLeftMl(pumpChannelId, containerMl);
    const hasNext = isEnabled && Number.isFinite(this.#next.atMs);
    return {
      type: "doser",
      state: this.#story.state,
      text: this.#story.text,
      since: this.#story.since,
      next: hasNext ? { text: this.#nextText(), at: instantFrom(this.#next.atMs) } : null,
      warnings: [...this.#story.warnings],
      dosedLastDayMl: this.#ledger.givenMl(pumpChannelId, DAY_S),
      containerLeftMl: leftMl,
      containerDaysLeft: leftMl === null ? null : leftMl / mlPerDay,
      skippedLastDay: this.#ledger.skippedLastDay,
    };
  }

  /** The container is full again. @returns whether that is durable @throws ReefFault conflict where none is watched */
  refill(): Promise<boolean> {
    const { containerMl, pumpChannelId, name } = this.#config;
    if (containerMl === null) {
      throw new ReefFault("conflict", `${name} has no container to watch; say what it holds first.`);
    }
    return this.#ledger.refill(pumpChannelId, containerMl);
  }

  #opposing(): readonly DoserConfig[] {
    const dosers = this.#deps
      .peers()
      .filter((loop): loop is DoserConfig => loop.type === "doser" && loop.isEnabled);
    return opposingOf(this.#config, dosers);
  }

  /** Decides about the dose that was due last, and begins it where it is to be given. */
  #settle(plan: DosePlan, hindrance: Hindrance | null): DoseDecision {
    const { clock, isClockSynchronized, timeZone } = this.#deps;
    if (!this.#ledger.isReady || !isClockSynchronized()) return NONE;
    const slot = slotAt(plan, localTimeIn(timeZone(), clock.nowMs()));
    const key = keyOf(plan);
    this.#noteNext(slot, plan);
    const lastOrdinal = this.#ledger.lastOrdinal(key);
    const problem = hindrance?.text ?? null;
    const decision = decideDose(plan, { slot, lastOrdinal, sinceDoseMs: this.#ledger.sinceDoseMs(), problem });
    if (decision.kind === "settle") this.#ledger.settle(key, decision.ordinal);
    if (decision.kind === "skip") {
      this.#ledger.skip(key, decision.ordinal, decision.skipped);
      this.#fail(decision.problem ?? "its time passed while the program was not running, or the clock was moved");
    }
    if (decision.kind === "dose") {
      this.#give(plan, decision).catch((error: unknown) => {
        this.#deps.log.error({ loopId: this.#config.id, error }, "a dose could not be begun");
      });
    }
    return decision;
  }

  /** That it is settled is durable before the pump may start: after a crash it is not given again. */
  async #give(plan: DosePlan, { ordinal, skipped }: { readonly ordinal: number; readonly skipped: number }) {
    const config = this.#config;
    const key = keyOf(plan);
    if (skipped > 0) this.#ledger.skip(key, ordinal, skipped);
    this.#isPreparing = true;
    const isDurable = await this.#ledger.begin(key, ordinal);
    this.#isPreparing = false;
    if (config !== this.#config || !config.isEnabled) return;
    const flowMlPerS = this.#deps.channelOf(config.pumpChannelId)?.output?.equipment.flowMlPerS ?? null;
    if (!isDurable || flowMlPerS === null) {
      this.#ledger.skip(key, ordinal, 1);
      return this.#fail("it could not be written down beforehand");
    }
    const text = `On: a dose of ${millilitres(plan.mlPerDose)}, ${config.name}.`;
    const order = { pumpChannelId: config.pumpChannelId, forS: plan.mlPerDose / flowMlPerS, text };
    this.#deps.log.info(
      { loopId: config.id, name: config.name, ml: plan.mlPerDose, forS: order.forS },
      "a dose begins",
    );
    this.#run.start(order, (outcome) => {
      if (outcome === null) this.#lastFailure = null;
      else this.#fail(outcome);
    });
  }

  #fail(reason: string): void {
    const said = reason.replace(/[.]$/, "");
    this.#lastFailure = said;
    this.#deps.log.warn({ loopId: this.#config.id, name: this.#config.name, reason: said }, "a dose was missed");
  }

  #tell(plan: DosePlan, hindrance: Hindrance | null, decision: DoseDecision): boolean {
    const { pumpChannelId, containerMl } = this.#config;
    const view = {
      plan,
      hindrance,
      decision,
      isDosing: this.#run.isRunning || this.#isPreparing || decision.kind === "dose",
      leftMl: this.#ledger.containerLeftMl(pumpChannelId, containerMl),
      lastFailure: this.#lastFailure,
    };
    const nextBefore = this.#told;
    this.#told = this.#next.atMs;
    const hasChanged = this.#story.tell(this.#config, {
      ...doserText(view),
      warnings: doserWarnings(this.#config, view),
    });
    return hasChanged || !Object.is(nextBefore, this.#told);
  }

  #nextText(): string {
    return `The next dose, ${millilitres(this.#config.mlPerDay / this.#config.dosesPerDay)}.`;
  }

  #noteNext(slot: Slot, plan: DosePlan): void {
    const zone = this.#deps.timeZone();
    const key = `${zone} ${slot.ordinal} ${keyOf(plan)}`;
    const drifted = this.#next.atMs - this.#deps.clock.nowMs() - slot.nextInMin * MINUTE_MS;
    if (this.#next.key === key && Math.abs(drifted) < LONGEST_SHIFT_MS) return;
    this.#next = { key, atMs: nextDoseAtMs(plan, slot, { zone, wallMs: this.#deps.clock.nowMs() }) };
  }
}

/** What the count of doses goes by. */
function keyOf({ dosesPerDay, firstMin, spacingMin }: DosePlan): string {
  return `${dosesPerDay} from ${firstMin} every ${spacingMin}`;
}
