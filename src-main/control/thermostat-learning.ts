import { z } from "zod";
import type { LoopId } from "#contract/ids.ts";
import { CurveMeter } from "#domain/control/curve-meter.ts";
import {
  DutyHistory,
  type DutyJudgement,
  type HourOfDuty,
  judgedDay,
  usualDutyAt,
} from "#domain/control/duty-history.ts";
import type { HeatModel } from "#domain/control/heat-model.ts";
import { KeepUpWatch } from "#domain/control/keep-up-watch.ts";
import { type LearnedHeat, learnedHeatModel, NO_HEAT_LEARNED, withCurve } from "#domain/control/learned-heat.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { KeptDocument } from "./kept-document.ts";
import type { ControlMemory } from "./ports.ts";

const DAY_MS = 86_400_000;
/** More often than this nothing is learned, ms. */
const SAMPLE_MS = 1_000;
/** A power cut costs at most so much of what was learned, ms. */
const SAVE_EVERY_MS = 10 * 60_000;
/** A day is judged as often as this, ms. */
const JUDGE_EVERY_MS = 60_000;

const StoredCurve = z.object({ rateCPerH: z.number(), aboveRoomC: z.number().nullable() });
const Stored = z.object({
  heat: z.object({ on: z.array(StoredCurve), off: z.array(StoredCurve) }),
  hours: z.array(
    z.object({
      atMs: z.number(),
      hour: z.int().min(0).max(23),
      onS: z.number().min(0),
      coveredS: z.number().min(0),
      aboveRoomC: z.number().nullable(),
    }),
  ),
  startsAtMs: z.array(z.number()),
});
type Stored = z.infer<typeof Stored>;

interface LearningDeps {
  readonly loopId: LoopId;
  readonly memory: ControlMemory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly isClockSynchronized: () => boolean;
}

/** The heater and the water around it at this moment. */
export interface HeaterSeen {
  /** What its plug says; null: there is none, or it cannot be reached. */
  readonly isOn: boolean | null;
  /** Something else cools the water too: its curves say nothing of the heater. */
  readonly isCooled: boolean;
  /** null: no probe is good. */
  readonly waterC: number | null;
  readonly roomC: number | null;
  readonly heatBelowC: number;
  /** At the tank, 0 to 23. */
  readonly hour: number;
  /** From nameplate and volume; null: not said. */
  readonly rated: HeatModel | null;
}

