import type { ApiClient } from "#tests/api-client.ts";
import { type HeadlessHost, until } from "#tests/headless-host.ts";
import { NOTING_RELAY, PUSHED_PROBE } from "./push-drivers.ts";
import { addDevice, patchChannel } from "./set-up.ts";

/** Above it the rule of the rig drives the relay on; `pushes.ts` goes to either side of it. */
const LIMIT = 1;
const PUSHES_TAKE_AT_MOST_MS = 60_000;

/** Pushes in one slice: 6 s of them, or with --long the 12 s of the full workload. */
export function pushesFor(isLong: boolean): number {
  return isLong ? 600 : 300;
}

/** A probe that is pushed to, a relay, and the rule between them. */
export async function layPushRig(api: ApiClient): Promise<void> {
  const [probe] = await addDevice(api, PUSHED_PROBE, "Pushed", {});
  const [relay] = await addDevice(api, NOTING_RELAY, "Relay", {});
  if (probe === undefined || relay === undefined) throw new Error("a device of the rig has no channel");
  await patchChannel(api, relay.id, { guards: { minOnS: 0, minOffS: 0, warnStartsPerHour: null } });
  const { status, body } = await api.post("/loops", {
    type: "rule",
    name: "Push",
    conditions: [{ kind: "above", channelId: probe.id, value: LIMIT }],
    actions: [{ kind: "output", channelId: relay.id, level: 100 }],
  });
  if (status !== 201) throw new Error(`POST /loops answered ${status}: ${JSON.stringify(body)}`);
}

/** One round of pushes in a host that was started with --push. @returns each one's way to the driver, ms */
export async function pushedMs(host: HeadlessHost): Promise<number[]> {
  const rounds = () => host.stdout.split("\n").filter((line) => line.startsWith('{"event":"pushed"'));
  const before = rounds().length;
  host.child.kill("SIGUSR2");
  const line = await until("the pushes", PUSHES_TAKE_AT_MOST_MS, async () => rounds()[before]);
  return (JSON.parse(line) as { readonly latenciesMs: number[] }).latenciesMs;
}
