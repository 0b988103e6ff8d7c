import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ReplayDriver, replayDriver } from "#main/hardware/drivers/replay/driver.ts";
import type { Buses } from "#main/hardware/ports.ts";
import { openRecording } from "#main/hardware/replay/open-recording.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";

const FILE = join(import.meta.dirname, "../../../support/fixtures/recordings/apex-small.xml");
const MIN_MS = 60_000;
const live = new AbortController().signal;
const none = new Proxy(
  {},
  { get: () => () => Promise.reject(new Error("no bus here")) },
) as unknown as Buses["oneWire"] & Buses["files"];

function made(clock: VirtualClock, loop = false) {
  const params = replayDriver.params.parse({ file: FILE, loop });
  return replayDriver.create(params, { clock, log: SILENT_LOG, buses: { oneWire: none, files: none } });
}

async function tmpAt(driver: ReturnType<typeof made>): Promise<unknown> {
  const sample = (await driver.sample(["tmp"], live)).get("tmp");
  return sample !== undefined && "value" in sample ? sample.value : sample;
}

describe("a replay device", () => {
  test.each(["/proc/kmsg", "/data/../dev/zero", "/sys/kernel/x", "relative.csv"])(
    "takes no %s for a recording",
    (file) => {
      expect(replayDriver.params.safeParse({ file }).error?.issues.map(({ path }) => path)).toEqual([["file"]]);
    },
  );

  test("starts its recording at the moment it opens and answers the latest sample", async () => {
    const clock = new VirtualClock(Date.UTC(2030, 0));
    await clock.advance(12_345);
    const driver = made(clock);
    const channels = await driver.open(live);
    expect(channels.find((channel) => channel.key === "heater-w")).toMatchObject({
      quantity: "power",
      kind: "sensor",
      pollIntervalS: 600,
    });
    expect(await tmpAt(driver)).toBe(25);
    await clock.advance(10 * MIN_MS - 1);
    expect(await tmpAt(driver)).toBe(25);
    await clock.advance(1);
    expect(await tmpAt(driver)).toBe(25.1);
    clock.stepWall(86_400_000);
    expect(await tmpAt(driver)).toBe(25.1);
  });

  test("does not answer in a gap, nor after the end", async () => {
    const clock = new VirtualClock();
    const driver = made(clock);
    await driver.open(live);
    await clock.advance(35 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.2);
    await clock.advance(1 * MIN_MS);
    expect(await tmpAt(driver)).toMatchObject({ fault: "comm" });
    await clock.advance(4 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.4);
    await clock.advance(60 * MIN_MS);
    expect(await tmpAt(driver)).toMatchObject({ fault: "comm" });
  });

  test("in a loop starts again one interval after its last record", async () => {
    const clock = new VirtualClock();
    const driver = made(clock, true);
    await driver.open(live);
    await clock.advance(59 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.5);
    await clock.advance(1 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25);
    await clock.advance(610 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.1);
  });

  test("aligned to recorded time it answers what was recorded at the wall's instant", async () => {
    const recording = await openRecording({ path: FILE });
    const clock = new VirtualClock(recording.firstAtMs - MIN_MS);
    const driver = new ReplayDriver({ clock, load: async () => recording, align: "recorded" });
    await driver.open();
    expect(await tmpAt(driver)).toMatchObject({ fault: "comm" });
    await clock.advance(21 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.2);
    clock.stepWall(-10 * MIN_MS);
    expect(await tmpAt(driver)).toBe(25.1);
  });

  test("says why it cannot play", async () => {
    const clock = new VirtualClock();
    const on = (file: string) =>
      replayDriver.create(replayDriver.params.parse({ file }), {
        clock,
        log: SILENT_LOG,
        buses: { oneWire: none, files: none },
      });
    await expect(on("/no/such/recording.xml").open(live)).rejects.toMatchObject({ code: "device-unreachable" });
    await expect(on(import.meta.filename).open(live)).rejects.toMatchObject({
      code: "unsupported",
      message: /is no recording/,
    });
    await expect(on(FILE).sample(["tmp"], live)).rejects.toMatchObject({ code: "device-unreachable" });
    for (const wrong of [
      { file: "relative.xml" },
      { file: FILE, timezone: "Mars/Olympus" },
      { file: FILE, speed: 2 },
    ]) {
      expect(replayDriver.params.safeParse(wrong).success).toBe(false);
    }
  });
});
