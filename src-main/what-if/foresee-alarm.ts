import type { ChannelId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { AlarmPreview } from "#contract/what-if.ts";
import { AlarmEngine } from "../alarms/alarm-engine.ts";
import { SILENT_LOG } from "../platform/logger.ts";
import { VirtualClock } from "../platform/virtual-clock.ts";
import { ReadingsBus } from "../readings/readings-bus.ts";
import { play } from "./play.ts";
import type { AlarmTask, AnswerTo } from "./task.ts";

/** What an alarm would have said of what was recorded. */
export async function foreseeAlarm(task: AlarmTask): Promise<AnswerTo<AlarmTask>> {
  const clock = new VirtualClock(task.span.fromMs);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const channels = new Map(task.channels.map((channel) => [channel.id, channel]));
  const surroundings = { channelOf: (id: ChannelId) => channels.get(id) ?? null, lostDeviceOf: () => null };
  const engine = new AlarmEngine({ readings, clock, surroundings });
  const transitions: AlarmPreview["transitions"] = [];
  engine.onTransition(({ atMs, transition, value }) => {
    transitions.push({ at: instantFrom(atMs), transition, value });
  });
  engine.start();
  engine.configure([task.alarm]);
  const count = await play(task, { clock, readings });
  await engine.stop();
  const raised = transitions.filter(({ transition }) => transition === "raised").length;
  return { readings: count, raised, transitions };
}
