import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import { Quality, QualityReason, type Reading } from "#contract/readings.ts";
import type { JournalBatch } from "../journal/ports.ts";
import type { OutputEvent } from "../outputs/ports.ts";
import type { SpooledBatch } from "./protocol.ts";

/** Raised with every change of the layout; what an older program wrote stays readable. */
const VERSION = 1;
/** version, readings, bytes of the text at the end. */
const HEADER_BYTES = 16;
const F64_BYTES = 8;
const U16_BYTES = 2;

const QUALITIES = Quality.options;
const REASONS = QualityReason.options;
/** Bits of a reading's flags: 0–1 quality, 2–6 reason + 1 (0: none), then what its numbers are. */
const QUALITY_MASK = 3;
const REASON_SHIFT = 2;
const REASON_MASK = 0x1f;
const VALUE_IS_NULL = 1 << 7;
const RAW_IS_NULL = 1 << 8;
const RAW_IS_VALUE = 1 << 9;

/** A channel and the span its readings cover, s: together they repeat, so a reading names them by number. */
type Source = readonly [ChannelId, number];

type Columns = ReturnType<typeof columnsOf>;

function columnsOf(payload: ArrayBuffer, readings: number) {
  const f64 = (column: number) =>
    new Float64Array(payload, HEADER_BYTES + column * readings * F64_BYTES, readings);
  const afterF64 = HEADER_BYTES + 3 * readings * F64_BYTES;
  return {
    takenAtMs: f64(0),
    value: f64(1),
    raw: f64(2),
    source: new Uint16Array(payload, afterF64, readings),
    flags: new Uint16Array(payload, afterF64 + readings * U16_BYTES, readings),
    tailAt: afterF64 + 2 * readings * U16_BYTES,
  };
}

/** One buffer of columns: cheap to make on the main loop, and handed to the worker without a copy. */
export function encodeBatch({ sequence, readings, outputEvents }: JournalBatch): SpooledBatch {
  const { sources, numbers } = sourcesOf(readings);
  const tail = new TextEncoder().encode(JSON.stringify(outputEvents));
  const payload = new ArrayBuffer(columnsEnd(readings.length) + tail.byteLength);
  new Uint32Array(payload, 0, 3).set([VERSION, readings.length, tail.byteLength]);
  const columns = columnsOf(payload, readings.length);
  columns.source.set(numbers);
  readings.forEach((reading, i) => {
    columns.takenAtMs[i] = reading.takenAtMs;
    columns.value[i] = reading.value ?? 0;
    columns.raw[i] = reading.raw === reading.value ? 0 : (reading.raw ?? 0);
    columns.flags[i] = flagsOf(reading);
  });
  new Uint8Array(payload, columns.tailAt).set(tail);
  const rows = readings.length + outputEvents.length;
  return { sequence, rows, sources: sources.map((source) => JSON.stringify(source)), payload };
}

/** @throws ReefFault store-corrupt */
export function decodeBatch(batch: SpooledBatch): JournalBatch {
  try {
    return decoded(batch);
  } catch (error) {
    const message = `Batch ${batch.sequence} of the spool cannot be read (${messageOf(error)}); update the program.`;
    throw new ReefFault("store-corrupt", message, { cause: error });
  }
}

function decoded({ sequence, sources, payload }: SpooledBatch): JournalBatch {
  const [version = 0, count = 0, tailBytes = 0] = new Uint32Array(payload, 0, 3);
  if (version !== VERSION) throw new RangeError(`its layout ${version} is unknown`);
  const columns = columnsOf(payload, count);
  const text = new TextDecoder().decode(new Uint8Array(payload, columns.tailAt, tailBytes));
  const named = sources.map((source) => JSON.parse(source) as Source);
  const readings: Reading[] = [];
  for (let i = 0; i < count; i++) readings.push(readingAt(columns, named, i));
  return { sequence, readings, outputEvents: JSON.parse(text) as OutputEvent[] };
}

function readingAt(columns: Columns, sources: readonly Source[], i: number): Reading {
  const source = sources[at(columns.source, i)];
  if (source === undefined) throw new RangeError("it names an unknown channel");
  const flags = at(columns.flags, i);
  const value = (flags & VALUE_IS_NULL) === 0 ? at(columns.value, i) : null;
  return {
    channelId: source[0],
    takenAtMs: at(columns.takenAtMs, i),
    value,
    quality: QUALITIES[flags & QUALITY_MASK] ?? "bad",
    reason: REASONS[((flags >> REASON_SHIFT) & REASON_MASK) - 1] ?? null,
    raw: rawOf(flags, value, at(columns.raw, i)),
    coversS: source[1],
  };
}

function at(column: Float64Array | Uint16Array, i: number): number {
  return column[i] ?? 0;
}

function columnsEnd(readings: number): number {
  return HEADER_BYTES + readings * (3 * F64_BYTES + 2 * U16_BYTES);
}

function rawOf(flags: number, value: number | null, stored: number): number | null {
  if ((flags & RAW_IS_VALUE) !== 0) return value;
  return (flags & RAW_IS_NULL) === 0 ? stored : null;
}

function flagsOf({ value, raw, quality, reason }: Reading): number {
  return (
    QUALITIES.indexOf(quality) |
    ((reason === null ? 0 : REASONS.indexOf(reason) + 1) << REASON_SHIFT) |
    (value === null ? VALUE_IS_NULL : 0) |
    (raw === null ? RAW_IS_NULL : 0) |
    (raw === value ? RAW_IS_VALUE : 0)
  );
}

function sourcesOf(readings: readonly Reading[]): { sources: readonly Source[]; numbers: Uint16Array } {
  const sources: Source[] = [];
  const numbers = new Uint16Array(readings.length);
  const latest = new Map<ChannelId, number>();
  readings.forEach(({ channelId, coversS }, i) => {
    let number = latest.get(channelId);
    if (number === undefined || sources[number]?.[1] !== coversS) {
      number = sources.push([channelId, coversS]) - 1;
      latest.set(channelId, number);
    }
    numbers[i] = number;
  });
  if (sources.length > 0xffff)
    throw new ReefFault("internal", "A batch for the spool has more than 65,535 sources.");
  return { sources, numbers };
}
