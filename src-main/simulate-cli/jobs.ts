import { fork } from "node:child_process";
import { access } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import { FAULTS, scenarioNamed } from "./catalogue.ts";
import { REAL_FAULTS, REAL_PROCESS, realRun } from "./real/real-runs.ts";
import { type MomentResult, resultOf } from "./result.ts";

/** One moment of one fault, as a worker is told of it. */
export interface Job {
  readonly fault: string;
  readonly moment: string;
  readonly seed: number;
  readonly days: number;
}

export interface JobDone {
  readonly job: Job;
  readonly result: MomentResult;
}

/** More of them only fight for memory. */
const MOST_WORKERS = 4;
/**
 * A month of short-lived objects: a young generation that holds more of them is swept half as often. There are as many
 * processes as cores: threads that helped one to sweep would be taken from another.
 */
const COLLECTOR = ["--min-semi-space-size=16", "--max-semi-space-size=32", "--single-threaded-gc"];
/** How a process knows that it is one of them. */
export const WORKER_ARGUMENT = "--worker";

export interface Wanted extends Pick<Job, "seed" | "days"> {
  readonly faults: readonly string[];
  /** Every moment of each fault; else one of them, another with every seed, so that three seeds play all. */
  readonly isEveryMoment: boolean;
}

/** @param program what runs them: where a built host lies beside it, some faults are also run on that */
export async function jobsFor({ faults, isEveryMoment, ...common }: Wanted, program: string): Promise<Job[]> {
  const isBuilt = await access(headlessBeside(program)).then(
    () => true,
    () => false,
  );
  const real = faults.filter((fault) => isBuilt && REAL_FAULTS.includes(fault));
  const virtual = faults.flatMap((fault) => {
    const moments = scenarioNamed(fault).moments.map(({ name }) => name);
    const turn = (common.seed + FAULTS.indexOf(fault)) % moments.length;
    const played = isEveryMoment ? moments : moments.slice(turn, turn + 1);
    return played.map((moment) => ({ fault, moment, ...common }));
  });
  return [...real.map((fault) => ({ fault, moment: REAL_PROCESS, ...common })), ...virtual];
}

function headlessBeside(program: string): string {
  return join(dirname(program), "headless.js");
}

export async function runJob(job: Job): Promise<MomentResult> {
  if (job.moment === REAL_PROCESS) return realRun(job.fault, headlessBeside(process.argv[1] ?? ""));
  const scenario = scenarioNamed(job.fault);
  const moment = scenario.moments.find(({ name }) => name === job.moment);
  if (moment === undefined) throw new ReefFault("invalid", `${job.fault} has no moment ${job.moment}.`);
  return resultOf({ scenario, moment, seed: job.seed, days: job.days });
}

/**
 * Runs them on every core there is; those on a real process, which mostly wait, one after the other beside.
 * @param program the file a worker is started from
 */
export async function runJobs(
  jobs: readonly Job[],
  { program, onDone }: { readonly program: string; readonly onDone: (done: JobDone) => void },
): Promise<void> {
  const isReal = ({ moment }: Job) => moment === REAL_PROCESS;
  const [real, virtual] = [jobs.filter(isReal), jobs.filter((job) => !isReal(job))];
  const workers = Math.min(availableParallelism(), MOST_WORKERS, virtual.length);
  const lanes = [...(real.length > 0 ? [real] : []), ...Array.from({ length: workers }, () => virtual)];
  await Promise.all(lanes.map((waiting) => work(waiting, { program, onDone })));
}

/** One process works until nothing waits. */
function work(
  waiting: Job[],
  { program, onDone }: { readonly program: string; readonly onDone: (done: JobDone) => void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [WORKER_ARGUMENT], {
      execArgv: [...process.execArgv, ...COLLECTOR],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const next = () => {
      const job = waiting.shift();
      if (job === undefined) child.disconnect();
      else child.send(job);
    };
    child.on("message", (done) => {
      onDone(done as JobDone);
      next();
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(new ReefFault("internal", `A worker of the simulation ended with ${signal ?? code}; see above.`));
    });
    next();
  });
}

/** What such a process does: a job at a time, until its parent lets go of it. */
export function serveJobs(): void {
  process.on("message", (job) => {
    void runJob(job as Job).then(
      (result) => process.send?.({ job, result } satisfies { job: unknown; result: MomentResult }),
      (error: unknown) => {
        process.stderr.write(`${JSON.stringify(job)}: ${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
