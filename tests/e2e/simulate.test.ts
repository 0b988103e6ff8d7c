import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { HEADLESS } from "#tests/headless-host.ts";
import type { Json } from "#tests/reef.ts";

const SIMULATE = join(dirname(HEADLESS), "simulate.js");

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function simulate(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SIMULATE, ...args], { maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const EXTREMES = {
  minC: expect.any(Number),
  maxC: expect.any(Number),
  minPpt: expect.any(Number),
  maxPpt: expect.any(Number),
  overflowL: expect.any(Number),
  maxDkhPerDay: expect.any(Number),
  returnAbsentS: expect.any(Number),
};

function expectWell(scenario: Json): void {
  expect(scenario.survived, scenario.notes).toBe(true);
  expect([scenario.minC > 20, scenario.maxC < 32]).toEqual([true, true]);
  const reference = { name: expect.any(String), survived: expect.any(Boolean), notes: expect.any(String) };
  for (const { references } of [scenario, ...scenario.moments]) {
    expect(references).toEqual([
      { ...reference, ...EXTREMES, name: "hysteresis-holding-the-last-value" },
      { ...reference, ...EXTREMES, name: "reef-pi-rules" },
    ]);
  }
}

test.concurrent("a few faults for a quarter of a day: one JSON document on stdout, progress on stderr, exit 0 (Failsafe state)", async () => {
  const args = ["--days", "0.25", "--faults", "calibration-visit,eintr-bursts", "--seed", "3", "--json"];
  const { code, stdout, stderr } = await simulate(...args);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  const report: Json = JSON.parse(stdout);
  const row = {
    survived: expect.any(Boolean),
    ...EXTREMES,
    alarmAfterS: null,
    safeStateAfterS: null,
    notes: expect.any(String),
    references: expect.any(Array),
  };
  const told = { alarmAfterS: expect.any(Number) };
  expect(report).toEqual({
    days: 0.25,
    seed: 3,
    scenarios: [
      // A probe in the buffer says what no tank does: that is told, as long as nobody said that it is out.
      { fault: "calibration-visit", ...row, ...told, moments: [{ moment: "day", ...row, ...told }] },
      { fault: "eintr-bursts", ...row, moments: [{ moment: "mid-heating", ...row }] },
    ],
    survivedAll: true,
    wallS: expect.any(Number),
  });
  for (const scenario of report.scenarios) expectWell(scenario);
  expect(code).toBe(0);
  expect(stderr.trim().split("\n").toSorted()).toEqual([
    expect.stringMatching(/^1\/2 [a-z-]+, [a-z-]+: lives$/),
    expect.stringMatching(/^2\/2 [a-z-]+, [a-z-]+: lives$/),
  ]);
}, 180_000);

test.concurrent("the list names every fault, at least 38 of them, and the help explains itself (Failsafe state)", async () => {
  const { code, stdout } = await simulate("--list");
  const names = stdout.trim().split("\n");
  expect(code).toBe(0);
  expect(names.length).toBeGreaterThanOrEqual(38);
  expect(names).toContain("heater-relay-stuck-on");
  const help = await simulate("--help");
  expect([help.code, help.stdout.includes("--days N")]).toEqual([0, true]);
});

test.concurrent("what it cannot do it says in one line, exit 1 (Failsafe state)", async () => {
  const cases: [string[], RegExp][] = [
    [[], /--days N is missing/],
    [["--days", "never"], /never/],
    [["--days", "1", "--faults", "earthquake"], /earthquake/],
    [["--days", "1", "--seed", "x"], /--seed/],
    [["--frobnicate"], /frobnicate/],
  ];
  for (const [args, words] of cases) {
    const { code, stdout, stderr } = await simulate(...args);
    expect([args, code, stdout]).toEqual([args, 1, ""]);
    expect(stderr.trim().split("\n")).toEqual([expect.stringMatching(words)]);
  }
});
