import type { ChannelId } from "#contract/ids.ts";
import type { ReadingsPublisher } from "#main/readings/ports.ts";
import { pause } from "./bench.ts";
import { toldAtMs } from "./push-drivers.ts";

/** An even number, so that the last one is below again. */
const EVENTS = 600;
const SHORTEST_GAP_MS = 15;
const LONGEST_GAP_MS = 25;
/** Either side of the limit that the benchmark's rule looks at. */
const BELOW = 0;
const ABOVE = 2;

/**
 * Pushes a reading across a limit so many times, 15 to 25 ms apart, and waits each time for the relay's driver.
 * @returns from the push until the driver was called, ms each
 * @throws where a push moved nothing before the next was due
 */
export async function pushAcross(readings: ReadingsPublisher, channelId: ChannelId): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let i = 0; i < EVENTS; i++) {
    await pause(SHORTEST_GAP_MS + Math.random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS));
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
    await pause(SHORTEST_GAP_MS - 5);
    const [atMs] = toldAtMs;
    if (atMs === undefined) throw new Error(`push ${i} to ${value} moved no relay`);
    latenciesMs.push(atMs - fromMs);
  }
  return latenciesMs;
}
