import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";

const CHANNELS = 50;
const ALARMS = 1_000;
const SECONDS = 120;
const KINDS = ["low-low", "low", "high", "high-high", "bad-measurement", "stale", "rate-of-change"] as const;

/** Of one core, %: a thousand alarms of the offered kinds on fifty sensors at 1 Hz, on the process' own time of the processor. */
export async function alarmCpuPct(): Promise<number> {
  const clock = new VirtualClock(1_000_000);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const engine = new AlarmEngine({ readings, clock });
  engine.start();
  engine.configure(Array.from({ length: ALARMS }, (_, n) => definition(n)));
  const fromUs = process.cpuUsage();
  for (let second = 0; second < SECONDS; second++) {
    for (let n = 0; n < CHANNELS; n++) {
      const value = 25 + Math.sin(second + n);
      readings.publish(readingOf({ channelId: channelIdOf(n), value, takenAtMs: clock.nowMs() }));
    }
    await clock.advance(1_000);
  }
  const { user, system } = process.cpuUsage(fromUs);
  await engine.stop();
  return ((user + system) / 1e6 / SECONDS) * 100;
}

function definition(n: number) {
  const kind = KINDS[n % KINDS.length] ?? "high";
  const isLow = kind === "low" || kind === "low-low";
  const limit = { setpoint: isLow ? 10 : 40, windowS: null };
  const none = { setpoint: null, windowS: null };
  const rate = { setpoint: 20, windowS: 1_800 };
  const input = kind === "rate-of-change" ? rate : kind === "stale" || kind === "bad-measurement" ? none : limit;
  return alarm(n, { kind, channelId: channelIdOf(n % CHANNELS), ...input });
}
