import { ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { Cancel, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import type { ControlService } from "./ports.ts";
import { type LoopDeps, ThermostatLoop } from "./thermostat-loop.ts";

/** How often a silent sensor is looked at, ms. */
const CYCLE_MS = 1_000;

/** Runs the loops: each decides on every reading of its sensors, and once a second in case they fall silent. */
export class ControlLoops implements ControlService, Stoppable {
  readonly #deps: LoopDeps;
  readonly #loops = new Map<LoopId, ThermostatLoop>();
  readonly #listeners = new Set<(loopId: LoopId) => void>();
  #bySensor: ReadonlyMap<ChannelId, readonly ThermostatLoop[]> = new Map();
  #cancels: readonly Cancel[] = [];

  constructor(deps: LoopDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { readings, clock } = this.#deps;
    this.#cancels = [
      readings.subscribe("control", ({ channelId }) => {
        this.#decide(this.#bySensor.get(channelId) ?? []);
      }),
      every(clock, CYCLE_MS, () => this.#decide(this.#loops.values())),
    ];
  }

  /** Lets go of every output: each falls to where it rests. */
  async stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
    for (const loop of this.#loops.values()) loop.letGo(null);
    this.#loops.clear();
    this.#bySensor = new Map();
  }

  configure(loops: readonly LoopConfig[]): void {
    const next = new Map(loops.map((config) => [config.id, config]));
    for (const [loopId, loop] of this.#loops) {
      const config = next.get(loopId) ?? null;
      loop.letGo(config);
      if (config === null) this.#loops.delete(loopId);
    }
    for (const config of loops) {
      const known = this.#loops.get(config.id);
      if (known === undefined) this.#loops.set(config.id, new ThermostatLoop(config, this.#deps));
      else known.reconfigure(config);
    }
    this.#bySensor = bySensor([...this.#loops.values()]);
    this.#decide(this.#loops.values());
  }

  onStateChange(listener: (loopId: LoopId) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @throws ReefFault not-found */
  stateOf(loopId: LoopId): LoopState {
    const loop = this.#loops.get(loopId);
    if (loop === undefined) throw new ReefFault("not-found", "There is no loop with this id.");
    return loop.state();
  }

  /** Every decision first, then the news of them. */
  #decide(loops: Iterable<ThermostatLoop>): void {
    const changed: LoopId[] = [];
    for (const loop of loops) if (loop.decide()) changed.push(loop.id);
    for (const id of changed) for (const listener of this.#listeners) this.#tell(listener, id);
  }

  /** What one listener throws keeps neither the others from hearing nor the loops from deciding. */
  #tell(listener: (loopId: LoopId) => void, loopId: LoopId): void {
    try {
      listener(loopId);
    } catch (error) {
      this.#deps.log.error({ error, loopId }, "a listener to a loop's state failed");
    }
  }
}

function bySensor(loops: readonly ThermostatLoop[]): ReadonlyMap<ChannelId, readonly ThermostatLoop[]> {
  const map = new Map<ChannelId, ThermostatLoop[]>();
  for (const loop of loops) {
    for (const channelId of loop.sensorChannelIds) map.set(channelId, [...(map.get(channelId) ?? []), loop]);
  }
  return map;
}
