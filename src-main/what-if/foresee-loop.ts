import type { ChannelConfig } from "#contract/channels.ts";
import { Equipment } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LoopState } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import type { LevelStep, LoopPreview } from "#contract/what-if.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { ControlLoops } from "../control/control-loops.ts";
import { Arbiter } from "../outputs/arbiter.ts";
import { LoopInterlocks } from "../outputs/interlocks/loop-interlocks.ts";
import { NOTHING_KEPT } from "../outputs/nothing-kept.ts";
import { SILENT_LOG } from "../platform/logger.ts";
import { VirtualClock } from "../platform/virtual-clock.ts";
import { ReadingsBus } from "../readings/readings-bus.ts";
import { outputRecord } from "./output-record.ts";
import { obedientRelay, registerPast } from "./past-outputs.ts";
import { play } from "./play.ts";
import type { AnswerTo, LoopTask } from "./task.ts";

/** What a loop would have done: the real loop, arbiter and interlocks on what was recorded, with relays that obey. */
export async function foreseeLoop(task: LoopTask): Promise<AnswerTo<LoopTask>> {
  const clock = new VirtualClock(task.span.fromMs);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const outputs = new Arbiter({
    store: NOTHING_KEPT,
    events: { append: () => undefined },
    clock,
    log: SILENT_LOG,
  });
  await outputs.start();
  const channelOf = (id: ChannelId) => task.channels.find((channel) => channel.id === id) ?? null;
  const loops = new ControlLoops({
    readings,
    outputs,
    clock,
    log: SILENT_LOG,
    channelOf,
    timeZone: () => task.timeZone,
    systemVolumeL: () => task.systemVolumeL,
  });
  const interlocks = new LoopInterlocks({ readings, outputs, clock, learned: loops.learned });
  const mine = outputsOf(task.loop);
  const would = new Map(mine.map((id) => [id, [] as LevelStep[]]));
  outputs.onChange(({ channelId, requested }) => note(would.get(channelId), requested, clock.nowMs()));
  const states: LoopPreview["states"] = [];
  loops.onStateChange((id) => noteState(states, loops.stateOf(id), clock.nowMs()));
  interlocks.configure({
    loops: [task.loop],
    channels: task.channels,
    tank: { systemVolumeL: task.systemVolumeL },
  });
  for (const id of new Set([...mine, ...inputsOf(task.loop)])) {
    const channel = channelOf(id);
    if (channel === null || channel.kind === "sensor") continue;
    if (mine.includes(id)) await outputs.register(asDriven(channel), obedientRelay());
    else await registerPast(channel, task.did, { outputs, clock });
  }
  loops.start();
  loops.configure([task.loop]);
  const count = await play(task, { clock, readings });
  const last = loops.stateOf(task.loop.id);
  await loops.stop();
  return {
    readings: count,
    states,
    last,
    outputs: mine.map((channelId) => ({
      channelId,
      name: channelOf(channelId)?.name ?? "",
      would: outputRecord(would.get(channelId) ?? [], task.span.toMs),
      did: outputRecord(task.did.get(channelId) ?? [], task.span.toMs),
    })),
  };
}

/** With its own guards, and without what only real equipment can say: its power, its lease, its master. */
function asDriven(channel: ChannelConfig): ChannelConfig {
  const output = channel.output ?? defaultOutputSettings("generic");
  const { flowMlPerS } = output.equipment;
  const equipment = { ...Equipment.parse({}), flowMlPerS };
  return { ...channel, output: { ...output, guards: { ...output.guards, leaseS: null }, equipment } };
}

function note(steps: LevelStep[] | undefined, level: number, atMs: number): void {
  if (steps === undefined || steps.at(-1)?.level === level) return;
  steps.push({ at: instantFrom(atMs), level });
}

function noteState(states: LoopPreview["states"], { state, text }: LoopState, atMs: number): void {
  if (states.at(-1)?.state === state) return;
  states.push({ at: instantFrom(atMs), state, text });
}
