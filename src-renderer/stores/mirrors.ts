import type { Device, DeviceChange } from "#contract/devices.ts";
import type { Loop } from "#contract/loops.ts";
import type { ModeChange } from "#contract/modes.ts";
import type { EmergencyStopState, Output } from "#contract/outputs.ts";
import type { Preferences } from "#contract/preferences.ts";
import type { LiveReading } from "#contract/readings.ts";
import type { TankSettings } from "#contract/settings.ts";
import type { Health } from "#contract/system.ts";
import type { Api } from "../api/connection.ts";
import { type Problem, problemOf } from "../api/problem.ts";
import { followAlarms } from "./alarms.ts";
import { FrameBuffer, withChanges } from "./mirror.ts";
import { usePreferences } from "./preferences.ts";
import { useTank } from "./tank.ts";
import { noteReadings } from "./trends.ts";

interface Subscription {
  unsubscribe(): void;
}

type LoopChange =
  | { readonly kind: "loop"; readonly loop: Loop }
  | { readonly kind: "removed"; readonly id: string };

/**
 * Subscribes to everything the app shows: each sends the present state first, then every change. One set at a time; it
 * is ended with the connection and begun anew with the next one, so none is ever lost or doubled.
 * @param onProblem told when a subscription is refused, which is a sign-in that ended
 * @returns ends them all
 */
export function subscribeToAll(api: Api, onProblem: (problem: Problem) => void): () => void {
  const onError = (error: unknown) => onProblem(problemOf(error));
  const readings = new FrameBuffer<LiveReading>((items) => {
    noteReadings(items);
    useTank.setState((t) => ({
      readings: withChanges(
        t.readings,
        items.map((r) => [r.channelId, r]),
      ),
    }));
  });
  const outputs = mirrored<Output>("outputs", (o) => [o.channelId, o]);
  const devices = new FrameBuffer<DeviceChange>((changes) =>
    useTank.setState((t) => ({ devices: changes.reduce(withDeviceChange, t.devices) })),
  );
  const loops = mirrored<LoopChange>("loops", (c) => (c.kind === "removed" ? [c.id, null] : [c.loop.id, c.loop]));
  const modes = mirrored<Exclude<ModeChange, { kind: "active" }>>("modes", (c) =>
    c.kind === "removed" ? [c.id, null] : [c.mode.id, c.mode],
  );
  const onMode = (change: ModeChange) => {
    if (change.kind === "active") useTank.setState({ activeMode: change.active });
    else modes.push(change);
  };
  const onHealth = (health: Health) => {
    useTank.setState({ health });
    void followSafeMode(api, health);
  };
  const subscriptions: Subscription[] = [
    api.readings.live.subscribe(undefined, { onData: (item) => readings.push(item), onError }),
    api.outputs.live.subscribe(undefined, { onData: (item) => outputs.push(item), onError }),
    api.devices.live.subscribe(undefined, { onData: (item) => devices.push(item), onError }),
    api.loops.live.subscribe(undefined, { onData: (item) => loops.push(item), onError }),
    api.modes.live.subscribe(undefined, { onData: onMode, onError }),
    api.system.live.subscribe(undefined, { onData: onHealth, onError }),
    api.emergencyStop.live.subscribe(undefined, {
      onData: (emergencyStop: EmergencyStopState) => useTank.setState({ emergencyStop }),
      onError,
    }),
    api.settings.live.subscribe(undefined, {
      onData: (settings: TankSettings) => useTank.setState({ settings }),
      onError,
    }),
    api.users.preferencesLive.subscribe(undefined, {
      onData: (preferences: Preferences) => usePreferences.setState(preferences),
      onError,
    }),
  ];
  const endAlarms = followAlarms(api, onError);
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
    endAlarms();
  };
}

function withDeviceChange(
  devices: ReadonlyMap<string, Device>,
  change: DeviceChange,
): ReadonlyMap<string, Device> {
  if (change.kind === "all") return new Map(change.devices.map((device) => [device.id, device]));
  const [id, device] = change.kind === "removed" ? [change.id, null] : [change.device.id, change.device];
  return withChanges(devices, [[id, device]]);
}

/** Safe mode speaks through the outputs' health: only where that is not well is there anything to ask. */
async function followSafeMode(api: Api, { checks }: Health): Promise<void> {
  const isWell = checks.outputs.status === "ok";
  const told = isWell ? null : await api.system.safeMode.query().catch(() => null);
  useTank.setState({ safeMode: told?.isActive === true ? told : null });
}

/** A snapshot that does not come within this is an empty one. */
const SNAPSHOT_WITHIN_MS = 1_500;

/** A set of the tank's whose first items replace what an earlier connection left, which may be gone by now. */
function mirrored<T>(
  name: "outputs" | "loops" | "modes",
  entryOf: (item: T) => readonly [string, unknown],
): FrameBuffer<T> {
  let isFresh = true;
  const take = (items: readonly T[]) => {
    useTank.setState((t) => {
      const base = isFresh ? new Map() : t[name];
      isFresh = false;
      return { [name]: withChanges<string, unknown>(base, items.map(entryOf)) };
    });
  };
  setTimeout(() => isFresh && take([]), SNAPSHOT_WITHIN_MS);
  return new FrameBuffer(take);
}
