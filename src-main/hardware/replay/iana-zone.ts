import { Temporal } from "temporal-polyfill";
import { ReefFault } from "#contract/errors.ts";
import type { Zone } from "./local-times.ts";

const DAY_MS = 86_400_000;

/** An IANA zone. A skipped wall reading (spring) means the instant as much later; see RFC 5545's and Temporal's `compatible`. */
export class IanaZone implements Zone {
  readonly #name: string;
  /** By day of the wall: its offset, ms; null where the day, or a neighbour, has a change. */
  readonly #offsetOfDay = new Map<number, number | null>();
  readonly #onChangeDay = new Map<number, readonly [number] | readonly [number, number]>();

  /** @throws ReefFault invalid where there is no such zone */
  constructor(name: string) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    } catch (cause) {
      throw new ReefFault(
        "invalid",
        `There is no time zone ${JSON.stringify(name)}; use an IANA name such as Europe/Berlin`,
        { cause },
      );
    }
    this.#name = name;
  }

  instantsOf(wallMs: number): readonly [number] | readonly [number, number] {
    const dayMs = Math.floor(wallMs / DAY_MS) * DAY_MS;
    const offsetMs = this.#dayOffset(dayMs);
    if (offsetMs !== null) return [wallMs - offsetMs];
    const known = this.#onChangeDay.get(wallMs);
    if (known !== undefined) return known;
    const found = this.#looked(wallMs);
    this.#onChangeDay.set(wallMs, found);
    return found;
  }

  #dayOffset(dayMs: number): number | null {
    const known = this.#offsetOfDay.get(dayMs);
    if (known !== undefined) return known;
    // Offsets span UTC-12 to UTC+14, so a day around either end surely covers the wall's day.
    const beforeMs = this.#offsetAt(dayMs - DAY_MS);
    const isSteady =
      beforeMs === this.#offsetAt(dayMs) &&
      beforeMs === this.#offsetAt(dayMs + DAY_MS) &&
      beforeMs === this.#offsetAt(dayMs + 2 * DAY_MS);
    const offsetMs = isSteady ? beforeMs : null;
    this.#offsetOfDay.set(dayMs, offsetMs);
    return offsetMs;
  }

  #offsetAt(atMs: number): number {
    return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(this.#name).offsetNanoseconds / 1e6;
  }

  #looked(wallMs: number): readonly [number] | readonly [number, number] {
    const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO("UTC").toPlainDateTime();
    const earlier = wall.toZonedDateTime(this.#name, { disambiguation: "earlier" });
    const later = wall.toZonedDateTime(this.#name, { disambiguation: "later" });
    const isRepeated =
      earlier.toPlainDateTime().equals(wall) && earlier.epochMilliseconds !== later.epochMilliseconds;
    return isRepeated ? [earlier.epochMilliseconds, later.epochMilliseconds] : [later.epochMilliseconds];
  }
}
