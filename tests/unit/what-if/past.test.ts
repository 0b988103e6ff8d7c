import { expect, test } from "vitest";
import type { ChannelId } from "#contract/ids.ts";
import { firstInstantOf } from "#main/what-if/past.ts";

const channel = (...atMs: number[]) => ({
  channelId: "0197a000-0000-7000-8000-000000000001" as ChannelId,
  atMs: Float64Array.from(atMs),
  values: Float64Array.from(atMs),
  coversS: 1,
});

test("the records begin with the first reading of any sensor; without one they begin nowhere", () => {
  const recorded = [channel(2_000, 3_000), channel(), channel(1_000)];
  expect(firstInstantOf(recorded)).toBe("1970-01-01T00:00:01.000Z");
  expect(firstInstantOf([channel()])).toBeNull();
  expect(firstInstantOf([])).toBeNull();
});
