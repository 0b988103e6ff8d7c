import type { ScenarioResult } from "./result.ts";

const NOTES_WIDTH = 70;

/** What a person reads: a line for every moment, and what the others made of it. */
export function tableOf(scenarios: readonly ScenarioResult[]): string {
  const rows = [HEADER, ...scenarios.flatMap(rowsOf)];
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const HEADER = [
  "fault",
  "moment",
  "tank",
  "°C",
  "ppt",
  "over L",
  "dKH/d",
  "told s",
  "safe s",
  "held",
  "reef-pi",
  "notes",
];

function rowsOf({ fault, moments }: ScenarioResult): string[][] {
  return moments.map((run) => [
    fault,
    run.moment,
    run.survived ? "lives" : "LOST",
    `${run.minC.toFixed(1)}-${run.maxC.toFixed(1)}`,
    `${run.minPpt.toFixed(1)}-${run.maxPpt.toFixed(1)}`,
    run.overflowL.toFixed(1),
    run.maxDkhPerDay.toFixed(1),
    String(run.alarmAfterS ?? "-"),
    String(run.safeStateAfterS ?? "-"),
    ...[0, 1].map((i) => wordFor(run.references[i]?.survived)),
    clipped(run.notes),
  ]);
}

function wordFor(survived: boolean | undefined): string {
  return survived === undefined ? "-" : survived ? "lives" : "LOST";
}

function clipped(text: string): string {
  return text.length <= NOTES_WIDTH ? text : `${text.slice(0, NOTES_WIDTH - 1)}…`;
}
