import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRecording } from "#main/hardware/replay/open-recording.ts";

const DATA = join(import.meta.dirname, "../../../../../shared/data");
const STUCK = join(DATA, "apex-datalog-2020-01-20-stuck-probe.xml.gz");
const HEATERS = join(DATA, "apex-datalog-2020-07-31-heaters.xml.gz");

describe.skipIf(!existsSync(STUCK))("recordings of a real tank [not here by nature]", () => {
  test("the dead probe of January 2020 is where its keepers saw it", async () => {
    const recording = await openRecording({ path: STUCK });
    expect(recording).toMatchObject({
      sampleCount: 34_560,
      problems: { illRows: 0, missingValues: 0, duplicates: 0 },
    });
    expect(recording.channels).toHaveLength(48);
    expect(new Date(recording.firstAtMs).toISOString()).toBe("2020-01-20T08:00:00.000Z");
    const stuckAtMs: number[] = [];
    for await (const { atMs, samples } of recording.records()) {
      if (samples.some((sample) => sample.channel === "Tmp-3" && sample.value === -7.1)) stuckAtMs.push(atMs);
    }
    // 12:40 at UTC-8.
    expect(new Date(stuckAtMs[0] ?? 0).toISOString()).toBe("2020-01-22T20:40:00.000Z");
    expect(stuckAtMs).toHaveLength(314);
  });

  test("the heaters of July 2020 have no gap", async () => {
    const recording = await openRecording({ path: HEATERS });
    expect(recording).toMatchObject({
      sampleCount: 22_032,
      problems: { illRows: 0, missingValues: 0, duplicates: 0 },
    });
    for (const channel of recording.channels) expect(channel.nominalIntervalMs).toBe(600_000);
  });
});
