import type { HeadlessHost } from "#tests/headless-host.ts";
import { cpuSecondsOf, treeOf } from "./processes.ts";

/** CPU time used so far, s. */
export interface Used {
  readonly daemonS: number;
  readonly postgresS: number;
}

/** What a host with all its helpers has used, and its PostgreSQL beside it. */
export async function usedBy(host: HeadlessHost): Promise<Used> {
  const servers = await host.postgresPids();
  const postgres = await treeOf(...servers);
  const daemon = (await treeOf(host.pid)).filter((pid) => !postgres.includes(pid));
  return { daemonS: await cpuSecondsOf(daemon), postgresS: await cpuSecondsOf(postgres) };
}

export function since(from: Used, to: Used): Used {
  return { daemonS: to.daemonS - from.daemonS, postgresS: to.postgresS - from.postgresS };
}
