import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "#main/api/app-router.ts";

/** What B15 asks of the core; the same in Node and in a page. */
export interface RpcPlan {
  /** A switch whose guards let it be toggled at will. */
  readonly outputId: string;
  readonly sensorIds: readonly string[];
  readonly toggles: number;
  readonly snapshots: number;
}

/** What one call took, as its share of all of them: a page's clock is too coarse for a single one. */
export interface RpcTimes {
  readonly toggleMs: number;
  readonly readMs: number;
  readonly snapshotMs: number;
}

/** Characters that cross for each call. */
export interface RpcSizes {
  readonly toggle: RpcSize;
  readonly snapshot: RpcSize;
}

export interface RpcSize {
  readonly up: number;
  readonly down: number;
}

type Api = TRPCClient<AppRouter>;

const OVERRIDE_S = 600;

export async function rpcTimes(api: Api, plan: RpcPlan): Promise<RpcTimes> {
  return {
    toggleMs: await shareOf(plan.toggles, (i) => toggle(api, plan.outputId, i)),
    readMs: await shareOf(plan.toggles, () => api.outputs.get.query({ channelId: plan.outputId as never })),
    snapshotMs: await shareOf(plan.snapshots, () => snapshot(api, plan.sensorIds)),
  };
}

/** What the same work puts on the wire, for the floors to carry as much. */
export async function rpcSizes(api: Api, plan: RpcPlan): Promise<RpcSizes> {
  const output = await toggle(api, plan.outputId, 0);
  const readings = await snapshot(api, plan.sensorIds);
  const asked = (path: string, input: object) =>
    JSON.stringify({ id: "c100", method: "mutation", params: { path, input } });
  const told = (data: unknown) => JSON.stringify({ id: "c100", result: { type: "data", data } });
  return {
    toggle: {
      up: asked("outputs.override", { channelId: plan.outputId, level: 100, durationS: OVERRIDE_S }).length,
      down: told(output).length,
    },
    snapshot: {
      up: asked("readings.live", { channelIds: plan.sensorIds }).length,
      down: readings.reduce<number>((sum, reading) => sum + told(reading).length, 0),
    },
  };
}

function toggle(api: Api, outputId: string, i: number): Promise<unknown> {
  const request = { level: i % 2 === 0 ? 100 : 0, durationS: OVERRIDE_S };
  return api.outputs.override.mutate({ channelId: outputId as never, ...request });
}

/** The present state of these sensors, as the app fetches it: the beginning of a subscription. */
function snapshot(api: Api, sensorIds: readonly string[]): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const awaited = new Set(sensorIds);
    const readings: unknown[] = [];
    const subscription = api.readings.live.subscribe(
      { channelIds: [...sensorIds] as never },
      {
        onData: (reading) => {
          if (!awaited.delete(reading.channelId)) return;
          readings.push(reading);
          if (awaited.size > 0) return;
          subscription.unsubscribe();
          resolve(readings);
        },
        onError: reject,
      },
    );
  });
}

/** One after the other. */
export async function shareOf(count: number, call: (i: number) => Promise<unknown>): Promise<number> {
  const fromMs = performance.now();
  for (let i = 0; i < count; i++) await call(i);
  return (performance.now() - fromMs) / count;
}

/** What the script in the app's page offers (tests/ui/bench/rpc-page.ts). */
export interface RpcPage {
  sizes(plan: RpcPlan): Promise<RpcSizes>;
  ours(plan: RpcPlan): Promise<RpcTimes>;
  stock(plan: RpcPlan): Promise<RpcTimes>;
}
