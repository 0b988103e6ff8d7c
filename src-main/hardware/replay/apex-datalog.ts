import sax from "sax";
import { fixedZone, WallTimes, wallMsFrom, type Zone } from "./local-times.ts";
import { quantityOfApexType } from "./recorded-quantities.ts";
import type { RecordingBuilder } from "./recording-builder.ts";

const HOUR_MS = 3_600_000;
const MAX_OFFSET_H = 14;
/** All probes of a record share its date. */
const LANE = "record";

interface Probe {
  name: string;
  type: string;
  value: string;
}

/**
 * Neptune Apex's `datalog.xml`: records of probes under one fixed offset from UTC. Read tag by tag, so that a file of any
 * length needs no memory, and forgivingly: names with a bare `&` are common, and downloads end early.
 */
export class ApexDatalogParser {
  readonly #builder: RecordingBuilder;
  readonly #sax = sax.parser(false, { lowercase: true, position: false });
  #times: WallTimes;
  #text = "";
  #date = "";
  #probe: Probe | null = null;
  #probes: Probe[] = [];
  #isWhole: boolean = false;

  /** @param zone for a file that does not name its offset */
  constructor(builder: RecordingBuilder, zone: Zone) {
    this.#builder = builder;
    this.#times = new WallTimes(zone);
    this.#sax.onopentag = ({ name }) => this.#onOpen(name);
    this.#sax.ontext = (text) => {
      this.#text += text;
    };
    this.#sax.onclosetag = (name) => this.#onClose(name);
    this.#sax.onerror = () => {
      // resume() forgets the error; the parser then goes on behind the odd place.
      this.#sax.resume();
    };
  }

  write(chunk: string): void {
    this.#sax.write(chunk);
  }

  end(): void {
    this.#sax.close();
    if (!this.#isWhole) this.#builder.cutOff();
  }

  #onOpen(name: string): void {
    this.#text = "";
    if (name === "record") {
      this.#date = "";
      this.#probes = [];
    } else if (name === "probe") this.#probe = { name: "", type: "", value: "" };
  }

  #onClose(tag: string): void {
    const text = this.#text.trim();
    this.#text = "";
    switch (tag) {
      case "timezone":
        this.#setOffset(text);
        break;
      case "date":
        this.#date = text;
        break;
      case "name":
      case "type":
      case "value":
        if (this.#probe !== null) this.#probe[tag] = text;
        break;
      case "probe":
        if (this.#probe !== null) this.#probes.push(this.#probe);
        this.#probe = null;
        break;
      case "record":
        this.#endRecord();
        break;
      case "datalog":
        this.#isWhole = true;
        break;
      default:
        break;
    }
  }

  #setOffset(hours: string): void {
    const offsetH = hours === "" ? Number.NaN : Number(hours);
    if (Math.abs(offsetH) <= MAX_OFFSET_H) this.#times = new WallTimes(fixedZone(offsetH * HOUR_MS));
    else this.#builder.skip(`<timezone> ${JSON.stringify(hours)} is no offset in hours`);
  }

  #endRecord(): void {
    const [date = "", time = ""] = this.#date.split(/\s+/);
    const wallMs = wallMsFrom(date, time);
    if (wallMs === null) {
      this.#builder.skip(`a record's date is ${JSON.stringify(this.#date)}, not MM/DD/YYYY HH:MM:SS`);
      return;
    }
    const atMs = this.#times.instantOf(LANE, wallMs);
    for (const { name, type, value } of this.#probes) {
      const of = quantityOfApexType(type);
      if (name === "") this.#builder.skip(`a probe of ${this.#date} has no name`);
      else if (of === null) this.#builder.skipType(type);
      else this.#builder.add({ atMs, name, of, text: value });
    }
  }
}
