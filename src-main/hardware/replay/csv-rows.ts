import { WallTimes, wallMsFrom, type Zone } from "./local-times.ts";
import { celsiusFrom, quantityOfApexType, quantityOfUnit } from "./recorded-quantities.ts";
import type { RecordingFormat } from "./recording.ts";
import type { RecordingBuilder } from "./recording-builder.ts";

/** Takes the rows of one table, header already seen. */
export interface CsvReader {
  readonly format: RecordingFormat;
  addRow(row: readonly string[]): void;
}

const PROBE_COLUMNS = ["date", "time", "probe", "type", "value"] as const;
const CHANNEL_COLUMNS = ["takenat", "channel", "quantity", "value", "unit"] as const;
const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** @returns null where the header is that of no recording */
export function csvReaderFor(
  header: readonly string[],
  parts: { readonly builder: RecordingBuilder; readonly zone: Zone },
): CsvReader | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const probeColumns = positions(names, PROBE_COLUMNS);
  if (probeColumns !== null) return new ProbeRows(probeColumns, parts);
  const channelColumns = positions(names, CHANNEL_COLUMNS);
  return channelColumns === null ? null : new ChannelRows(channelColumns, parts);
}

function positions(names: readonly string[], wanted: readonly string[]): readonly number[] | null {
  const found = wanted.map((name) => names.indexOf(name));
  return found.every((index) => index >= 0) ? found : null;
}

/** `Date,Time,Probe,Type,Value`: wall times of one zone, Apex's types. */
class ProbeRows implements CsvReader {
  readonly format = "csv-probes";
  readonly #columns: readonly number[];
  readonly #builder: RecordingBuilder;
  readonly #times: WallTimes;

  constructor(
    columns: readonly number[],
    { builder, zone }: { readonly builder: RecordingBuilder; readonly zone: Zone },
  ) {
    this.#columns = columns;
    this.#builder = builder;
    this.#times = new WallTimes(zone);
  }

  addRow(row: readonly string[]): void {
    const [date = "", time = "", name = "", type = "", text] = this.#columns.map((column) => row[column]?.trim());
    const wallMs = wallMsFrom(date, time);
    if (wallMs === null || name === "" || text === undefined) {
      this.#builder.skip(`${JSON.stringify(row.join(","))} is no Date,Time,Probe,Type,Value`);
      return;
    }
    const of = quantityOfApexType(type);
    const atMs = this.#times.instantOf(`${type} ${name}`, wallMs);
    if (of === null) this.#builder.skipType(type);
    else this.#builder.add({ atMs, name, of, text });
  }
}

/** `takenAt,channel,quantity,value,unit`: our own export; instants with an offset, or wall times of the given zone. */
class ChannelRows implements CsvReader {
  readonly format = "csv-channels";
  readonly #columns: readonly number[];
  readonly #builder: RecordingBuilder;
  readonly #times: WallTimes;

  constructor(
    columns: readonly number[],
    { builder, zone }: { readonly builder: RecordingBuilder; readonly zone: Zone },
  ) {
    this.#columns = columns;
    this.#builder = builder;
    this.#times = new WallTimes(zone);
  }

  addRow(row: readonly string[]): void {
    const [takenAt = "", name = "", quantity = "", text, unit = ""] = this.#columns.map((column) =>
      row[column]?.trim(),
    );
    const atMs = this.#instantOf(takenAt, `${quantity} ${name}`);
    if (atMs === null || name === "" || text === undefined) {
      this.#builder.skip(`${JSON.stringify(row.join(","))} is no takenAt,channel,quantity,value,unit`);
      return;
    }
    const of = quantityOfUnit(quantity, unit);
    if (of === null) this.#builder.skipType(unit === "" ? quantity : `${quantity} in ${unit}`);
    else
      this.#builder.add({
        atMs,
        name,
        of,
        text: of.isFahrenheit && text !== "" ? String(celsiusFrom(Number(text))) : text,
      });
  }

  #instantOf(text: string, lane: string): number | null {
    const [, date = "", time = "", offset] = ISO_INSTANT.exec(text) ?? [];
    const wallMs = wallMsFrom(date, time);
    if (wallMs === null) return null;
    if (offset === undefined) return this.#times.instantOf(lane, wallMs);
    const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
    return wallMs - (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  }
}
