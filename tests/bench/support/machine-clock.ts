import process from "node:process";

const NS_PER_MS = 1e6;

/** The machine's monotonic clock, ms: the same in every process, and finer than a microsecond for 100 days of uptime. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / NS_PER_MS;
}
