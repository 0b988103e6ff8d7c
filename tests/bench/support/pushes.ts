import type { ChannelId } from "#contract/ids.ts";
import type { ReadingsPublisher } from "#main/readings/ports.ts";
import { pause } from "./bench.ts";
import { toldAtMs } from "./push-drivers.ts";

const SHORTEST_GAP_MS = 15;
const LONGEST_GAP_MS = 25;
/** Either side of the limit that the benchmark's rule looks at. */
const BELOW = 0;
const ABOVE = 2;

/** One that moved nothing by then never will. */
const GIVE_UP_MS = 1_000;

/**
 * Pushes a reading across a limit so many times, 15 to 25 ms apart; one that takes longer than that is waited for.
 * @param events an even number, so that the last one is below again
 * @returns from the push until the relay's driver was called, ms each
 * @throws where a push moved nothing within a second
 */
export async function pushAcross(
  readings: ReadingsPublisher,
  channelId: ChannelId,
  events: number,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let i = 0; i < events; i++) {
    toldAtMs.length = 0;
    const value = i % 2 === 0 ? ABOVE : BELOW;
    const fromMs = performance.now();
    readings.publish({
      channelId,
      takenAtMs: Date.now(),
      value,
      quality: "good",
      reason: null,
      raw: value,
      coversS: 1,
    });
    await pause(SHORTEST_GAP_MS + Math.random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS));
    const giveUpMs = performance.now() + GIVE_UP_MS;
    while (toldAtMs.length === 0 && performance.now() < giveUpMs) await pause(1);
    const [atMs] = toldAtMs;
    if (atMs === undefined) throw new Error(`push ${i} to ${value} moved no relay`);
    latenciesMs.push(atMs - fromMs);
  }
  return latenciesMs;
}
