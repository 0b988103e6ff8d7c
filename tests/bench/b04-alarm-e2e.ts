import { fileURLToPath } from "node:url";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { alarmCpuPct } from "./support/alarm-load.ts";
import { BareStore } from "./support/bare-store.ts";
import { type Bench, interleaved, type Outcome, pause, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { type Crossing, machineMs } from "./support/crossings.ts";
import { PUSHED_PROBE } from "./support/push-drivers.ts";
import { RawEcho } from "./support/raw-echo-client.ts";
import { addDevice, equip } from "./support/set-up.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));
const ECHO = fileURLToPath(new URL("./support/raw-echo.ts", import.meta.url));
const RECORDED = 39;
const CLIENT_P99_BAR_MS = 10;
const DURABLE_TIMES_BAR = 3;
const CLIENT_TIMES_AIM = 2;
const CPU_BAR_PCT = 1;
const CROSSINGS = 200;

/** A limit is crossed; until the transition is durable, and until a client has heard of it. */
export const b4: Bench = {
  name: "B4",
  title: "alarm-e2e",
  bar: "client p99 <= 10 ms, durable p99 <= 3x one durable commit; 1,000 alarms at 50 readings/s < 1 % of a core",
  aim: "client p50 <= 2x a raw WebSocket push",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const cpuPct = spreadOf(await repeated(alarmCpuPct));
  const host = await HeadlessHost.start({ entry: CORE, args: ["--cross"] });
  const floor = await HeadlessHost.start({ entry: ECHO });
  const store = await BareStore.open();
  say("the demo tank and other sensors, 50 at 1 Hz, history on, one client that hears alarms");
  const { tree } = await equip(host, { thermometers: 0, recorded: RECORDED });
  const api = await ApiClient.signedIn(host);
  const client = liveClient(host.url, async () => api.token);
  const echo = await RawEcho.open(floor.url);
  const heardAtMs: number[] = [];
  const alarmId = await layAlarm(api);
  const hearing = client.trpc.alarms.live.subscribe(undefined, {
    onData: (change) => {
      if (change.kind === "alarm" && change.alarm.id === alarmId) heardAtMs.push(machineMs());
    },
  });
  try {
    await until("the snapshot", 10_000, async () => (heardAtMs.length > 0 ? true : undefined));
    await pause(3_000);
    say(`${REPETITIONS} x ${CROSSINGS} crossings`);
    const slices = await interleaved(
      REPETITIONS,
      () => crossed(host, heardAtMs),
      async () => ({ echo: await echo.timesMs(CROSSINGS), commit: await store.commitsMs(CROSSINGS) }),
    );
    return outcomeOf(slices.a, slices.b, cpuPct);
  } finally {
    echo.close();
    hearing.unsubscribe();
    await client.close();
    await host.dispose();
    await floor.dispose();
    await tree.remove();
    await store.dispose();
  }
}

async function repeated(measure: () => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (let round = 0; round < REPETITIONS; round++) results.push(await measure());
  return results;
}

async function layAlarm(api: ApiClient): Promise<string> {
  const [probe] = await addDevice(api, PUSHED_PROBE, "Pushed", {});
  const { status, body } = await api.post("/alarms", {
    name: "Crossed",
    kind: "high",
    channelId: probe?.id,
    setpoint: 1,
    deadband: 0,
    onDelayS: 0,
    offDelayS: 0,
    priority: "low",
    latching: false,
    response: "Nothing: this is a benchmark.",
  });
  if (status !== 201) throw new Error(`POST /alarms answered ${status}: ${JSON.stringify(body)}`);
  return body.id;
}

interface Slice {
  readonly durableMs: readonly number[];
  readonly clientMs: readonly number[];
}

/** One round in a host that was started with --cross. */
async function crossed(host: HeadlessHost, heardAtMs: number[]): Promise<Slice> {
  const rounds = () => host.stdout.split("\n").filter((line) => line.startsWith('{"event":"crossed"'));
  const before = rounds().length;
  heardAtMs.length = 0;
  host.child.kill("SIGUSR2");
  const line = await until("the crossings", 120_000, async () => rounds()[before]);
  const { crossings } = JSON.parse(line) as { readonly crossings: readonly Crossing[] };
  await pause(200);
  const clientMs = crossings.flatMap(({ pushedAtMs }) => {
    const heard = heardAtMs.find((atMs) => atMs >= pushedAtMs);
    return heard === undefined ? [] : [heard - pushedAtMs];
  });
  return { durableMs: crossings.map(({ pushedAtMs, durableAtMs }) => durableAtMs - pushedAtMs), clientMs };
}

interface Floor {
  readonly echo: readonly number[];
  readonly commit: readonly number[];
}

function outcomeOf(
  ours: readonly Slice[],
  floors: readonly Floor[],
  cpuPct: ReturnType<typeof spreadOf>,
): Outcome {
  const at = (slices: readonly (readonly number[])[], q: number) =>
    spreadOf(slices.map((slice) => quantile(slice, q)));
  const durableP99Ms = at(
    ours.map(({ durableMs }) => durableMs),
    0.99,
  );
  const clientP50Ms = at(
    ours.map(({ clientMs }) => clientMs),
    0.5,
  );
  const clientP99Ms = at(
    ours.map(({ clientMs }) => clientMs),
    0.99,
  );
  const commitP99Ms = at(
    floors.map(({ commit }) => commit),
    0.99,
  );
  const echoP50Ms = at(
    floors.map(({ echo }) => echo),
    0.5,
  );
  const ratio = durableP99Ms.median / commitP99Ms.median;
  return {
    figures: { cpuPct, durableP99Ms, clientP50Ms, clientP99Ms },
    floor: { commitP99Ms, echoP50Ms },
    ratio: rounded(ratio),
    meetsBar: ratio <= DURABLE_TIMES_BAR && clientP99Ms.median <= CLIENT_P99_BAR_MS && cpuPct.median < CPU_BAR_PCT,
    meetsAim: clientP50Ms.median <= CLIENT_TIMES_AIM * (echoP50Ms.median / 2),
    notes: [
      "durable: in the local store, in one transaction, before anybody is told; Postgres takes it from there",
    ],
  };
}
