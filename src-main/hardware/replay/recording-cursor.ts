import type { Recording } from "./recording.ts";

/** Every channel's most recent sample at an instant that moves; cheap while it moves forward. */
export class RecordingCursor {
  readonly #recording: Recording;
  readonly #latestAtMs: Float64Array;
  readonly #latest: Float64Array;
  #nextIndex = 0;
  #atMs = Number.NEGATIVE_INFINITY;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#latestAtMs = new Float64Array(recording.channels.length).fill(Number.NEGATIVE_INFINITY);
    this.#latest = new Float64Array(recording.channels.length);
  }

  /** @param atMs epoch, UTC, on the recording's own time line; may lie outside it */
  moveTo(atMs: number): void {
    if (atMs < this.#atMs) this.#rewind();
    this.#atMs = atMs;
    const { columns } = this.#recording;
    for (; this.#nextIndex < columns.atMs.length; this.#nextIndex++) {
      const sampleAtMs = columns.atMs[this.#nextIndex] ?? 0;
      if (sampleAtMs > atMs) return;
      const channel = columns.channelOf[this.#nextIndex] ?? 0;
      this.#latestAtMs[channel] = sampleAtMs;
      this.#latest[channel] = columns.value[this.#nextIndex] ?? 0;
    }
  }

  /** @param index of the channel @returns null where nothing was recorded for longer than the channel's gap */
  valueOf(index: number): number | null {
    const gapMs = this.#recording.channels[index]?.gapMs ?? 0;
    const ageMs = this.#atMs - (this.#latestAtMs[index] ?? Number.NEGATIVE_INFINITY);
    return ageMs <= gapMs ? (this.#latest[index] ?? null) : null;
  }

  #rewind(): void {
    this.#nextIndex = 0;
    this.#latestAtMs.fill(Number.NEGATIVE_INFINITY);
  }
}
