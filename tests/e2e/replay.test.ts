import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HEADLESS } from "#tests/headless-host.ts";
import type { Json } from "#tests/reef.ts";
import { stuckProbe } from "#tests/stuck-probe.ts";

const REPLAY = join(dirname(HEADLESS), "replay.js");
const FIXTURES = fileURLToPath(new URL("../support/fixtures/recordings/", import.meta.url));
const REAL = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const SAMPLE_MS = 600_000;

interface Run {
  readonly code: number;
  readonly lines: Json[];
  readonly stderr: string;
}

/** Runs it as a program; every line it wrote must be JSON. */
async function replay(...args: string[]): Promise<Run> {
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>(
    (resolve) => {
      execFile(process.execPath, [REPLAY, ...args], { maxBuffer: 2 ** 26 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout: out, stderr: err }),
      );
    },
  );
  return { code, lines: linesOf(stdout), stderr };
}

const linesOf = (text: string): Json[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
const summaryOf = (lines: readonly Json[]): Json => {
  expect(lines.filter(({ kind }) => kind === "summary")).toHaveLength(1);
  return lines.at(-1);
};
const alarmsOf = (lines: readonly Json[], channel: string, transition: string): Json[] =>
  lines.filter((line) => line.kind === "alarm" && line.channel === channel && line.transition === transition);
const between = (lines: readonly Json[], fromMs: number, toMs: number) =>
  lines.filter(({ t }) => Date.parse(t) >= fromMs && Date.parse(t) < toMs);

/** A dead probe, as acceptance has it: bad at once, never acted on, one alarm, back with the probe. */
function expectDeadProbe(
  lines: readonly Json[],
  dead: { probe: string; heater: string; fromMs: number; toMs: number },
): void {
  const { probe, heater, fromMs, toMs } = dead;
  const firstBad = lines.find(
    (l) => l.kind === "quality" && l.channel === probe && l.to === "bad" && Date.parse(l.t) >= fromMs,
  );
  expect(Date.parse(firstBad?.t) - fromMs).toBeLessThanOrEqual(SAMPLE_MS);
  const while52h = between(lines, fromMs, toMs);
  expect(alarmsOf(while52h, probe, "raised")).toMatchObject([{ alarm: `${probe} bad-measurement`, value: null }]);
  expect(alarmsOf(while52h, probe, "returned")).toEqual([]);
  for (const line of while52h) expect(JSON.stringify(line)).not.toContain("-7.1");
  const driven = while52h.filter(
    (l) => l.kind === "output" && l.output === heater && Date.parse(l.t) >= Date.parse(firstBad.t),
  );
  expect(driven.filter(({ level }) => level > 0)).toEqual([]);
  const before = lines.filter(
    (l) => l.kind === "output" && l.output === heater && Date.parse(l.t) <= Date.parse(firstBad.t) + 1_000,
  );
  expect(before.at(-1)).toMatchObject({ level: 0 });
  const back = alarmsOf(lines, probe, "returned").find(({ alarm }) => alarm === `${probe} bad-measurement`);
  expect(Date.parse(back?.t) - toMs).toBeGreaterThanOrEqual(0);
  expect(Date.parse(back?.t) - toMs).toBeLessThanOrEqual(2 * SAMPLE_MS);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reef replay "));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.concurrent("a probe stuck at -7.1 °C for 52 h: bad within two samples, the heater never driven by it, one alarm and not 314 (Apex datalog replay)", async () => {
  const { xml, ...stuck } = stuckProbe(17, { goodH: 4, stuckH: 52 });
  const file = join(folder, "stuck.xml.gz");
  await writeFile(file, gzipSync(xml));
  const { code, lines, stderr } = await replay("--recording", file);
  expect([code, stderr]).toEqual([0, ""]);
  expectDeadProbe(lines, { probe: "Tmp-1", heater: "HEATER-1W", ...stuck });
  expect(summaryOf(lines)).toMatchObject({
    samples: 2 * (60 * 6 + 1),
    span: { from: "2020-01-20T08:00:00.000Z", to: "2020-01-22T20:00:00.000Z" },
    alarms: { "Tmp-1 bad-measurement": 1 },
    illRows: 0,
  });
  const heater = lines.filter(({ kind, level }) => kind === "output" && level === 100);
  expect(heater.length).toBeGreaterThan(1);
  for (const { reason, owner } of heater) expect([owner, /°C/.test(reason)]).toEqual(["loop", true]);
});

