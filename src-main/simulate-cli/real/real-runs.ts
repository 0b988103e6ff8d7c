import { setTimeout as sleepMs } from "node:timers/promises";
import { messageOf } from "#contract/errors.ts";
import type { MomentResult } from "../result.ts";
import { RealHost, until } from "./real-host.ts";

/** The moment under which these runs are listed. */
export const REAL_PROCESS = "real-process";

/** From a silent event loop to the supervisor's kill; systemd's watchdog takes 30 s. */
const WATCHDOG_MS = 4_000;
const RESTART_LIMIT_MS = 60_000;
const HEALTH_LIMIT_MS = 30_000;
const WATCH_MS = 3_000;
const KILLS_AFTER_MS = [700, 2_100, 1_300];

interface Seen {
  /** A person could read of it after so long, ms; null: it is over before that. */
  readonly toldMs: number | null;
  /** Outputs were under control again after so long, ms; null: they always were. */
  readonly safeMs: number | null;
  readonly notes: string;
}

type RealRun = (host: RealHost) => Promise<Seen>;

const RUNS: Readonly<Record<string, RealRun>> = {
  "postgres-hung": async (host) => {
    await host.signalPostgres("SIGSTOP");
    const toldMs = await degraded(host);
    await host.signalPostgres("SIGCONT");
    await until("health to be ok", HEALTH_LIMIT_MS, async () => (await host.health()).status === "ok");
    return { toldMs, safeMs: null, notes: "Postgres stopped by signal, probes read on, drained after" };
  },
  "postgres-killed": async (host) => {
    await host.signalPostgres("SIGKILL");
    await sleepMs(WATCH_MS);
    await until("health to be ok", HEALTH_LIMIT_MS, async () => (await host.health()).status === "ok");
    return { toldMs: null, safeMs: null, notes: "every process of Postgres killed, started again by itself" };
  },
  "event-loop-blocked": async (host) => {
    const fromMs = performance.now();
    host.signal("SIGSTOP");
    await sleepMs(WATCHDOG_MS);
    await host.kill();
    await host.start();
    const safeMs = performance.now() - fromMs;
    return {
      toldMs: null,
      safeMs,
      notes: "hung by signal, killed by a stand-in watchdog after 4 s, started again",
    };
  },
  "process-killed-at-random": async (host) => {
    let longestMs = 0;
    for (const afterMs of KILLS_AFTER_MS) {
      await sleepMs(afterMs);
      await host.kill();
      longestMs = Math.max(longestMs, await host.start());
    }
    return { toldMs: null, safeMs: longestMs, notes: "kill -9 three times, ready again each time" };
  },
  "process-started-twice": async (host) => {
    const { code, words } = await host.startAnother();
    if (code === 0 || code === null) throw new Error("a second process on the same data was not refused");
    if (!/owns this data/.test(words)) throw new Error(`the second did not name the first: ${words.trim()}`);
    return { toldMs: null, safeMs: null, notes: "the second is refused, naming the first" };
  },
};

export const REAL_FAULTS: readonly string[] = Object.keys(RUNS);

/** One fault on the built host in real time. Its tank is simulated too, and begins anew with each process. */
export async function realRun(fault: string, program: string): Promise<MomentResult> {
  const run = RUNS[fault];
  if (run === undefined) throw new Error(`${fault} has no real run`);
  const host = await RealHost.begin(program);
  try {
    const before = await waterOf(host);
    const seen = await run(host);
    const after = await waterOf(host);
    await assertReading(host);
    return resultFrom([before, after], seen, null);
  } catch (error) {
    return resultFrom([], { toldMs: null, safeMs: null, notes: "" }, messageOf(error));
  } finally {
    await host.dispose();
  }
}

interface Water {
  readonly waterC: number;
  readonly salinityPpt: number;
}

function resultFrom(
  seen: readonly Water[],
  { toldMs, safeMs, notes }: Seen,
  failure: string | null,
): MomentResult {
  const temperatures = seen.map(({ waterC }) => waterC);
  const salinities = seen.map(({ salinityPpt }) => salinityPpt);
  return {
    moment: REAL_PROCESS,
    survived: failure === null,
    minC: least(temperatures),
    maxC: -least(temperatures.map((c) => -c)),
    minPpt: least(salinities),
    maxPpt: -least(salinities.map((ppt) => -ppt)),
    overflowL: 0,
    maxDkhPerDay: 0,
    returnAbsentS: 0,
    alarmAfterS: toldMs === null ? null : Math.round(toldMs / 100) / 10,
    safeStateAfterS: safeMs === null ? null : Math.round(safeMs / 100) / 10,
    notes: ["real processes, real time", failure ?? notes].join(": "),
    references: [],
  };
}

/** No run, no figure: a tank of which nothing was read is shown at the default. */
function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values);
}

async function waterOf(host: RealHost): Promise<Water> {
  const [temperature, salinity] = [await host.channelId("display-temperature"), await host.channelId("salinity")];
  let water: Water | null = null;
  await until("good readings", RESTART_LIMIT_MS, async () => {
    const [c, ppt] = [await host.latest(temperature), await host.latest(salinity)];
    if (c.quality === "good" && ppt.quality === "good" && c.value !== null && ppt.value !== null) {
      water = { waterC: c.value, salinityPpt: ppt.value };
    }
    return water !== null;
  });
  return water ?? { waterC: 0, salinityPpt: 0 };
}

/** Acquisition goes on: a reading that is good now. */
async function assertReading(host: RealHost): Promise<void> {
  const id = await host.channelId("display-temperature");
  await until("a good reading", RESTART_LIMIT_MS, async () => (await host.latest(id)).quality === "good");
}

async function degraded(host: RealHost): Promise<number> {
  const fromMs = performance.now();
  const id = await host.channelId("display-temperature");
  await until("health to name the database", HEALTH_LIMIT_MS, async () => {
    if ((await host.latest(id)).quality !== "good") throw new Error("the probe fell silent with Postgres");
    return (await host.health()).checks["database"]?.status !== "ok";
  });
  return performance.now() - fromMs;
}
