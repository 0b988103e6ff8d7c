import { fileURLToPath } from "node:url";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import { liveClient } from "#tests/live-client.ts";
import { type Bench, interleaved, type Outcome, pause, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { layPushRig, pushedMs, pushesFor } from "./support/push-rig.ts";
import { RawEcho } from "./support/raw-echo-client.ts";
import { equip } from "./support/set-up.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const CORE = fileURLToPath(new URL("./support/core-program.ts", import.meta.url));
const ECHO = fileURLToPath(new URL("./support/raw-echo.ts", import.meta.url));
const RECORDED = 39;
const TIMES_BAR = 8;
const TIMES_AIM = 4;

/** A reading pushed onto the readings bus crosses a rule's limit; until the relay's driver is called. */
export const b1: Bench = {
  name: "B1",
  title: "control-push",
  bar: "p50 <= 8x a raw WebSocket echo",
  aim: "p50 <= 4x",
  run,
};

async function run({ isLong, say }: RunOptions): Promise<Outcome> {
  const events = pushesFor(isLong);
  const host = await HeadlessHost.start({ entry: CORE, args: ["--push", `${events}`] });
  const floor = await HeadlessHost.start({ entry: ECHO });
  say("the demo tank and other sensors, 50 at 1 Hz, history on, one client that hears everything");
  const { tree } = await equip(host, { thermometers: 0, recorded: RECORDED });
  const api = await ApiClient.signedIn(host);
  const client = liveClient(host.url, async () => api.token);
  const hearing = client.trpc.readings.live.subscribe(undefined, { onData: () => undefined });
  const echo = await RawEcho.open(floor.url);
  try {
    await layPushRig(api);
    await pause(3_000);
    await pushedMs(host);
    say(`${REPETITIONS} x ${events} pushes`);
    const slices = await interleaved(
      REPETITIONS,
      () => pushedMs(host),
      () => echo.timesMs(events),
    );
    return outcomeOf(slices.a, slices.b);
  } finally {
    echo.close();
    hearing.unsubscribe();
    await client.close();
    await host.dispose();
    await floor.dispose();
    await tree.remove();
  }
}

function outcomeOf(ours: readonly number[][], echoes: readonly number[][]): Outcome {
  const at = (slices: readonly number[][], q: number) => spreadOf(slices.map((slice) => quantile(slice, q)));
  const p50 = at(ours, 0.5);
  const floor = at(echoes, 0.5);
  const ratio = p50.median / floor.median;
  return {
    figures: { events: ours.flat().length, p50Ms: p50, p99Ms: at(ours, 0.99) },
    floor: { echoP50Ms: floor, echoP99Ms: at(echoes, 0.99) },
    ratio: rounded(ratio),
    meetsBar: ratio <= TIMES_BAR,
    meetsAim: ratio <= TIMES_AIM,
  };
}
