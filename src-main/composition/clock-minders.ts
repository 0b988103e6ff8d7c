import { execFile } from "node:child_process";
import { access } from "node:fs/promises";

/** systemd-timesyncd has this folder while it works, and touches the file in it whenever it set the clock. */
const TIMESYNC = "/run/systemd/timesync";
const TIMESYNC_SET = `${TIMESYNC}/synchronized`;
/** chronyd keeps its process id here while it runs (chrony.conf(5), pidfile). */
const CHRONY_PIDS = ["/run/chrony/chronyd.pid", "/run/chronyd.pid"];
/** A program that does not say within this is asked again later, ms. */
const ANSWER_LIMIT_MS = 2_000;

/** What is known of the wall's clock: somebody set it, somebody is about to, or nobody minds it. */
export type ClockWord = "set" | "unset" | "nobody";

/** What the machine is asked by; each may be a stand-in. */
export interface Machine {
  /** Whether this file is there. */
  exists(path: string): Promise<boolean>;
  /** What a program prints; null: there is none of this name, it failed, or it took too long. */
  run(program: string, args: readonly string[]): Promise<string | null>;
}

/**
 * Asks whoever may mind this machine's clock: systemd-timesyncd's file, since it costs nothing; the kernel itself, through
 * timedated, for every other service; and chrony, which says more of itself than the kernel where no timedated runs.
 */
export async function askClockMinders({ exists, run }: Machine): Promise<ClockWord> {
  if (await exists(TIMESYNC_SET)) return "set";
  const [kernel, chrony] = await Promise.all([askKernel({ exists, run }), askChrony({ exists, run })]);
  const words = [kernel, chrony];
  if (words.includes("set")) return "set";
  return words.includes("unset") ? "unset" : "nobody";
}

/** timedated takes NTPSynchronized from adjtimex(2), and NTP from the services that are enabled. */
async function askKernel({ exists, run }: Machine): Promise<ClockWord> {
  const said = await run("timedatectl", ["show", "--property=NTP", "--property=NTPSynchronized"]);
  if (said === null) return (await exists(TIMESYNC)) ? "unset" : "nobody";
  const lines = said.split("\n");
  if (lines.includes("NTPSynchronized=yes")) return "set";
  return lines.includes("NTP=yes") ? "unset" : "nobody";
}

/** The last field of a tracking report is its leap status (chronyc(1), tracking). */
async function askChrony({ exists, run }: Machine): Promise<ClockWord> {
  const runs = await Promise.all(CHRONY_PIDS.map((path) => exists(path)));
  if (!runs.includes(true)) return "nobody";
  const said = await run("chronyc", ["-n", "-c", "tracking"]);
  const leapStatus = said?.trim().split(",").at(-1) ?? "";
  return leapStatus === "" || leapStatus === "Not synchronised" ? "unset" : "set";
}

/** The machine this runs on. */
export const THIS_MACHINE: Machine = {
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  run: (program, args) =>
    new Promise((resolve) => {
      const limits = { timeout: ANSWER_LIMIT_MS, killSignal: "SIGKILL" } as const;
      execFile(program, [...args], limits, (error, said) => resolve(error === null ? said : null));
    }),
};
