import fc from "fast-check";
import { expect, test } from "vitest";
import { Quality, QualityReason, type Reading } from "#contract/readings.ts";
import { decodeBatch, encodeBatch } from "#main/local-store/spool-codec.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";

const number = fc.double({ noNaN: true });
const reading: fc.Arbitrary<Reading> = fc.record({
  channelId: fc.integer({ min: 0, max: 5 }).map(channelIdOf),
  takenAtMs: fc.integer({ min: -1_000, max: 8e15 }),
  value: fc.option(number),
  quality: fc.constantFrom(...Quality.options),
  reason: fc.option(fc.constantFrom(...QualityReason.options)),
  raw: fc.option(number),
  coversS: fc.constantFrom(0.1, 1, 5, 86_400),
});

test("every reading comes back from the spool bit for bit", () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 60 }), fc.nat(), (readings, sequence) => {
      const batch = { sequence, readings, outputEvents: [] };
      expect(decodeBatch(encodeBatch(batch))).toEqual(batch);
    }),
  );
});

test("a layout of a newer program is refused, not misread", () => {
  const encoded = encodeBatch({ sequence: 4, readings: [readingOf()], outputEvents: [] });
  new Uint32Array(encoded.payload, 0, 1)[0] = 99;
  expect(() => decodeBatch(encoded)).toThrow(/Batch 4 .*layout 99/);
});

test("a batch that names a source it does not bring is refused", () => {
  const encoded = encodeBatch({ sequence: 4, readings: [readingOf()], outputEvents: [] });
  expect(() => decodeBatch({ ...encoded, sources: [] })).toThrow(/unknown channel/);
});
