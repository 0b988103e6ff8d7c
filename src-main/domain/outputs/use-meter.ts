/** A day, ms: the longest window anything is counted over. */
const LONGEST_MS = 86_400_000;
/** More runs than this in a day are told apart no longer: the oldest two become one. */
const MAX_RUNS = 400;

/** What was spent: seconds on, and mL where the flow was known. */
export interface Use {
  readonly onS: number;
  readonly ml: number;
}

/** One time on that is over. All times on one monotonic scale, ms. */
interface Run {
  readonly endMs: number;
  readonly onMs: number;
  readonly ml: number;
}

/** What outlives a restart: ages instead of instants, so that no clock is needed to read it. */
export interface KeptUse {
  readonly runs: readonly { readonly endedAgoMs: number; readonly onMs: number; readonly ml: number }[];
  readonly totalOnS: number;
  readonly totalMl: number;
}

/**
 * Counts how long something was on, and what it pumped, over windows that roll with the monotonic clock. Times are
 * given, never asked for.
 */
export class UseMeter {
  #runs: readonly Run[] = [];
  #on: { readonly sinceMs: number; readonly mlPerS: number } | null = null;
  #totalOnS = 0;
  #totalMl = 0;

  get isOn(): boolean {
    return this.#on !== null;
  }

  /** @param mlPerS what it pumps; 0: not known */
  note(isOn: boolean, atMs: number, mlPerS: number): void {
    if (isOn === this.isOn && mlPerS === (this.#on?.mlPerS ?? mlPerS)) return;
    if (this.#on !== null) {
      const onMs = atMs - this.#on.sinceMs;
      this.spend({ onS: onMs / 1_000, ml: (onMs / 1_000) * this.#on.mlPerS }, atMs);
    }
    this.#on = isOn ? { sinceMs: atMs, mlPerS } : null;
  }

  /** Counts a run that ends now. */
  spend({ onS, ml }: Use, atMs: number): void {
    this.#totalOnS += onS;
    this.#totalMl += ml;
    this.#add([...this.#runs, { endMs: atMs, onMs: onS * 1_000, ml }], atMs);
  }

  /** In the last `windowMs`, at most a day. */
  used(windowMs: number, atMs: number): Use {
    const fromMs = atMs - windowMs;
    let onMs = 0;
    let ml = 0;
    for (const run of this.#runsUntil(atMs)) {
      const insideMs = Math.min(run.onMs, run.endMs - fromMs);
      if (insideMs <= 0) continue;
      onMs += insideMs;
      ml += run.ml * (insideMs / run.onMs);
    }
    return { onS: onMs / 1_000, ml };
  }

  total(atMs: number): Use {
    const open = this.#open(atMs);
    return { onS: this.#totalOnS + (open?.onMs ?? 0) / 1_000, ml: this.#totalMl + (open?.ml ?? 0) };
  }

  /** How long until at least so much of one unit has left the window, ms, if it stays off; null: never. */
  freesInMs(
    windowMs: number,
    unit: "s" | "mL",
    { amount, atMs }: { amount: number; atMs: number },
  ): number | null {
    let left = amount;
    for (const run of this.#runsUntil(atMs)) {
      const insideMs = Math.min(run.onMs, run.endMs - (atMs - windowMs));
      if (insideMs <= 0) continue;
      const perMs = unit === "s" ? 1 / 1_000 : run.ml / run.onMs;
      const inside = insideMs * perMs;
      // The part inside the window leaves it from its beginning on.
      if (inside >= left) return run.endMs - insideMs + (perMs === 0 ? 0 : left / perMs) - (atMs - windowMs);
      left -= inside;
    }
    return null;
  }

  /** What is kept of it; a run that is not over counts as far as it went. */
  kept(atMs: number): KeptUse {
    const runs = this.#runsUntil(atMs).map(({ endMs, onMs, ml }) => ({ endedAgoMs: atMs - endMs, onMs, ml }));
    const { onS, ml } = this.total(atMs);
    return { runs, totalOnS: onS, totalMl: ml };
  }

  /** Takes up what was kept, `downtimeMs` ago. What was counted since stays. */
  restore(kept: KeptUse, downtimeMs: number, atMs: number): void {
    const before = kept.runs.map(({ endedAgoMs, onMs, ml }) => ({
      endMs: atMs - endedAgoMs - downtimeMs,
      onMs,
      ml,
    }));
    this.#totalOnS += kept.totalOnS;
    this.#totalMl += kept.totalMl;
    this.#add([...before, ...this.#runs], atMs);
  }

  #add(runs: readonly Run[], atMs: number): void {
    const young = runs.filter((run) => run.onMs > 0 && run.endMs > atMs - LONGEST_MS);
    const spare = young.length - MAX_RUNS;
    this.#runs = spare > 0 ? [merged(young.slice(0, spare + 1)), ...young.slice(spare + 1)] : young;
  }

  #runsUntil(atMs: number): readonly Run[] {
    const open = this.#open(atMs);
    return open === null ? this.#runs : [...this.#runs, open];
  }

  #open(atMs: number): Run | null {
    if (this.#on === null || atMs <= this.#on.sinceMs) return null;
    const onMs = atMs - this.#on.sinceMs;
    return { endMs: atMs, onMs, ml: (onMs / 1_000) * this.#on.mlPerS };
  }
}

/** One run as long as all of them together, at the end of the last: it leaves no window earlier than they would. */
function merged(runs: readonly Run[]): Run {
  return runs.reduce((sum, run) => ({ endMs: run.endMs, onMs: sum.onMs + run.onMs, ml: sum.ml + run.ml }));
}
