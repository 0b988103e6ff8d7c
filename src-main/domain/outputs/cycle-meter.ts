const MIN_MS = 60_000;
const DAY_MIN = 1_440;

/** What outlives a restart: how many minutes ago how many starts, newest last, and all there ever were. */
export interface KeptCycles {
  readonly total: number;
  readonly startsAgo: readonly (readonly [agoMin: number, starts: number])[];
}

/** Counts starts by the minute, over the last day and in all. Times are given, on one monotonic scale, ms. */
export class CycleMeter {
  readonly #starts = new Map<number, number>();
  #total = 0;
  /** What was counted in the minute it was last asked in, by window. */
  readonly #asked = new Map<number, number>();
  #askedMinute = Number.NaN;

  get total(): number {
    return this.#total;
  }

  start(atMs: number): void {
    const minute = Math.floor(atMs / MIN_MS);
    this.#total += 1;
    this.#asked.clear();
    this.#starts.set(minute, (this.#starts.get(minute) ?? 0) + 1);
    for (const old of this.#starts.keys()) {
      if (minute - old <= DAY_MIN) break;
      this.#starts.delete(old);
    }
  }

  /** Starts in the last `windowMin`, by whole minutes. */
  startsLast(windowMin: number, atMs: number): number {
    const minute = Math.floor(atMs / MIN_MS);
    if (minute !== this.#askedMinute) this.#asked.clear();
    this.#askedMinute = minute;
    const known = this.#asked.get(windowMin);
    if (known !== undefined) return known;
    let sum = 0;
    for (const [at, starts] of this.#starts) if (minute - at < windowMin) sum += starts;
    this.#asked.set(windowMin, sum);
    return sum;
  }

  kept(atMs: number): KeptCycles {
    const minute = Math.floor(atMs / MIN_MS);
    return {
      total: this.#total,
      startsAgo: [...this.#starts].map(([at, starts]) => [minute - at, starts] as const),
    };
  }

  /** Takes up what was kept, `downtimeMs` ago; what was counted since stays. */
  restore(kept: KeptCycles, downtimeMs: number, atMs: number): void {
    const since = [...this.#starts];
    const minute = Math.floor((atMs - downtimeMs) / MIN_MS);
    this.#starts.clear();
    this.#asked.clear();
    for (const [agoMin, starts] of kept.startsAgo) this.#starts.set(minute - agoMin, starts);
    for (const [at, starts] of since) this.#starts.set(at, (this.#starts.get(at) ?? 0) + starts);
    this.#total += kept.total;
  }
}
