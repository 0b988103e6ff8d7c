import { pipeline, Readable } from "node:stream";
import { parse } from "csv-parse";
import { ReefFault } from "#contract/errors.ts";
import { ApexDatalogParser } from "./apex-datalog.ts";
import { type CsvReader, csvReaderFor } from "./csv-rows.ts";
import { fixedZone, type Zone } from "./local-times.ts";
import type { Recording } from "./recording.ts";
import { RecordingBuilder } from "./recording-builder.ts";
import { textChunks } from "./text-source.ts";

/** Enough to see a root element or a header line. */
const HEAD_CHARS = 1_024;
const MAX_ROW_CHARS = 65_536;
const APEX_ROOT = /^\s*(?:<[?!][^>]*>\s*)*<datalog[\s>]/i;

interface RecordingSource {
  readonly path: string;
  /** IANA zone of wall times that do not name theirs; UTC where left out. */
  readonly timezone?: string | undefined;
}

/**
 * Reads a recording: Neptune Apex `datalog.xml`, CSV `Date,Time,Probe,Type,Value`, or CSV `takenAt,channel,quantity,value,unit`,
 * plain or gzipped. The text streams through; what stays is 18 bytes a sample.
 * @throws ReefFault not-found, bus-io, invalid (none of these, no such zone), payload-too-large
 */
export async function openRecording({ path, timezone = "UTC" }: RecordingSource): Promise<Recording> {
  const builder = new RecordingBuilder();
  const zone = await zoneOf(timezone);
  const chunks = textChunks(path, () => builder.cutOff());
  try {
    const head = await headOf(chunks);
    const text = resumed(head, chunks);
    if (APEX_ROOT.test(head)) return await readApex(text, { builder, zone });
    return await readCsv(text, { builder, zone, path });
  } finally {
    await chunks.return(undefined);
  }
}

/** The zones' rules come with a large library and its tables: they are loaded where they are needed. */
async function zoneOf(timezone: string): Promise<Zone> {
  if (timezone === "UTC") return fixedZone(0);
  const { IanaZone } = await import("./iana-zone.ts");
  return new IanaZone(timezone);
}

async function headOf(chunks: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (head.length < HEAD_CHARS) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head += value;
  }
  return head;
}

async function* resumed(head: string, chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* chunks;
}

interface Into {
  readonly builder: RecordingBuilder;
  readonly zone: Zone;
}

async function readApex(text: AsyncIterable<string>, { builder, zone }: Into): Promise<Recording> {
  const parser = new ApexDatalogParser(builder, zone);
  for await (const chunk of text) parser.write(chunk);
  parser.end();
  return builder.build("apex-datalog");
}

async function readCsv(text: AsyncIterable<string>, into: Into & { readonly path: string }): Promise<Recording> {
  const { builder, path } = into;
  const rows = parse({
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARS,
    skip_records_with_error: true,
    on_skip: (error) => {
      builder.skip(error?.message ?? "a row does not parse");
      return undefined;
    },
  });
  // A failing source ends the rows with its own fault, which the loop below throws.
  pipeline(Readable.from(text), rows, () => undefined);
  let reader: CsvReader | null = null;
  for await (const row of rows as AsyncIterable<readonly string[]>) {
    if (reader !== null) reader.addRow(row);
    else {
      reader = csvReaderFor(row, into);
      if (reader === null) break;
    }
  }
  if (reader === null) {
    throw new ReefFault(
      "invalid",
      `${path} is no recording: neither an Apex datalog nor a CSV headed Date,Time,Probe,Type,Value or takenAt,channel,quantity,value,unit`,
    );
  }
  return builder.build(reader.format);
}
