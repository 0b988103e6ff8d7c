import fc from "fast-check";
import { test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { Arbiter } from "#main/outputs/arbiter.ts";
import { createExclusionInterlock } from "#main/outputs/interlocks/exclusion-interlock.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { during, START_MS } from "#tests/builders/arbiter-bench.ts";
import {
  type CappedStep,
  cappedStep,
  DOSE_LIMITS,
  FILL_LIMIT_S,
  FLOW_ML_PER_S,
  TANK,
  TARGETS,
  type Target,
} from "#tests/builders/capped-tank.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { FakeOutputStateStore } from "#tests/fakes/fake-output-state-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { RecordingOutputEvents } from "#tests/fakes/recording-output-events.ts";

const STEPS = 1_000;
const RUNS = 100;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Budgets and doses are cut by a timer of their own: to the ms, but for sums of fractions. */
const EPSILON = 0.01;

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** When an output was commanded on, written down beside the arbiter: over crashes and restarts, on the true time. */
class Logbook {
  #spans: { readonly fromMs: number; toMs: number }[] = [];
  #onSinceMs: number | null = null;

  note(isOn: boolean, atMs: number): void {
    if (isOn && this.#onSinceMs === null) {
      this.#onSinceMs = atMs;
      this.#spans = [...this.#spans.filter(({ toMs }) => toMs > atMs - DAY_MS), { fromMs: atMs, toMs: atMs }];
    }
    const last = this.#spans.at(-1);
    if (this.#onSinceMs !== null && last !== undefined) last.toMs = atMs;
    if (!isOn) this.#onSinceMs = null;
  }

  onS(windowMs: number, atMs: number): number {
    const fromMs = atMs - windowMs;
    return (
      this.#spans.reduce((sum, span) => sum + Math.max(0, span.toMs - Math.max(span.fromMs, fromMs)), 0) / 1_000
    );
  }

  runS(atMs: number): number {
    return this.#onSinceMs === null ? 0 : (atMs - this.#onSinceMs) / 1_000;
  }
}

class Tank {
  readonly clock = new VirtualClock(START_MS);
  readonly store = new FakeOutputStateStore();
  readonly logbooks = new Map<Target, Logbook>(TARGETS.map((target) => [target, new Logbook()]));
  readonly latched = new Set<Target>();
  devices!: Readonly<Record<Target, FakeActuator>>;
  arbiter!: Arbiter;
  /** What the wall's clock is off by, ms: a right one is a synchronized one. */
  #offMs = 0;
  /** The run of the doser was begun with this plan, s. */
  #isUnwatched = false;

  async begin(): Promise<this> {
    const { clock, store } = this;
    this.arbiter = new Arbiter({
      clock,
      store,
      events: new RecordingOutputEvents(),
      log: new RecordingLog(),
      isClockSynchronized: () => this.#offMs === 0,
    });
    this.devices = {
      heater: new FakeActuator(),
      chiller: new FakeActuator(),
      topOff: new FakeActuator(),
      doser: new FakeActuator(),
    };
    await during(clock, this.arbiter.start(), 2_000);
    const outputs = this.arbiter;
    const [heater, chiller] = [TANK.heater.id, TANK.chiller.id];
    outputs.addInterlock(createExclusionInterlock({ channelId: heater, otherChannelId: chiller, outputs }));
    outputs.addInterlock(createExclusionInterlock({ channelId: chiller, otherChannelId: heater, outputs }));
    for (const target of TARGETS) {
      await during(clock, outputs.register(TANK[target], this.devices[target]), 2_000);
    }
    this.#watch();
    return this;
  }

  /** Every change is written down at the moment it is told, and looked at. */
  #watch(): void {
    this.arbiter.onChange(() => {
      if (!this.#isUnwatched) this.check();
    });
  }

  async take(step: CappedStep): Promise<void> {
    const { arbiter, clock, store } = this;
    switch (step.do) {
      case "advance":
        await clock.advance(step.ms);
        break;
      case "wish":
        this.#wish(step);
        break;
      case "override":
        this.#start(
          arbiter.override(TANK[step.target].id, { level: step.level, durationS: step.durationS }, "anna"),
        );
        break;
      case "clear":
        this.#start(arbiter.clearOverride(TANK[step.target].id, "anna"));
        break;
      case "reset":
        this.latched.delete(step.target);
        this.#start(arbiter.reset(TANK[step.target].id, "anna"));
        break;
      case "toggle":
        this.devices[step.target].toggleByHand(this.devices[step.target].levelPct === 0 ? 100 : 0);
        break;
      case "stop":
        this.#start(arbiter.engageEmergencyStop("anna"));
        break;
      case "release":
        this.#start(arbiter.releaseEmergencyStop("anna"));
        break;
      case "crash":
        await this.#crash();
        break;
      case "restart":
        await this.#restart();
        break;
      case "clock":
        this.#offMs = this.#offMs === 0 ? step.byMs : 0;
        clock.stepWall(this.#offMs === 0 ? START_MS + clock.monotonicMs() - clock.nowMs() : this.#offMs);
        break;
      case "device":
        this.devices[step.target].writeMood = step.mood;
        break;
      case "store":
        if (step.mood === "well") store.recover();
        else store.mood = step.mood;
        break;
    }
    this.check();
  }

  #wish({ target, by, isOn, forS }: Extract<CappedStep, { do: "wish" }>): void {
    const claimant = by === "mode" ? "mode:feed" : `loop:${target}`;
    const isPump = target === "doser" || target === "topOff";
    const wish = { levelPct: isOn === true ? 100 : 0, code: isOn === true ? "on" : "off", text: "Because." };
    const plan = isOn === true && isPump && by === "loop" ? { forS } : {};
    this.arbiter.request(TANK[target].id, claimant, isOn === null ? null : { ...wish, ...plan });
  }

  #start(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof ReefFault)) throw error;
    });
  }

  async #restart(): Promise<void> {
    this.store.recover();
    await during(this.clock, this.arbiter.stop(), 5_000);
    this.check();
    for (const target of TARGETS) must(this.arbiter.get(TANK[target].id).requested === 0, `${target} is left on`);
    this.store.recover();
    this.#forgetLatches();
    await this.begin();
  }

  /** A killed program says nothing more to any device or store; a store that was slow never took what it was given. */
  async #crash(): Promise<void> {
    const { store, clock } = this;
    this.#isUnwatched = true;
    for (const target of TARGETS) {
      this.devices[target].writeMood = "lying";
      this.logbooks.get(target)?.note(false, clock.monotonicMs());
    }
    store.forgetHung();
    store.mood = "hanging";
    await during(clock, this.arbiter.stop(), 5_000);
    store.forgetHung();
    store.recover();
    this.#isUnwatched = false;
    this.#forgetLatches();
    await this.begin();
  }

  /** What was latched and could not be kept before a crash is not the arbiter's to know. */
  #forgetLatches(): void {
    for (const target of [...this.latched]) {
      const kept = this.store.outputs.get(TANK[target].id);
      if (kept?.faults.some(({ latched }) => latched) !== true) this.latched.delete(target);
    }
  }

  check(): void {
    const { arbiter, clock } = this;
    const nowMs = clock.monotonicMs();
    const isStopped = arbiter.emergencyStop().isActive;
    const on = new Set<Target>();
    for (const target of TARGETS) {
      const output = arbiter.get(TANK[target].id);
      const isOn = output.requested > 0;
      if (isOn) on.add(target);
      must(!(isOn && isStopped), `${target} is on against the emergency stop`);
      must(!(isOn && this.latched.has(target)), `${target} is on although it is latched`);
      if (output.faults.some(({ latched }) => latched)) this.latched.add(target);
      must(!(isOn && output.faults.some(({ latched }) => latched)), `${target} is on with a latched fault`);
      this.logbooks.get(target)?.note(isOn, nowMs);
    }
    must(!(on.has("heater") && on.has("chiller")), "heater and chiller are both on");
    for (const target of ["doser", "topOff"] as const) {
      const record = this.store.outputs.get(TANK[target].id)?.openRun ?? null;
      must(!on.has(target) || record !== null, `${target} is on without its record`);
    }
    this.#checkCaps(nowMs);
  }

  #checkCaps(nowMs: number): void {
    const doser = this.logbooks.get("doser");
    const topOff = this.logbooks.get("topOff");
    if (doser === undefined || topOff === undefined) throw new Error("no logbook");
    const inHour = doser.onS(HOUR_MS, nowMs) * FLOW_ML_PER_S;
    must(inHour <= DOSE_LIMITS.perHour + EPSILON, `${inHour} mL in an hour`);
    const inDay = doser.onS(DAY_MS, nowMs) * FLOW_ML_PER_S;
    must(inDay <= DOSE_LIMITS.perDay + EPSILON, `${inDay} mL in a day`);
    const filledS = topOff.onS(HOUR_MS, nowMs);
    must(filledS <= FILL_LIMIT_S + EPSILON, `${filledS} s of filling in an hour`);
    must(topOff.runS(nowMs) <= 300 + EPSILON, "the top-off is on for longer than its longest time");
  }
}

test(`no cap is exceeded by any path in ${STEPS * RUNS} steps of wishes, hands, crashes and clock steps`, {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cappedStep, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const tank = await new Tank().begin();
      for (const step of steps) await tank.take(step);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
