import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRecording } from "#main/hardware/replay/open-recording.ts";
import type { RecordedInstant, Recording } from "#main/hardware/replay/recording.ts";

const FIXTURES = join(import.meta.dirname, "../../../support/fixtures/recordings");
const fixture = (name: string) => join(FIXTURES, name);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recording-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function laid(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function all(recording: Recording): Promise<readonly RecordedInstant[]> {
  const instants: RecordedInstant[] = [];
  for await (const instant of recording.records()) instants.push(instant);
  return instants;
}

/** `[ISO minute, value]` of one channel. */
async function seriesOf(recording: Recording, channel: string): Promise<readonly [string, number][]> {
  const series: [string, number][] = [];
  for (const { atMs, samples } of await all(recording)) {
    for (const sample of samples) {
      if (sample.channel === channel) series.push([new Date(atMs).toISOString().slice(0, 16), sample.value]);
    }
  }
  return series;
}

describe("an Apex datalog", () => {
  test("is read under its own fixed offset, in our quantities and units", async () => {
    const recording = await openRecording({ path: fixture("apex-small.xml"), timezone: "Asia/Tokyo" });
    expect(recording.format).toBe("apex-datalog");
    const [first] = await all(recording);
    expect(first).toEqual({
      atMs: Date.parse("2025-11-02T05:00:00Z"),
      samples: [
        { channel: "Tmp", key: "tmp", quantity: "temperature", unit: "°C", value: 25 },
        { channel: "pH", key: "ph", quantity: "ph", unit: "pH", value: 8.15 },
        { channel: "ORP", key: "orp", quantity: "orp", unit: "mV", value: 355 },
        { channel: "Salt", key: "salt", quantity: "salinity", unit: "ppt", value: 34.8 },
        { channel: "HEATER_W", key: "heater-w", quantity: "power", unit: "W", value: 198 },
        { channel: "HEATER_A", key: "heater-a", quantity: "current", unit: "A", value: 1.6 },
        { channel: "Volt_2", key: "volt-2", quantity: "voltage", unit: "V", value: 118 },
        { channel: "Return", key: "return", quantity: "flow", unit: "L/h", value: expect.closeTo(75.708, 3) },
        {
          channel: "Wave & Flow",
          key: "wave-flow",
          quantity: "flow",
          unit: "L/h",
          value: expect.closeTo(37.854, 3),
        },
        { channel: "Leak", key: "leak", quantity: "generic", unit: "", value: 0 },
      ],
    });
  });

  test("a value that is no number is a missing sample, a type that is not ours is counted, a gap is no interval", async () => {
    const recording = await openRecording({ path: fixture("apex-small.xml") });
    expect(recording.problems).toMatchObject({
      missingValues: 1,
      unknownTypes: { dosx: 5 },
      illRows: 0,
      isCutOff: false,
    });
    expect((await seriesOf(recording, "pH")).map(([at]) => at.slice(11))).toEqual([
      "05:00",
      "05:20",
      "05:40",
      "05:50",
    ]);
    expect(recording.channels[0]).toMatchObject({ sampleCount: 5, nominalIntervalMs: 600_000, gapMs: 900_000 });
  });

  test("reads the same gzipped, and keeps what a broken download left", async () => {
    const plain = await openRecording({ path: fixture("apex-small.xml") });
    const zipped = await openRecording({ path: fixture("apex-small.xml.gz") });
    expect(await all(zipped)).toEqual(await all(plain));
    const xml = await readFile(fixture("apex-small.xml"));
    const bytes = gzipSync(Buffer.concat([xml, Buffer.from(xml).reverse()]));
    const cut = [
      await laid("cut.xml", xml.subarray(0, 2_500)),
      await laid("cut.xml.gz", bytes.subarray(0, bytes.length - 20)),
    ];
    for (const path of cut) {
      const recording = await openRecording({ path });
      expect(recording.problems.isCutOff).toBe(true);
      expect((await all(recording))[0]).toEqual((await all(plain))[0]);
    }
  });

  test("in °F is converted; an hour repeated under one offset counts once, the first time", async () => {
    const recording = await openRecording({ path: fixture("apex-dst-fahrenheit.xml") });
    expect(await seriesOf(recording, "Tmp")).toEqual([
      ["2025-11-02T05:00", 25],
      ["2025-11-02T05:10", expect.closeTo(32.22, 2)],
      ["2025-11-02T05:20", expect.closeTo(25.11, 2)],
      ["2025-11-02T05:40", expect.closeTo(25.22, 2)],
      ["2025-11-02T06:00", expect.closeTo(26, 6)],
    ]);
    expect(recording.problems).toMatchObject({ duplicates: 3, illRows: 1 });
    expect(recording.problems.examples[0]).toContain("13/40/2025");
  });
});

describe("a CSV of probes", () => {
  test("tells the two passes through a repeated hour apart by their order", async () => {
    const recording = await openRecording({ path: fixture("probes-dst-end.csv"), timezone: "Europe/Berlin" });
    const minutes = ["23:40", "00:00", "00:20", "00:40", "01:00", "01:20", "01:40", "02:00"];
    expect((await seriesOf(recording, "Tmp-1")).map(([at]) => at.slice(11))).toEqual(minutes);
    expect((await seriesOf(recording, "pH-1")).map(([at]) => at.slice(11))).toEqual(minutes);
    expect((await seriesOf(recording, "Tmp-1")).map(([, value]) => value)).toEqual([
      25, 25.1, 25.2, 25.3, 25.4, 25.5, 25.6, 25.7,
    ]);
    expect(recording.problems).toMatchObject({ duplicates: 2, illRows: 0 });
    expect(recording.channels.map((channel) => channel.nominalIntervalMs)).toEqual([1_200_000, 1_200_000]);
  });

  test("is in UTC without a zone, where the same rows repeat", async () => {
    const recording = await openRecording({ path: fixture("probes-dst-end.csv") });
    expect(recording.format).toBe("csv-probes");
    expect((await seriesOf(recording, "Tmp-1")).map(([at]) => at.slice(11))).toEqual([
      "01:40",
      "02:00",
      "02:20",
      "02:40",
      "03:00",
    ]);
  });

  test("an hourly recording repeats one reading, which is the second pass; skipped ones count as later", async () => {
    const rows = (date: string, times: readonly string[]) =>
      ["Date,Time,Probe,Type,Value", ...times.map((time, i) => `${date},${time},T,Temp,${i}`)].join("\n");
    const autumn = await laid("hourly.csv", rows("11/02/2025", ["00:00", "01:00", "01:00", "02:00"]));
    const spring = await laid("spring.csv", rows("2025-03-09", ["01:30", "02:30", "04:00"]));
    const timezone = "America/New_York";
    const hours = async (path: string) =>
      (await seriesOf(await openRecording({ path, timezone }), "T")).map(([at]) => at.slice(11));
    expect(await hours(autumn)).toEqual(["04:00", "05:00", "06:00", "07:00"]);
    expect(await hours(spring)).toEqual(["06:30", "07:30", "08:00"]);
  });
});

describe("a CSV of channels", () => {
  test("comes in any order, with any unit we know, and names what it passed over", async () => {
    const recording = await openRecording({ path: fixture("channels-mixed.csv") });
    const instants = (await all(recording)).map((instant) => instant.atMs);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    expect(recording.format).toBe("csv-channels");
    expect(recording.channels).toMatchObject([
      {
        key: "display",
        name: "Display",
        quantity: "temperature",
        unit: "°C",
        sampleCount: 18,
        nominalIntervalMs: 60_000,
        gapMs: 900_000,
      },
      { key: "return", quantity: "flow", unit: "L/h", sampleCount: 4, nominalIntervalMs: 3_600_000 },
      { key: "display-humidity", name: "Display", quantity: "humidity", unit: "%RH" },
      { key: "pump-a", name: 'Pump "A"', quantity: "power", unit: "W" },
      { key: "room", quantity: "humidity" },
    ]);
    expect((await seriesOf(recording, "Return"))[0]).toEqual(["2025-03-01T05:00", 1_800]);
    expect((await seriesOf(recording, 'Pump "A"'))[0]?.[1]).toBe(1_500);
    expect((await seriesOf(recording, "Display"))[0]).toEqual(["2025-03-01T00:00", 25]);
    expect(recording.problems).toMatchObject({
      illRows: 2,
      missingValues: 1,
      unknownTypes: { "salt in ppt": 1, "flow in furlong": 1 },
    });
  });
});

describe("what is no recording", () => {
  test.each([
    ["an empty file", ""],
    ["prose", "Dear diary,\ntoday the tank was warm\n"],
    ["other XML", "<?xml version='1.0'?><status><date>11/02/2025</date></status>"],
    ["random bytes", Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * i * 31) & 0xff))],
    ["a broken gzip", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3])],
    ["another table", "Date,Time,Weather\n2025-01-01,00:00,rain\n"],
  ])("%s is refused in one sentence", async (name, content) => {
    const path = await laid(name, content);
    await expect(openRecording({ path })).rejects.toMatchObject({ code: "invalid", message: /is no recording/ });
  });

  test("a recording without a usable row says what is wrong with its first", async () => {
    const path = await laid(
      "ill.csv",
      "Date,Time,Probe,Type,Value\n31.12.2025,00:00,T,Temp,1\n2025-02-30,00:00,T,Temp,1\n2025-02-01,25:00,T,Temp,1\n",
    );
    await expect(openRecording({ path })).rejects.toMatchObject({ code: "invalid", message: /31\.12\.2025/ });
    const apex = await laid("empty.xml", "<datalog><timezone>noon</timezone></datalog>");
    await expect(openRecording({ path: apex })).rejects.toMatchObject({ code: "invalid", message: /timezone/ });
  });

  test("a missing file, a folder and an unknown zone each have their own fault", async () => {
    await expect(openRecording({ path: join(folder, "absent") })).rejects.toMatchObject({ code: "not-found" });
    await expect(openRecording({ path: folder })).rejects.toMatchObject({
      code: "invalid",
      message: /is not a file/,
    });
    const path = fixture("apex-small.xml");
    await expect(openRecording({ path, timezone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "invalid",
      message: /IANA/,
    });
  });
});