/** What a thermostat learns of its tank and its heater. It survives restarts, and control works without any of it. */
export class ThermostatLearning {
  readonly #clock: Clock;
  readonly #isClockSynchronized: () => boolean;
  readonly #kept: KeptDocument<Stored>;
  readonly #curves = new CurveMeter();
  readonly #history = new DutyHistory();
  readonly #keepUp = new KeepUpWatch();
  #heat: LearnedHeat = NO_HEAT_LEARNED;
  /** What was made of which. */
  #model: {
    readonly heat: LearnedHeat;
    readonly rated: HeatModel | null;
    readonly model: HeatModel | null;
  } | null = null;
  #startsAtMs: readonly number[] = [];
  #seen: HeaterSeen | null = null;
  #sampledAtMs = Number.NEGATIVE_INFINITY;
  #savedAtMs: number;
  #judgedAtMs = Number.NEGATIVE_INFINITY;
  #day: DutyJudgement | null = null;

  constructor({ loopId, memory, clock, log, isClockSynchronized }: LearningDeps) {
    this.#clock = clock;
    this.#isClockSynchronized = isClockSynchronized;
    this.#savedAtMs = clock.monotonicMs();
    this.#kept = new KeptDocument<Stored>({
      loopId,
      memory,
      clock,
      log,
      schema: Stored,
      onLoaded: (kept) => this.#adopt(kept),
    });
  }

  open(): void {
    this.#kept.open();
  }

  close(): void {
    this.#kept.put(this.#learned());
    this.#kept.close();
  }

  /** Looks once a second, however often it is called. */
  note(seen: HeaterSeen): void {
    const atMs = this.#clock.monotonicMs();
    if (atMs - this.#sampledAtMs < SAMPLE_MS) return;
    this.#sampledAtMs = atMs;
    if (seen.isOn === true && this.#seen?.isOn === false) this.#countStart();
    this.#seen = seen;
    this.#noteDuty(seen, atMs);
    this.#noteWater(seen, atMs);
    if (atMs - this.#judgedAtMs >= JUDGE_EVERY_MS) this.#judge(atMs);
    if (atMs - this.#savedAtMs >= SAVE_EVERY_MS) {
      this.#savedAtMs = atMs;
      this.#kept.put(this.#learned());
    }
  }

  /** Every decision asks; it changes with a curve, or with what somebody says of heater and tank. */
  model(): HeatModel | null {
    const [heat, rated] = [this.#heat, this.#seen?.rated ?? null];
    if (this.#model?.heat !== heat || !isSameRating(this.#model.rated, rated))
      this.#model = { heat, rated, model: learnedHeatModel(heat, rated) };
    return this.#model.model;
  }

  /** For how long the heater has been on where it cannot keep up, ms; null: it can. */
  behindForMs(): number | null {
    return this.#keepUp.behindForMs(this.#clock.monotonicMs());
  }

  /** The last 24 h against what is usual; null: too little is known. */
  day(): DutyJudgement | null {
    return this.#day;
  }

  /** Share of this hour of the day the heater is on, 0 to 1, median of 7 days; null: not known. */
  usualDuty(): number | null {
    return usualDutyAt(this.#history.hours(), this.#seen?.hour ?? 0, this.#clock.nowMs());
  }

  startsLastDay(): number {
    const nowMs = this.#clock.nowMs();
    return this.#startsAtMs.filter((startMs) => startMs > nowMs - DAY_MS).length;
  }

  #adopt({ heat, hours, startsAtMs }: Stored): void {
    this.#heat = { on: [...heat.on, ...this.#heat.on], off: [...heat.off, ...this.#heat.off] };
    this.#history.adopt(hours);
    this.#startsAtMs = [...startsAtMs, ...this.#startsAtMs];
  }

  #learned(): Stored {
    const hours: readonly HourOfDuty[] = this.#history.hours();
    const { on, off } = this.#heat;
    return { heat: { on: [...on], off: [...off] }, hours: [...hours], startsAtMs: [...this.#startsAtMs] };
  }

  #countStart(): void {
    const nowMs = this.#clock.nowMs();
    this.#startsAtMs = [...this.#startsAtMs.filter((startMs) => startMs > nowMs - DAY_MS), nowMs];
  }

  /** Hours are the wall's: where that is not to be trusted, nothing is booked under them. */
  #noteDuty({ isOn, waterC, roomC, hour }: HeaterSeen, atMs: number): void {
    const aboveRoomC = waterC === null || roomC === null ? null : waterC - roomC;
    if (isOn === null || !this.#isClockSynchronized()) this.#history.skip();
    else this.#history.note({ isOn, aboveRoomC, monotonicMs: atMs, wallMs: this.#clock.nowMs(), hour });
  }

  #noteWater({ isOn, isCooled, waterC, roomC, heatBelowC }: HeaterSeen, atMs: number): void {
    if (isOn === null || waterC === null) {
      this.#curves.forget();
      this.#keepUp.forget();
      return;
    }
    this.#keepUp.note({ isOn, waterC, heatBelowC, atMs });
    if (isCooled) this.#curves.forget();
    const curve = isCooled ? null : this.#curves.note({ isOn, waterC, roomC, atMs });
    if (curve !== null) this.#heat = withCurve(this.#heat, curve);
  }

  #judge(atMs: number): void {
    this.#judgedAtMs = atMs;
    const model = this.model();
    const perC = model === null || model.heaterCPerH <= 0 ? null : model.lossPerH / model.heaterCPerH;
    const wasExcessive = this.#day?.isExcessive === true;
    this.#day = judgedDay(this.#history.hours(), this.#clock.nowMs(), { perC, wasExcessive });
  }
}

/** What is made of a nameplate and a volume is told by these two. */
function isSameRating(one: HeatModel | null, other: HeatModel | null): boolean {
  return one?.heaterCPerH === other?.heaterCPerH && one?.lossPerH === other?.lossPerH;
}
