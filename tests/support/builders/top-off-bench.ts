import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import { TopOffConfig } from "#contract/loops.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import { ControlLoops, type ControlLoopsDeps } from "#main/control/control-loops.ts";
import { newId } from "#main/platform/ids.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import type { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { type ArbiterBench, arbiterBench, started, withOutput } from "./arbiter-bench.ts";
import { channelConfig } from "./channel-config.ts";
import { outputChannel } from "./output-channel.ts";
import { readingOf } from "./reading.ts";

const level = (key: string, name: string) => channelConfig({ key, name, quantity: "level", role: "sump" });
export const LEVEL = level("level", "Sump level");
export const HIGH = level("high", "Sump high level");
export const RESERVOIR = level("reservoir", "Reservoir");
export const LEAK = channelConfig({ key: "leak", name: "Leak", quantity: "leak", role: "generic" });
const settings = outputChannel("top-off").output;
if (settings === null) throw new Error("a top-off is an output");
export const PUMP = outputChannel("top-off", {
  name: "Top-off",
  settings: {
    guards: { ...settings.guards, minOffS: 0 },
    equipment: { ...settings.equipment, flowMlPerS: 20 },
  },
});
export const RETURN = outputChannel("return-pump", { name: "Return pump" });
const CHANNELS: readonly ChannelConfig[] = [LEVEL, HIGH, RESERVOIR, LEAK, PUMP, RETURN];

/** A top-off with all of its sensors, on digital ones, but for what is said otherwise. */
export function topOffConfig(changes: Partial<TopOffConfig> = {}): TopOffConfig {
  return TopOffConfig.parse({
    id: newId(0),
    type: "top-off",
    name: "Top-off",
    pumpChannelId: PUMP.id,
    levelChannelId: LEVEL.id,
    ...changes,
  });
}

export interface TopOffBench extends ArbiterBench {
  readonly readings: ReadingsBus;
  readonly loops: ControlLoops;
  readonly pump: FakeActuator;
  /** What is asked more often at this moment. */
  readonly hurried: Set<ChannelId>;
  /** The modes that are on. */
  readonly modes: Set<ModeKind>;
  say(value: number, channelId?: ChannelId): void;
  lose(channelId?: ChannelId): void;
  /** Says the same of the level every second for so long. */
  hold(value: number, forS: number): Promise<void>;
}

/** A top-off pump and its return pump under the arbiter, with their loop; the power has been there for long. */
export async function topOffBench(
  around: Partial<Omit<ArbiterBench, "arbiter">> = {},
  tank: Partial<ControlLoopsDeps> = {},
): Promise<TopOffBench> {
  const bench = await started(arbiterBench(around));
  const { arbiter, clock, log } = bench;
  const readings = new ReadingsBus({ log, clock });
  const pump = await withOutput(bench, PUMP);
  await withOutput(bench, RETURN);
  const hurried = new Set<ChannelId>();
  const modes = new Set<ModeKind>();
  const loops = new ControlLoops({
    readings,
    outputs: arbiter,
    clock,
    log,
    channelOf: (id) => CHANNELS.find((channel) => channel.id === id) ?? null,
    timeZone: () => "UTC",
    modes: { activeModeKinds: () => [...modes], isOn: () => false, start: () => undefined },
    hurry: (id) => {
      hurried.add(id);
      return () => hurried.delete(id);
    },
    ...tank,
  });
  loops.start();
  const publish = (changes: Parameters<typeof readingOf>[0]) =>
    readings.publish(readingOf({ takenAtMs: clock.nowMs(), ...changes }));
  const say = (value: number, channelId = LEVEL.id) => publish({ channelId, value, raw: value });
  return {
    ...bench,
    readings,
    loops,
    pump,
    hurried,
    modes,
    say,
    lose: (channelId = LEVEL.id) => publish({ channelId, value: null, raw: null, quality: "bad", reason: "comm" }),
    hold: async (value, forS) => {
      for (let s = 0; s < forS; s++) {
        say(value);
        await clock.advance(1_000);
      }
    },
  };
}