test.concurrent("a recording is the same plain and compressed, and the same from run to run (Apex datalog replay)", async () => {
  const runs = await Promise.all(
    ["apex-small.xml", "apex-small.xml.gz", "apex-small.xml"].map((name) =>
      replay("--recording", FIXTURES + name),
    ),
  );
  const said = runs.map(({ code, lines }) => [code, lines.map(({ wallS: _, ...line }) => line)]);
  expect(said[1]).toEqual(said[0]);
  expect(said[2]).toEqual(said[0]);
  expect(said[0]?.[0]).toBe(0);
});

test.concurrent("the repeated hour at the end of summer time is two hours, in the zone that is named (Apex datalog replay)", async () => {
  const file = `${FIXTURES}probes-dst-end.csv`;
  const here = await replay("--recording", file, "--timezone", "Europe/Berlin");
  expect(summaryOf(here.lines)).toMatchObject({
    samples: 16,
    span: { from: "2025-10-25T23:40:00.000Z", to: "2025-10-26T02:00:00.000Z" },
    alarms: {},
  });
  expect(summaryOf((await replay("--recording", file)).lines)).toMatchObject({ samples: 10 });
});

test.concurrent("gaps, mixed intervals and ill rows are normal: a stale alarm for the gap and for the end, none for the slower half (Apex datalog replay)", async () => {
  const { code, lines } = await replay("--recording", `${FIXTURES}channels-mixed.csv`);
  expect(code).toBe(0);
  expect(summaryOf(lines)).toMatchObject({ illRows: 2, alarms: { "Display stale": 2 } });
  expect(alarmsOf(lines, "Display", "returned")).toMatchObject([{ t: expect.stringMatching(/^2025-03-01T01:0/) }]);
});

test.concurrent("limits are centred on the tank that was recorded, or not, as told; a configuration of one's own replaces them (Apex datalog replay)", async () => {
  const { xml } = stuckProbe(17, { goodH: 3, stuckH: 0 });
  const file = join(folder, "cool.xml");
  await writeFile(file, xml);
  const centred = await replay("--recording", file, "--center", "auto");
  expect(summaryOf(centred.lines).alarms).toEqual({});
  const asIs = await replay("--recording", file, "--center", "none");
  expect(summaryOf(asIs.lines).alarms).toMatchObject({ "Tmp-1 low": 1, "Tmp-1 low-low": 1 });

  const config = join(folder, "config.json");
  const alarm = { channel: "Tmp-1", kind: "high", setpoint: 17.15, onDelayS: 60 };
  const thermostat = { output: "HEATER-1W", sensor: "Tmp-1", setpointC: 16.9, hysteresisC: 0.1 };
  await writeFile(config, JSON.stringify({ alarms: [alarm], thermostats: [thermostat] }));
  const out = join(folder, "answer.jsonl");
  const { code, lines } = await replay("--recording", file, "--config", config, "--out", out);
  expect([code, lines]).toEqual([0, []]);
  const written = linesOf(await readFile(out, "utf8"));
  expect(summaryOf(written).alarms).toEqual({ "Tmp-1 high": 3 });
  expect(written.some((l) => l.kind === "output" && l.level === 100 && l.reason.includes("16.80"))).toBe(true);
  expect(summaryOf(written).outputs["HEATER-1W"]).toEqual({
    startsPerDay: expect.any(Number),
    recordedStartsPerDay: 16,
  });

  await writeFile(config, JSON.stringify({ alarms: [], thermostats: [] }));
  expect((await replay("--recording", file, "--config", config)).lines).toMatchObject([
    { kind: "summary", alarms: {}, outputs: {} },
  ]);
});

