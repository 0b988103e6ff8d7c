import { ReefFault } from "#contract/errors.ts";
import { type Quantity, UNIT_OF } from "#contract/quantities.ts";
import { intervalsOf } from "./intervals.ts";
import type { RecordedQuantity } from "./recorded-quantities.ts";
import { type RecordedChannel, Recording, type RecordingColumns, type RecordingFormat } from "./recording.ts";
import { settleTemperatureScale } from "./temperature-scale.ts";
import { type DraftColumns, inTimeOrder } from "./time-order.ts";

/** 360 MB of columns; some 60 years of one probe every minute, a year of thirty every two. */
const MAX_SAMPLES = 20_000_000;
const MAX_CHANNELS = 65_535;
const MAX_EXAMPLES = 5;

interface Draft {
  readonly name: string;
  readonly quantity: Quantity;
  readonly hasUnknownScale: boolean;
}

/** Gathers a recording's samples in any order, and counts what it had to pass over. */
export class RecordingBuilder {
  readonly #channels: Draft[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #unknownTypes = new Map<string, number>();
  readonly #examples: string[] = [];
  #columns: DraftColumns = {
    atMs: new Float64Array(4_096),
    channelOf: new Uint16Array(4_096),
    value: new Float64Array(4_096),
  };
  #length = 0;
  #illRows = 0;
  #missingValues = 0;
  #isCutOff = false;

  /** @param text the value as written: what is no number is a missing sample @throws ReefFault payload-too-large */
  add(sample: {
    readonly atMs: number;
    readonly name: string;
    readonly of: RecordedQuantity;
    readonly text: string;
  }): void {
    const text = sample.text.trim();
    const value = text === "" ? Number.NaN : Number(text) * sample.of.factor;
    if (!Number.isFinite(value)) {
      this.#missingValues++;
      return;
    }
    const channel = this.#channelIndex(sample.name, sample.of);
    const i = this.#length++;
    if (i === this.#columns.atMs.length) this.#grow();
    this.#columns.atMs[i] = sample.atMs;
    this.#columns.channelOf[i] = channel;
    this.#columns.value[i] = value;
  }

  /** A row that cannot be used. */
  skip(why: string): void {
    this.#illRows++;
    if (this.#examples.length < MAX_EXAMPLES) this.#examples.push(why);
  }

  /** A row whose type or quantity is not ours. */
  skipType(type: string): void {
    this.#unknownTypes.set(type, (this.#unknownTypes.get(type) ?? 0) + 1);
  }

  cutOff(): void {
    this.#isCutOff = true;
  }

  /** @throws ReefFault invalid where nothing usable was found */
  async build(format: RecordingFormat): Promise<Recording> {
    if (this.#length === 0) {
      const why = this.#examples[0] ?? "it has no reading";
      throw new ReefFault("invalid", `The recording holds nothing that can be replayed: ${why}`);
    }
    const { columns, duplicateCount } = await inTimeOrder(this.#columns, this.#length, this.#channels.length);
    const isUnknown = this.#channels.map((channel) => channel.hasUnknownScale);
    settleTemperatureScale(columns, isUnknown);
    const problems = {
      illRows: this.#illRows,
      missingValues: this.#missingValues,
      duplicates: duplicateCount,
      unknownTypes: Object.fromEntries(this.#unknownTypes),
      isCutOff: this.#isCutOff,
      examples: this.#examples,
    };
    return new Recording({ format, channels: this.#describe(columns), problems, columns });
  }

  #channelIndex(name: string, { quantity, hasUnknownScale }: RecordedQuantity): number {
    const id = `${quantity} ${name}`;
    const known = this.#indexOf.get(id);
    if (known !== undefined) return known;
    if (this.#channels.length === MAX_CHANNELS) {
      throw new ReefFault("payload-too-large", `The recording has more than ${MAX_CHANNELS} channels; split it`);
    }
    this.#indexOf.set(id, this.#channels.length);
    return this.#channels.push({ name, quantity, hasUnknownScale }) - 1;
  }

  #grow(): void {
    const length = this.#length * 2;
    if (this.#length > MAX_SAMPLES) {
      throw new ReefFault("payload-too-large", `The recording has more than ${MAX_SAMPLES} samples; split it`);
    }
    const grown = {
      atMs: new Float64Array(length),
      channelOf: new Uint16Array(length),
      value: new Float64Array(length),
    };
    grown.atMs.set(this.#columns.atMs);
    grown.channelOf.set(this.#columns.channelOf);
    grown.value.set(this.#columns.value);
    this.#columns = grown;
  }

  #describe(columns: RecordingColumns): readonly RecordedChannel[] {
    const keys = new Set<string>();
    const intervals = intervalsOf(columns, this.#channels.length);
    return this.#channels.map(({ name, quantity }, i) => {
      const key = freeKey(keys, name, quantity);
      const { sampleCount = 0, nominalIntervalMs = 0, gapMs = 0 } = intervals[i] ?? {};
      return { key, name, quantity, unit: UNIT_OF[quantity], sampleCount, nominalIntervalMs, gapMs };
    });
  }
}

function freeKey(taken: Set<string>, name: string, quantity: Quantity): string {
  const slug =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "") || quantity;
  let key = taken.has(slug) ? `${slug}-${quantity}` : slug;
  for (let n = 2; taken.has(key); n++) key = `${slug}-${quantity}-${n}`;
  taken.add(key);
  return key;
}
