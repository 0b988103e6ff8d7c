// Writes docs/survival.md, its charts and the app's survival report from what `npm run simulate -- --json` said.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { survivalCharts } from "./survival-charts.mjs";

const files = process.argv.slice(2);
if (files.length === 0 || files.includes("--help")) {
  console.log(
    "node scripts/survival-page.mjs FILE...   docs/survival.md, docs/survival/*.svg and the app's report (of the first file) anew, from the JSON of one or more seeds",
  );
  process.exit(files.length === 0 ? 1 : 0);
}

/** @typedef {import("../src-main/simulate-cli/simulate-command.ts").SimulationReport} Report */
/** @typedef {import("../src-main/simulate-cli/result.ts").ScenarioResult} Scenario */

/** @type {Report[]} */
const reports = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const byFault = Map.groupBy(
  reports.flatMap((report) => report.scenarios),
  ({ fault }) => fault,
);
/** @param {readonly (number | null)[]} values */
const most = (values) => {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : Math.max(...there);
};
/** The worst of all seeds. */
const faults = [...byFault].map(([fault, runs]) => ({
  fault,
  survived: runs.every((run) => run.survived),
  minC: Math.min(...runs.map((run) => run.minC)),
  maxC: Math.max(...runs.map((run) => run.maxC)),
  overflowL: most(runs.map((run) => run.overflowL)) ?? 0,
  maxDkhPerDay: most(runs.map((run) => run.maxDkhPerDay)) ?? 0,
  alarmAfterS: most(runs.map((run) => run.alarmAfterS)),
  safeStateAfterS: most(runs.map((run) => run.safeStateAfterS)),
  moments: [...new Set(runs.flatMap((run) => run.moments.map(({ moment }) => moment)))],
  references: (runs.find((run) => run.references.length > 0)?.references ?? []).map(({ name }) => {
    const played = runs.flatMap((run) => run.references.filter((reference) => reference.name === name));
    return {
      name,
      survived: played.every((run) => run.survived),
      minC: Math.min(...played.map((run) => run.minC)),
      maxC: Math.max(...played.map((run) => run.maxC)),
      notes: [...new Set(played.flatMap((run) => (run.notes === "" ? [] : run.notes.split("; "))))].join("; "),
    };
  }),
  notes: [...new Set(runs.flatMap((run) => (run.notes === "" ? [] : run.notes.split("; "))))].join("; "),
}));

mkdirSync("docs/survival", { recursive: true });
for (const [name, svg] of Object.entries(survivalCharts(faults))) writeFileSync(`docs/survival/${name}.svg`, svg);
writeFileSync("docs/survival.md", pageOf());
writeFileSync("src-renderer/features/survival/results.json", `${JSON.stringify(reports[0], null, 2)}\n`);
console.log(`docs/survival.md: ${faults.length} faults, ${reports.length} seeds`);

function pageOf() {
  const seeds = reports.map(({ seed }) => seed);
  const alive = faults.filter(({ survived }) => survived).length;
  const names = faults[0]?.references.map(({ name }) => name) ?? [];
  const counts = names.map(
    (name) =>
      `${faults.filter((fault) => fault.references.some((r) => r.name === name && r.survived)).length} under ${wordsFor(name)}`,
  );
  return `# Survival

Every mishap of our catalogue, played on a simulated reef tank that the real core controls: acquisition, quality checks, loops,
interlocks, arbiter, alarms and journal are the program's own; only time, water, card and Postgres are virtual. Of
${faults.length} faults the tank survives **${alive}** under this controller${counts.length === 0 ? "" : `, ${counts.join(" and ")}`}.

This page and its charts are written by \`node scripts/survival-page.mjs\` from \`npm run simulate -- --days ${reports[0]?.days} --seed N --json\`
for the seeds ${seeds.join(", ")}: anyone can run them again. Thirty days a scenario is the nightly run (\`.ci/nightly\`).

**A tank survives** when it stays within what animals live through (20 to 32 °C, 28 to 42 ppt, no overflow, at most 2 dKH of
added alkalinity a day, return flow never away for two hours) for as long as any controller could keep it there, and a person is told
in time. What no controller could prevent is decided by an oracle: one that sees the water itself and what every plug really does,
on the same tank with the same fault. *Told* counts from the strike to the first alarm of it that is raised.

**The tank**: 400 L, a 300 W heater with a metered plug and an outlet upstream, a 300 W chiller, a top-off with a float above its level
sensor and 60 L in reserve, an alkalinity doser, return pump with a flow sensor, two thermometers. Each fault strikes at several
moments: by day, by night, in a cold room while it heats, in a summer room, in the middle of a fill or of a dose, at power-up.

**Beside it** stand two control laws on the same tank: hysteresis that holds the last value it read, with a pump that trusts its level
sensor and doses by the wall's clock; and reef-pi's published rules (its homeostasis, temperature and ATO modules, with their alerts) as a control law, which is not reef-pi
itself. **A keeper** who was told comes eight hours later, mends what is broken and resets what was latched; to the first law, which tells
nobody, he never comes.

![Temperatures of the tank under each fault](survival/temperature.svg)

![How soon a person is told](survival/told.svg)

| fault | moments | tank | °C | over, L | dKH/day | told after | safe after | held value | reef-pi's rules |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${faults.map(rowOf).join("\n")}

## What stands behind a row

${faults
  .filter(({ notes }) => notes !== "")
  .map(({ fault, notes }) => `- **${fault}**: ${notes}`)
  .join("\n")}
`;
}

/** @param {typeof faults[number]} fault */
function rowOf({ fault, survived, minC, maxC, overflowL, maxDkhPerDay, references, moments, ...times }) {
  const others = [0, 1].map((i) => {
    const other = references[i];
    if (other === undefined) return "–";
    return other.survived ? "lives" : `**lost**: ${other.notes}`;
  });
  const cells = [
    fault,
    moments.join(", "),
    survived ? "lives" : "**lost**",
    `${minC.toFixed(1)}–${maxC.toFixed(1)}`,
    overflowL.toFixed(1),
    maxDkhPerDay.toFixed(1),
    timeOf(times.alarmAfterS),
    timeOf(times.safeStateAfterS),
    ...others,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** @param {number | null} s */
function timeOf(s) {
  if (s === null) return "–";
  if (s < 120) return `${Math.round(s)} s`;
  return s < 7_200 ? `${Math.round(s / 60)} min` : `${(s / 3_600).toFixed(1)} h`;
}

/** @param {string} name */
function wordsFor(name) {
  return name.replaceAll("-", " ");
}
