import type { ChannelConfig } from "#contract/channels.ts";
import { Equipment } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import { DoserConfig, type LoopConfig, type LoopState } from "#contract/loops.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import { ControlLoops } from "#main/control/control-loops.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { FakeControlMemory } from "#tests/fakes/fake-control-memory.ts";
import { type ArbiterBench, arbiterBench, started, withOutput } from "./arbiter-bench.ts";
import { channelConfig } from "./channel-config.ts";
import { outputChannel } from "./output-channel.ts";
import { readingOf } from "./reading.ts";

/** mL/s. */
export const FLOW = 0.5;
const equipment = Equipment.parse({ flowMlPerS: FLOW });

export const ALK_PUMP = outputChannel("doser", { name: "Alkalinity pump", settings: { equipment } });
export const CALCIUM_PUMP = outputChannel("doser", { name: "Calcium pump", settings: { equipment } });
export const BARE_PUMP = outputChannel("doser", { name: "New pump" });
export const RETURN_PUMP = outputChannel("return-pump", { name: "Return pump" });
export const LIGHT = outputChannel("light", { name: "Light", kind: "dimmer" });
export const FAN = outputChannel("fan", { name: "Fan" });
export const PH = channelConfig({ name: "pH", quantity: "ph" });
export const WATER = channelConfig({ name: "Water" });
export const DOSER_CHANNELS: readonly ChannelConfig[] = [
  ALK_PUMP,
  CALCIUM_PUMP,
  BARE_PUMP,
  RETURN_PUMP,
  LIGHT,
  FAN,
  PH,
  WATER,
];

/** 2.5 mL every 5 min, 5 s of its pump, but for what is said otherwise. */
export function doserConfig(changes: Partial<DoserConfig> = {}): DoserConfig {
  return DoserConfig.parse({
    id: newId(0),
    type: "doser",
    name: "Alkalinity",
    pumpChannelId: ALK_PUMP.id,
    mlPerDay: 720,
    dosesPerDay: 288,
    ...changes,
  });
}

interface Around extends Partial<Omit<ArbiterBench, "arbiter">> {
  readonly memory?: FakeControlMemory;
  readonly timeZone?: string;
  /** The outputs there are; left out: all of them. */
  readonly outputs?: readonly ChannelConfig[];
}

/** A tank's dosers and rules under the real arbiter. `again` is the same machine after a power cut of so long. */
export interface DoserBench extends ArbiterBench {
  readonly loops: ControlLoops;
  readonly memory: FakeControlMemory;
  readonly sync: { isRight: boolean };
  readonly modes: { kinds: ModeKind[]; started: string[]; failure: Error | null };
  say(channelId: ChannelId, value: number | null): void;
  state<T extends LoopState["type"]>(loop: LoopConfig & { type: T }): Extract<LoopState, { type: T }>;
  /** How often a pump was switched on, and for how long in all, s. */
  ran(channelId: ChannelId): { readonly starts: number; readonly onS: number };
}

interface Span {
  readonly fromMs: number;
  toMs: number | null;
}

/** A relay that remembers when it was on. */
function timedActuator(clock: VirtualClock) {
  const spans: Span[] = [];
  const actuator = new FakeActuator(0, (levelPct) => {
    const open = spans.find(({ toMs }) => toMs === null);
    if (levelPct > 0 && open === undefined) spans.push({ fromMs: clock.monotonicMs(), toMs: null });
    if (levelPct === 0 && open !== undefined) open.toMs = clock.monotonicMs();
  });
  return { actuator, spans };
}

export async function doserBench(around: Around = {}): Promise<DoserBench> {
  const bench = await started(arbiterBench(around));
  const { arbiter, clock, log } = bench;
  const readings = new ReadingsBus({ log, clock });
  const memory = around.memory ?? new FakeControlMemory();
  const pumps = new Map<ChannelId, ReturnType<typeof timedActuator>>();
  for (const channel of around.outputs ?? DOSER_CHANNELS.filter(({ kind }) => kind !== "sensor")) {
    const pump = timedActuator(clock);
    pumps.set(channel.id, pump);
    await withOutput(bench, channel, pump.actuator);
  }
  const sync = { isRight: true };
  const modes = { kinds: [] as ModeKind[], started: [] as string[], failure: null as Error | null };
  const loops = new ControlLoops({
    readings,
    outputs: arbiter,
    clock,
    log,
    memory,
    channelOf: (id) => DOSER_CHANNELS.find((channel) => channel.id === id) ?? null,
    timeZone: () => around.timeZone ?? "UTC",
    isClockSynchronized: () => sync.isRight,
    modes: {
      activeModeKinds: () => modes.kinds,
      isOn: (modeId) => modes.started.includes(modeId),
      start: (modeId, by) => {
        if (modes.failure !== null) throw modes.failure;
        modes.started.push(modeId, by);
      },
    },
  });
  loops.start();
  await clock.advance(5_000);
  return {
    ...bench,
    loops,
    memory,
    sync,
    modes,
    say: (channelId, value) =>
      readings.publish(
        readingOf({
          channelId,
          value,
          raw: value,
          takenAtMs: clock.nowMs(),
          ...(value === null ? { quality: "bad", reason: "comm" } : {}),
        }),
      ),
    state: (loop) => loops.stateOf(loop.id) as never,
    ran: (channelId) => {
      const spans = pumps.get(channelId)?.spans ?? [];
      const onMs = spans.reduce((sum, { fromMs, toMs }) => sum + (toMs ?? clock.monotonicMs()) - fromMs, 0);
      return { starts: spans.length, onS: onMs / 1_000 };
    },
  };
}

/** The same machine after a power cut of so long: what was durable is there, and the pumps are as their plugs were left. */
export function afterPowerCut(
  before: DoserBench,
  downMs: number,
  outputs: readonly ChannelConfig[] = [ALK_PUMP, RETURN_PUMP],
): Promise<DoserBench> {
  return doserBench({
    outputs,
    store: before.store,
    memory: before.memory.copy(),
    clock: new VirtualClock(before.clock.nowMs() + downMs),
  });
}
