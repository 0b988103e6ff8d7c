import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, newDataDir } from "#tests/headless-host.ts";
import { launchApp, stopDisplay, whyNot } from "#tests/launch-app.ts";
import { type Bench, type Figures, type Outcome, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { bundlePage } from "./support/page-bundle.ts";
import { openPortPage } from "./support/port-page.ts";
import { ourClient, RawSocket, stockClient } from "./support/rpc-clients.ts";
import { type RpcPage, type RpcPlan, type RpcTimes, rpcSizes, rpcTimes } from "./support/rpc-workload.ts";
import { equip, patchChannel, type ShownChannel, sensorsOf } from "./support/set-up.ts";
import { rounded, type Spread, spreadOf } from "./support/statistics.ts";

const RAW_ECHO = fileURLToPath(new URL("./support/raw-echo.ts", import.meta.url));
const RECORDED = 39;
const TOGGLES = 200;
const SNAPSHOTS = 40;
const TIMES_AIM_SOCKET = 2.5;
const TIMES_AIM_PIPE = 3;

/** Toggles an output, and fetches the present state of 50 sensors: over the network, and out of the desktop's window. */
export const b15: Bench = {
  name: "B15",
  title: "rpc",
  bar: "no slower than tRPC's own client",
  aim: "toggle: WebSocket <= 2.5x a raw one, IPC <= 3x a MessageChannel",
  run,
};

type Times = Omit<RpcTimes, "readMs"> & Partial<Pick<RpcTimes, "readMs">>;

/** One door, its three sides measured in turn. */
interface Door {
  readonly ours: Times[];
  readonly stock: Times[];
  readonly raw: Times[];
}

async function run({ say }: RunOptions): Promise<Outcome> {
  say("over WebSocket");
  const socket = await overSocket();
  const missing = await whyNot("electron");
  if (missing !== null) return outcomeOf(socket, null, [`IPC: skipped, ${missing}`]);
  say("out of the window, over IPC");
  return outcomeOf(socket, await overPipe(), []);
}

async function overSocket(): Promise<Door> {
  const host = await HeadlessHost.start();
  const echo = await HeadlessHost.start({ entry: RAW_ECHO });
  const { plan, token, end } = await planFor(host);
  const clients = { ours: ourClient(host.url, token), stock: stockClient(host.url, token) };
  const raw = await RawSocket.open(echo.url);
  try {
    const sizes = await rpcSizes(clients.ours.api, plan);
    return await inTurn({
      ours: () => rpcTimes(clients.ours.api, plan),
      stock: () => rpcTimes(clients.stock.api, plan),
      raw: () => raw.times(plan, sizes),
    });
  } finally {
    raw.close();
    await Promise.all([clients.ours.close(), clients.stock.close()]);
    await host.dispose();
    await echo.dispose();
    await end();
  }
}

async function overPipe(): Promise<Door> {
  const { script } = await bundlePage("rpc-page.ts");
  const dataDir = await newDataDir();
  const app = await launchApp({ runtime: "electron", dataDir });
  const port = await openPortPage();
  const { plan, token, end } = await planFor({ url: app.url, dataDir });
  try {
    await app.page.evaluate(script);
    await app.page.evaluate(`void (globalThis.reefBench = benchRpc(${JSON.stringify(token)}))`);
    const sizes = await asked(app.page, "sizes", plan);
    return await inTurn({
      ours: () => asked(app.page, "ours", plan),
      stock: () => asked(app.page, "stock", plan),
      raw: () => port.times(plan, sizes),
    });
  } finally {
    await port.close();
    await app.stop();
    await stopDisplay();
    await end();
  }
}

function asked<K extends keyof RpcPage>(page: Page, what: K, plan: RpcPlan): ReturnType<RpcPage[K]> {
  return page.evaluate(`reefBench.${what}(${JSON.stringify(plan)})`) as ReturnType<RpcPage[K]>;
}

interface Sides {
  readonly ours: () => Promise<Times>;
  readonly stock: () => Promise<Times>;
  readonly raw: () => Promise<Times>;
}

/** The first turn warms up what compiles. */
async function inTurn(sides: Sides): Promise<Door> {
  const door: Door = { ours: [], stock: [], raw: [] };
  for (let round = -1; round < REPETITIONS; round++) {
    for (const side of ["ours", "stock", "raw"] as const) {
      const times = await sides[side]();
      if (round >= 0) door[side].push(times);
    }
  }
  return door;
}

/** A tank of 50 sensors at 1 Hz, and a switch that may be toggled at will. */
async function planFor(host: Pick<HeadlessHost, "url" | "dataDir">) {
  const { api, tree } = await equip(host, { thermometers: 0, recorded: RECORDED });
  const { body } = await api.get("/channels?kind=switch&limit=1000");
  const output = (body.items as ShownChannel[]).find(({ key }) => key === "circulation");
  if (output === undefined) throw new Error("the demo tank has no circulation pump");
  await patchChannel(api, output.id, { guards: { minOnS: 0, minOffS: 0 } });
  const sensorIds = (await sensorsOf(api)).map(({ id }) => id);
  const plan: RpcPlan = { outputId: output.id, sensorIds, toggles: TOGGLES, snapshots: SNAPSHOTS };
  return { plan, token: (await tokenOf(host)) ?? "", end: () => tree.remove() };
}

async function tokenOf({ url }: Pick<HeadlessHost, "url">): Promise<string | null> {
  return (await ApiClient.signedIn({ url })).token;
}

function outcomeOf(socket: Door, pipe: Door | null, notes: readonly string[]): Outcome {
  const doors: readonly (readonly [string, Door])[] = [
    ["ws", socket],
    ...(pipe === null ? [] : ([["ipc", pipe]] as const)),
  ];
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  for (const [name, door] of doors) {
    for (const call of ["toggle", "read", "snapshot"] as const) {
      figures[`${name} ${call}Ms`] = spread(door.ours, call);
      floor[`${name} ${call}Ms stock tRPC`] = spread(door.stock, call);
      if (call === "read") continue;
      floor[`${name} ${call}Ms ${rawOf(name)}`] = spread(door.raw, call);
      figures[`${name} ${call} over ${rawOf(name)}`] = timesRaw(door, call);
    }
  }
  const ratios = doors.map(([, door]) => spread(door.ours, "toggle").median / spread(door.stock, "toggle").median);
  // A snapshot goes through the very same client on both sides; what differs between them is the machine's.
  const areSnapshotsEqual = doors.every(
    ([, door]) => spread(door.ours, "snapshot").median <= spread(door.stock, "snapshot").max,
  );
  const ratio = rounded(Math.max(...ratios));
  const meetsBar = ratio <= 1 && areSnapshotsEqual;
  const meetsAim =
    timesRaw(socket, "toggle") <= TIMES_AIM_SOCKET &&
    (pipe === null || timesRaw(pipe, "toggle") <= TIMES_AIM_PIPE);
  return { figures, floor, ratio, meetsBar, meetsAim: meetsBar && meetsAim, notes: [...NOTES, ...notes] };
}

const NOTES = [
  "ratio: a toggle with the app's client over one with tRPC's own, of the same core",
  "a toggle is done when the arbiter has decided and the device has answered; a read only asks for an output",
  "a snapshot is the beginning of a subscription, which goes through tRPC's own client in the app too",
];

const rawOf = (name: string): string => (name === "ws" ? "raw ws" : "MessageChannel");

function spread(times: readonly Times[], call: "toggle" | "read" | "snapshot"): Spread {
  return spreadOf(times.map((one) => one[`${call}Ms`] ?? Number.NaN));
}

function timesRaw({ ours, raw }: Door, call: "toggle" | "snapshot"): number {
  return rounded(spread(ours, call).median / spread(raw, call).median);
}
