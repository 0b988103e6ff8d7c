import type { AlarmId, ChannelId } from "#contract/ids.ts";
import type { ApiServices } from "#main/api/context.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { pause } from "./bench.ts";

const CROSSINGS = 200;
/** Between two, at least, ms. */
export const GAP_MS = 20;

/** One limit crossed: when it was pushed, and when it was durable, both on the machine's clock, ms. */
export interface Crossing {
  readonly pushedAtMs: number;
  readonly durableAtMs: number;
}

/** The machine's clock, as finely as it goes: the same in every process. */
export const machineMs = (): number => performance.timeOrigin + performance.now();

/** Pushes readings to either side of an alarm's limit, each once the one before is durable. */
export async function crossLimits(
  { readings, alarms }: Pick<ApiServices, "readings" | "alarms">,
  channelId: ChannelId,
  alarmId: AlarmId,
): Promise<Crossing[]> {
  const crossings: Crossing[] = [];
  for (let n = 0; n < CROSSINGS; n++) {
    const durable = new Promise<number>((resolve) => {
      const cancel = alarms.onChange((id) => {
        if (id !== alarmId) return;
        cancel();
        resolve(machineMs());
      });
    });
    const pushedAtMs = machineMs();
    readings.publish(readingOf({ channelId, value: n % 2 === 0 ? 2 : 0, takenAtMs: Date.now() }));
    crossings.push({ pushedAtMs, durableAtMs: await durable });
    await pause(GAP_MS + (n % 10));
  }
  return crossings;
}
