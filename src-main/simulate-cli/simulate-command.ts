import { messageOf } from "#contract/errors.ts";
import { FAULTS } from "./catalogue.ts";
import { type JobDone, jobsFor, runJobs } from "./jobs.ts";
import { HELP, type Options, optionsFrom } from "./options.ts";
import { type MomentResult, type ScenarioResult, scenarioResult } from "./result.ts";
import { tableOf } from "./table.ts";

/** The one document of `--json`. */
export interface SimulationReport {
  readonly days: number;
  readonly seed: number;
  readonly scenarios: readonly ScenarioResult[];
  readonly survivedAll: boolean;
  readonly wallS: number;
}

/** @param program the file workers are started from @returns the exit code; what was wrong has been said in one line on stderr */
export async function simulateCommand(args: readonly string[], program: string): Promise<number> {
  try {
    const options = optionsFrom(args);
    if (options.kind === "help") process.stdout.write(HELP);
    else if (options.kind === "list") process.stdout.write(`${FAULTS.join("\n")}\n`);
    else return await run(options, program);
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  }
}

async function run(options: Options & { kind: "run" }, program: string): Promise<number> {
  const { days, seed, faults, isJson } = options;
  const startedMs = performance.now();
  const jobs = await jobsFor({ faults, seed, days, isEveryMoment: faults.length < FAULTS.length }, program);
  const results = new Map<string, MomentResult>();
  const onDone = ({ job, result }: JobDone) => {
    results.set(`${job.fault} ${job.moment}`, result);
    const word = result.survived ? "lives" : "LOST";
    process.stderr.write(`${results.size}/${jobs.length} ${job.fault}, ${job.moment}: ${word}\n`);
  };
  await runJobs(jobs, { program, onDone });
  const scenarios = faults.map((fault) =>
    scenarioResult(
      fault,
      jobs.filter((job) => job.fault === fault).flatMap((job) => results.get(`${fault} ${job.moment}`) ?? []),
    ),
  );
  const survivedAll = scenarios.every(({ survived }) => survived);
  const wallS = Math.round((performance.now() - startedMs) / 100) / 10;
  const report: SimulationReport = { days, seed, scenarios, survivedAll, wallS };
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : `${tableOf(scenarios)}\n\n${summaryOf(report)}\n`);
  return survivedAll ? 0 : 1;
}

function summaryOf({ scenarios, days, seed, wallS }: SimulationReport): string {
  const alive = scenarios.filter(({ survived }) => survived).length;
  return `${alive} of ${scenarios.length} faults survived, ${days} days each, seed ${seed}, in ${wallS} s`;
}