test.concurrent("what it cannot do it says in one line, exit 1 (Apex datalog replay)", async () => {
  const small = `${FIXTURES}apex-small.xml`;
  const copy = join(folder, "copy.xml");
  await writeFile(copy, await readFile(small));
  const config = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const cases: [string[], RegExp][] = [
    [[], /--recording FILE is missing/],
    [["--recording"], /--recording/],
    [["--recording", join(folder, "nothing")], /no file/],
    [["--recording", folder], /not a file/],
    [["--recording", fileURLToPath(import.meta.url)], /no recording/],
    [["--recording", small, "--center", "middle"], /--center.*middle/],
    [["--recording", small, "--timezone", "Mars/Olympus"], /Mars\/Olympus/],
    [["--recording", small, "--out", join(folder, "no", "such", "folder")], /--out/],
    [["--recording", small, "--out", folder], /--out/],
    [["--recording", copy, "--out", copy], /--out.*the recording itself/],
    [["--recording", small, "--config", join(folder, "nothing.json")], /nothing\.json/],
    [["--recording", small, "--config", await config("a.json", "{not json")], /a\.json is no JSON/],
    [["--recording", small, "--config", await config("b.json", '{"alarm":[]}')], /alarm/],
    [
      ["--recording", small, "--config", await config("c.json", '{"alarms":[{"channel":"Tmp","kind":"hot"}]}')],
      /alarms\.0\.kind/,
    ],
    [
      [
        "--recording",
        small,
        "--config",
        await config("d.json", '{"alarms":[{"channel":"Nessie","kind":"high"}]}'),
      ],
      /Nessie/,
    ],
    [["--frobnicate"], /frobnicate/],
    [["extra", "--recording", small], /extra/],
  ];
  for (const [args, words] of cases) {
    const { code, lines, stderr } = await replay(...args);
    expect([args, code, lines]).toEqual([args, 1, []]);
    expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(words)]);
  }
  expect(await readFile(copy)).toEqual(await readFile(small));
  const help = await new Promise<string>((resolve) => {
    execFile(process.execPath, [REPLAY, "--help"], (_, out) => resolve(out));
  });
  expect(help).toContain("--recording FILE");
});

const isHere = existsSync(`${REAL}apex-datalog-2020-01-20-stuck-probe.xml.gz`);
describe.skipIf(!isHere)(`a real tank's recordings${isHere ? "" : " [not here by nature]"}`, () => {
  test.concurrent("the dead probes of January 2020: Tmp-3 at 12:40, pH-3 at 11:40, as the house's clock had it (Apex datalog replay)", async () => {
    const { code, lines } = await replay("--recording", `${REAL}apex-datalog-2020-01-20-stuck-probe.xml.gz`);
    expect(code).toBe(0);
    const [fromMs, toMs] = [Date.UTC(2020, 0, 22, 20, 40), Date.UTC(2020, 0, 25, 1)];
    expectDeadProbe(lines, { probe: "Tmp-3", heater: "HEATER-3W", fromMs, toMs });
    expect(summaryOf(lines).alarms["Tmp-3 bad-measurement"]).toBe(1);

    const phFromMs = Date.UTC(2020, 0, 23, 19, 40);
    const bad = lines.find((l) => l.kind === "quality" && l.channel === "pH-3" && l.to === "bad");
    expect(Date.parse(bad?.t) - phFromMs).toBeGreaterThanOrEqual(0);
    expect(Date.parse(bad?.t) - phFromMs).toBeLessThanOrEqual(SAMPLE_MS);
    expect(summaryOf(lines).alarms["pH-3 bad-measurement"]).toBe(1);
  });

  test.concurrent("three summer days of heaters: no probe is bad, and ours start no more often than theirs (Apex datalog replay)", async () => {
    const { code, lines } = await replay("--recording", `${REAL}apex-datalog-2020-07-31-heaters.xml.gz`);
    expect(code).toBe(0);
    expect(lines.filter((l) => l.kind === "quality" && l.to === "bad")).toEqual([]);
    for (const starts of Object.values<Json>(summaryOf(lines).outputs)) {
      expect(starts.startsPerDay).toBeLessThanOrEqual(starts.recordedStartsPerDay + 1);
    }
  });
});
