import { slopeOf } from "./statistics.ts";

export interface GridFaults {
  /** Samples less than half a period after the one before. */
  readonly doubled: number;
  /** Periods without a sample. */
  readonly missed: number;
  /** The whole grid's, against the monotonic clock. */
  readonly driftPpm: number;
}

/** When each device was sampled, by performance.now(). */
export class SampleTimes {
  readonly #times: number[][];

  constructor(devices: number) {
    this.#times = Array.from({ length: devices }, () => []);
  }

  note(device: number): void {
    this.#times[device]?.push(performance.now());
  }

  /** Forgets what was before. */
  begin(): void {
    for (const times of this.#times) times.length = 0;
  }

  ofDevices(): readonly (readonly number[])[] {
    return this.#times;
  }

  /**
   * How late every sample was, ms, on its device's own grid. No poller is early, so the grid is where the least late one
   * stands; the two sides are measured alike.
   */
  latenessMs(periodMs: number): number[] {
    return this.#times.flatMap((times) => {
      const phases = phasesOf(times, periodMs);
      const onTime = Math.min(...phases);
      return phases.map((phase) => phase - onTime);
    });
  }
}

export function gridFaultsOf(times: SampleTimes, periodMs: number): GridFaults {
  let doubled = 0;
  let missed = 0;
  const points: { x: number; y: number }[] = [];
  for (const device of times.ofDevices()) {
    for (const [i, at] of device.entries()) {
      const gap = at - (device[i - 1] ?? at - periodMs);
      if (gap < periodMs / 2) doubled++;
      if (gap > 1.5 * periodMs) missed += Math.round(gap / periodMs) - 1;
    }
    const [first = 0] = device;
    for (const [i, phase] of phasesOf(device, periodMs).entries())
      points.push({ x: i * periodMs, y: phase - (first % periodMs) });
  }
  return { doubled, missed, driftPpm: 1e6 * slopeOf(points) };
}

/** Each sample's distance from its slot, slots counted from the first. */
function phasesOf(times: readonly number[], periodMs: number): number[] {
  const [first = 0] = times;
  return times.map((at) => at - Math.round((at - first) / periodMs) * periodMs);
}
