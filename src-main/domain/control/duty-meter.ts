const HOUR_MS = 3_600_000;
/** A share of less than this is no figure yet, ms. */
const SETTLED_AFTER_MS = 60_000;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Share of the last hour something was asked to be on. All times on one monotonic scale, ms. */
export class DutyMeter {
  readonly #startedAtMs: number;
  #spans: readonly Span[] = [];
  #onSinceMs: number | null = null;

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  note(isOn: boolean, atMs: number): void {
    if (isOn === (this.#onSinceMs !== null)) return;
    if (this.#onSinceMs !== null) {
      const span = { fromMs: this.#onSinceMs, toMs: atMs };
      this.#spans = [...this.#spans.filter(({ toMs }) => toMs > atMs - HOUR_MS), span];
    }
    this.#onSinceMs = isOn ? atMs : null;
  }

  /** %, 0 to 100; null until it ran a minute. */
  dutyPct(atMs: number): number | null {
    const fromMs = Math.max(this.#startedAtMs, atMs - HOUR_MS);
    if (atMs - this.#startedAtMs < SETTLED_AFTER_MS) return null;
    const open = this.#onSinceMs === null ? [] : [{ fromMs: this.#onSinceMs, toMs: atMs }];
    const onMs = [...this.#spans, ...open].reduce(
      (sum, span) => sum + Math.max(0, span.toMs - Math.max(fromMs, span.fromMs)),
      0,
    );
    return (onMs / (atMs - fromMs)) * 100;
  }
}
