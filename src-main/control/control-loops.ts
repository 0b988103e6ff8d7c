import { ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopConfig, LoopState } from "#contract/loops.ts";
import type { Cancel, Stoppable } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { createLoop } from "./create-loop.ts";
import { type LoopLearning, learnedFiguresOf } from "./learned-figures.ts";
import type { ControlService } from "./ports.ts";

/** How often a silent sensor is looked at, ms. */
const CYCLE_MS = 1_000;

/**
 * What a tank around the loops adds; without one nothing is kept, the clock is right, there are no modes, sensors are
 * asked as they are, and the power has been there for ever.
 */
type Around = Pick<
  LoopDeps,
  "memory" | "isClockSynchronized" | "modes" | "systemVolumeL" | "hurry" | "startedAtMs"
>;
export type ControlLoopsDeps = Omit<LoopDeps, keyof Around | "peers"> & Partial<Around>;

const ALONE: Around = {
  memory: { load: async () => null, save: async () => undefined },
  isClockSynchronized: () => true,
  modes: {
    activeModeKinds: () => [],
    isOn: () => false,
    start: () => {
      throw new ReefFault("not-found", "There are no modes here.");
    },
  },
  systemVolumeL: () => null,
  hurry: () => null,
  startedAtMs: Number.NEGATIVE_INFINITY,
};

/** Runs the loops: each decides on every reading of its sensors, and once a second in case they fall silent. */
export class ControlLoops implements ControlService, Stoppable {
  readonly #deps: LoopDeps;
  readonly #loops = new Map<LoopId, ControlLoop>();
  readonly #listeners = new Set<(loopId: LoopId) => void>();
  #bySensor: ReadonlyMap<ChannelId, readonly ControlLoop[]> = new Map();
  #cancels: readonly Cancel[] = [];
  #configs: readonly LoopConfig[] = [];

  /** What the loops learned of the equipment they drive. */
  readonly learned: LoopLearning = learnedFiguresOf(() => this.#loops.values());

  constructor(deps: ControlLoopsDeps) {
    this.#deps = { ...ALONE, ...deps, peers: () => this.#configs };
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
    this.#configs = loops;
    const next = new Map(loops.map((config) => [config.id, config]));
    for (const [loopId, loop] of this.#loops) {
      const config = next.get(loopId) ?? null;
      const heir = config?.type === loop.type ? config : null;
      loop.letGo(heir);
      if (heir === null) this.#loops.delete(loopId);
    }
    for (const config of loops) {
      const known = this.#loops.get(config.id);
      if (known === undefined) this.#loops.set(config.id, createLoop(config, this.#deps));
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

  /** Resolves when that outlives a crash, or after 1 s. @throws ReefFault not-found, conflict: it doses from no container */
  async refill(loopId: LoopId): Promise<void> {
    const loop = this.#loops.get(loopId);
    if (loop === undefined) throw new ReefFault("not-found", "There is no loop with this id.");
    if (loop.refill === undefined) throw new ReefFault("conflict", "This loop doses from no container.");
    const kept = loop.refill();
    loop.decide();
    for (const listener of this.#listeners) this.#tell(listener, loopId);
    await kept;
  }

  /** Every decision first, then the news of them. */
  #decide(loops: Iterable<ControlLoop>): void {
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

function bySensor(loops: readonly ControlLoop[]): ReadonlyMap<ChannelId, readonly ControlLoop[]> {
  const map = new Map<ChannelId, ControlLoop[]>();
  for (const loop of loops) {
    for (const channelId of loop.inputChannelIds) map.set(channelId, [...(map.get(channelId) ?? []), loop]);
  }
  return map;
}
