import { setImmediate as nextTurn } from "node:timers/promises";
import type { Quantity } from "#contract/quantities.ts";

export interface RecordedChannel {
  /** Kebab-case, unique within the recording. */
  readonly key: string;
  /** As recorded. */
  readonly name: string;
  readonly quantity: Quantity;
  /** The quantity's stored unit; values are converted to it. */
  readonly unit: string;
  readonly sampleCount: number;
  /** Median spacing of its samples, ms. */
  readonly nominalIntervalMs: number;
  /** A sample older than this, ms, means that nothing was recorded: half as much again as the longest usual spacing. */
  readonly gapMs: number;
}

export interface RecordedSample {
  /** The channel's name as recorded. */
  readonly channel: string;
  readonly key: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly value: number;
}

/** Everything recorded at one instant. */
export interface RecordedInstant {
  /** Epoch, UTC. */
  readonly atMs: number;
  readonly samples: readonly RecordedSample[];
}

/** What was passed over while reading. */
export interface RecordingProblems {
  /** Rows, records or probes that do not parse. */
  readonly illRows: number;
  /** Values that are no number: the sample is missing. */
  readonly missingValues: number;
  /** Second samples of a channel at one instant; the first counts. */
  readonly duplicates: number;
  /** How often each type or quantity that we do not know occurred. */
  readonly unknownTypes: Readonly<Record<string, number>>;
  /** The file ends in its middle. */
  readonly isCutOff: boolean;
  /** The first few ill rows, in words. */
  readonly examples: readonly string[];
}

export type RecordingFormat = "apex-datalog" | "csv-probes" | "csv-channels";

/** Samples in time order, 18 bytes each; the sample `i` belongs to `channels[channelOf[i]]`. */
export interface RecordingColumns {
  readonly atMs: Float64Array;
  readonly channelOf: Uint16Array;
  readonly value: Float64Array;
}

const INSTANTS_A_TURN = 256;

/** A recording in memory, in time order and without duplicates. At least one sample. */
export class Recording {
  readonly format: RecordingFormat;
  readonly channels: readonly RecordedChannel[];
  readonly problems: RecordingProblems;
  readonly columns: RecordingColumns;

  constructor(parts: Pick<Recording, "format" | "channels" | "problems" | "columns">) {
    this.format = parts.format;
    this.channels = parts.channels;
    this.problems = parts.problems;
    this.columns = parts.columns;
  }

  get sampleCount(): number {
    return this.columns.atMs.length;
  }

  /** Epoch, UTC. */
  get firstAtMs(): number {
    return this.columns.atMs[0] ?? 0;
  }

  /** Epoch, UTC. */
  get lastAtMs(): number {
    return this.columns.atMs.at(-1) ?? 0;
  }

  /** Every instant with its samples, in time order. Leaves the event loop room between them. */
  async *records(): AsyncGenerator<RecordedInstant> {
    const { atMs } = this.columns;
    for (let from = 0, turn = 1; from < atMs.length; turn++) {
      let to = from + 1;
      while (to < atMs.length && atMs[to] === atMs[from]) to++;
      yield { atMs: atMs[from] ?? 0, samples: this.#samplesIn(from, to) };
      from = to;
      if (turn % INSTANTS_A_TURN === 0) await nextTurn();
    }
  }

  #samplesIn(from: number, to: number): readonly RecordedSample[] {
    const { channelOf, value } = this.columns;
    const samples: RecordedSample[] = [];
    for (let i = from; i < to; i++) {
      const channel = this.channels[channelOf[i] ?? 0];
      if (channel === undefined) continue;
      const { key, name, quantity, unit } = channel;
      samples.push({ channel: name, key, quantity, unit, value: value[i] ?? 0 });
    }
    return samples;
  }
}
