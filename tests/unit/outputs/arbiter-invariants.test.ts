import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import { ReefFault } from "#contract/errors.ts";
import { during, withOutput } from "#tests/builders/arbiter-bench.ts";
import { anyStep, type Step, TARGETS, TOP_OFF } from "#tests/builders/tank-steps.ts";
import {
  CHANNELS,
  CHILLER,
  DISPLAY,
  HEATER,
  loopConfig,
  SUMP,
  type ThermostatBench,
  thermostatBench,
} from "#tests/builders/thermostat-bench.ts";

const STEPS = 400;
const RUNS = 30;
const CYCLE_MS = 1_000;
const STALE_MS = 90_000;
const LOOP = loopConfig({ chillerChannelId: CHILLER.id, secondSensorChannelId: SUMP.id });

/** As `expect`, at a price that can be paid after every step. */
function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** A tank whose arbiter, loops and protections are restarted, while clock and store live on. */
class Tank {
  bench: ThermostatBench;
  readonly offSinceMs = new Map<string, number>();
  readonly wasOn = new Map<string, boolean>();
  readonly onSeenAtMs = new Map<string, number>();
  brokenSinceMs: number | null = null;
  /** False once the wall's clock was put forward or the store lost a save: what was kept then says too little. */
  isHistoryTrue = true;

  private constructor(bench: ThermostatBench) {
    this.bench = bench;
  }

  static async start(): Promise<Tank> {
    const tank = new Tank(await thermostatBench());
    await tank.#begin();
    return tank;
  }

