import fc from "fast-check";
import { expect, test } from "vitest";
import { inTimeOrder } from "#main/hardware/replay/time-order.ts";

const samples = fc.array(
  fc.record({ atMs: fc.integer({ min: 0, max: 30 }), channel: fc.integer({ min: 0, max: 3 }) }),
  {
    maxLength: 200,
  },
);

test("whatever the order of the rows, samples come out by time, each channel's first at an instant, ties as written", async () => {
  await fc.assert(
    fc.asyncProperty(samples, async (rows) => {
      const draft = {
        atMs: Float64Array.from(rows, (row) => row.atMs),
        channelOf: Uint16Array.from(rows, (row) => row.channel),
        value: Float64Array.from(rows, (_, i) => i),
      };
      const { columns, duplicateCount } = await inTimeOrder(draft, rows.length, 4);
      const seen = new Set<string>();
      const expected = rows
        .map((row, i) => ({ ...row, i }))
        .filter(({ atMs, channel }) => {
          const isFirst = !seen.has(`${atMs} ${channel}`);
          seen.add(`${atMs} ${channel}`);
          return isFirst;
        })
        .sort((a, b) => a.atMs - b.atMs || a.i - b.i);
      expect([...columns.value]).toEqual(expected.map((row) => row.i));
      expect([...columns.atMs]).toEqual(expected.map((row) => row.atMs));
      expect([...columns.channelOf]).toEqual(expected.map((row) => row.channel));
      expect(duplicateCount).toBe(rows.length - expected.length);
    }),
  );
});