  async #begin(): Promise<void> {
    await withOutput(this.bench, TOP_OFF);
    this.bench.interlocks.configure({ loops: [LOOP], channels: CHANNELS });
    this.bench.loops.configure([LOOP]);
  }

  async restart(isClean: boolean): Promise<void> {
    const { bench } = this;
    const { clock, store } = bench;
    this.#offByRestart(clock.monotonicMs(), isClean);
    if (isClean) await this.#stopCleanly();
    else await this.#kill();
    store.recover();
    this.bench = await thermostatBench({ clock, store });
    await this.#begin();
    this.brokenSinceMs = null;
  }

  /** A restart drives these outputs off; what was kept may not reach far enough for the shortest time off before. */
  #offByRestart(nowMs: number, isClean: boolean): void {
    if (!this.isHistoryTrue) this.offSinceMs.clear();
    else for (const [channelId, isOn] of this.wasOn) if (isOn) this.offSinceMs.set(channelId, nowMs);
    // A program that is killed in the very millisecond in which it switches something on leaves no record of it.
    if (!isClean) for (const [id, atMs] of this.onSeenAtMs) if (atMs === nowMs) this.offSinceMs.delete(id);
    this.onSeenAtMs.clear();
    this.wasOn.clear();
    this.isHistoryTrue = true;
  }

  async #stopCleanly(): Promise<void> {
    const { bench } = this;
    await bench.loops.stop();
    await during(bench.clock, bench.arbiter.stop(), 5_000);
    // Whatever the devices did, every output was told its safe state.
    for (const channel of [HEATER, CHILLER, TOP_OFF]) expect(bench.arbiter.get(channel.id).requested).toBe(0);
    await bench.interlocks.stop();
  }

  /** A killed program says nothing more: what its timers would still do must reach no device and no store. */
  async #kill(): Promise<void> {
    const { bench } = this;
    bench.store.mood = "hanging";
    bench.heater.writeMood = "lying";
    bench.chiller.writeMood = "lying";
    await bench.loops.stop();
    await bench.interlocks.stop();
    await during(bench.clock, bench.arbiter.stop(), 5_000);
    bench.store.forgetHung();
  }

  async take(next: Step): Promise<void> {
    const { bench } = this;
    const { arbiter, clock, store } = bench;
    switch (next.do) {
      case "advance":
        await this.#advance(next.ms);
        break;
      case "say":
        bench.say(next.valueC, (next.probe === "display" ? DISPLAY : SUMP).id);
        break;
      case "lose":
        bench.lose((next.probe === "display" ? DISPLAY : SUMP).id);
        break;
      case "override":
        this.#start(
          arbiter.override(TARGETS[next.target].id, { level: next.level, durationS: next.durationS }, "anna"),
        );
        break;
      case "clear":
        this.#start(arbiter.clearOverride(TARGETS[next.target].id, "anna"));
        break;
      case "reset":
        this.#start(arbiter.reset(TARGETS[next.target].id, "anna"));
        break;
      case "rival":
        this.#rival(TARGETS[next.target]);
        break;
      case "toggle":
        if (next.target !== "topOff") bench[next.target].toggleByHand(bench[next.target].levelPct === 0 ? 100 : 0);
        break;
      case "fill":
        arbiter.request(TOP_OFF.id, "loop:top-off", {
          levelPct: next.isOn ? 100 : 0,
          code: "fill",
          text: "Filling.",
        });
        break;
      case "stop":
        this.#start(arbiter.engageEmergencyStop("anna"));
        break;
      case "release":
        this.#start(arbiter.releaseEmergencyStop("anna"));
        break;
      case "restart":
        await this.restart(true);
        break;
      case "crash":
        await this.restart(false);
        break;
      case "clock":
        clock.stepWall(next.byMs);
        this.isHistoryTrue &&= next.byMs < 0;
        break;
      case "mood":
        bench[next.target].writeMood = next.mood;
        break;
      case "store":
        if (next.mood === "well") store.recover();
        else store.mood = next.mood;
        this.isHistoryTrue = false;
        break;
    }
    this.check();
  }

  /** In steps, so that the invariants are looked at in every cycle. */
  async #advance(ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= CYCLE_MS) {
      await this.bench.clock.advance(Math.min(CYCLE_MS, leftMs));
      this.check();
    }
  }

  #start(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof ReefFault)) throw error;
    });
  }

  /** A second claimant never gets what the loop holds. */
  #rival(channel: ChannelConfig): void {
    const isHeld = channel !== TOP_OFF;
    const ask = () =>
      this.bench.arbiter.request(channel.id, "loop:rival", { levelPct: 100, code: "rival", text: "Rival." });
    if (isHeld) expect(ask).toThrowError(expect.objectContaining({ code: "conflict" }));
    else this.bench.arbiter.request(channel.id, "loop:rival", null);
  }

  check(): void {
    const { arbiter, clock } = this.bench;
    const nowMs = clock.monotonicMs();
    const shown = {
      heater: arbiter.get(HEATER.id),
      chiller: arbiter.get(CHILLER.id),
      topOff: arbiter.get(TOP_OFF.id),
    };

    must(shown.heater.requested === 0 || shown.chiller.requested === 0, "heater and chiller are both on");
    const isStopped = arbiter.emergencyStop().isActive;
    for (const output of Object.values(shown)) {
      const isOff = output.requested === 0;
      must(isOff || output.requested === 100, "a switch is half on");
      must(isOff || !output.faults.some((fault) => fault.latched), "a latched output is on");
      must(!isStopped || (isOff && output.owner === "emergency-stop"), "an emergency stop does not hold");
      this.#checkMinOff(output, nowMs);
    }
    this.#checkHeaterSensor(shown.heater.requested, nowMs);
    const record = this.bench.store.outputs.get(TOP_OFF.id)?.openRun ?? null;
    must(shown.topOff.requested === 0 || record !== null, "a capped output is on without its record");
  }

  #checkMinOff(
    output: { channelId: string; requested: number; guards: { minOffS: number } },
    nowMs: number,
  ): void {
    const isOn = output.requested > 0;
    const wasOn = this.wasOn.get(output.channelId) ?? false;
    if (wasOn && !isOn) this.offSinceMs.set(output.channelId, nowMs);
    if (!wasOn && isOn) {
      const offSinceMs = this.offSinceMs.get(output.channelId);
      // An off is only seen at the end of a step, up to a cycle after it was commanded.
      const isRested = offSinceMs === undefined || nowMs - offSinceMs >= output.guards.minOffS * 1_000 - CYCLE_MS;
      must(isRested, "the shortest time off is broken");
      this.onSeenAtMs.set(output.channelId, nowMs);
    }
    this.wasOn.set(output.channelId, isOn);
  }

  /** Judged here from the bus alone, apart from the interlock under test; a probe may fall silent between two looks. */
  #checkHeaterSensor(requestedPct: number, nowMs: number): void {
    const heard = [DISPLAY, SUMP].map(({ id }) => this.bench.readings.latest(id)).filter((last) => last !== null);
    const isBrokenAt = (atMs: number) => {
      const good = heard.flatMap(({ reading, publishedAtMonotonicMs }) =>
        reading.quality === "good" && atMs - publishedAtMonotonicMs <= STALE_MS
          ? [reading.value ?? Number.NaN]
          : [],
      );
      return good.length === 0 || Math.max(...good) >= 28.5;
    };
    const silences = heard.flatMap(({ publishedAtMonotonicMs: atMs }) => [atMs + STALE_MS, atMs + STALE_MS + 1]);
    for (const atMs of [...silences.filter((ms) => ms > nowMs - CYCLE_MS && ms < nowMs), nowMs].sort(ascending)) {
      this.brokenSinceMs = isBrokenAt(atMs) ? (this.brokenSinceMs ?? atMs) : null;
    }
    const isTooLong = this.brokenSinceMs !== null && nowMs - this.brokenSinceMs > CYCLE_MS;
    must(!isTooLong || requestedPct === 0, "the heater is on against its interlock");
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}

test(`whatever happens in ${STEPS * RUNS} steps, no protection is ever broken`, { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const tank = await Tank.start();
      for (const next of steps) await tank.take(next);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});
