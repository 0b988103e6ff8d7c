import { Guards } from "#contract/guards.ts";
import { ChannelId, DeviceId } from "#contract/ids.ts";
import type { ApiServices } from "#main/api/context.ts";
import { SubscriptionCount } from "#main/api/subscription-count.ts";
import { Identity } from "#main/identity/identity.ts";
import { UserPreferences } from "#main/identity/user-preferences.ts";
import { newId } from "#main/platform/ids.ts";
import { LogRing } from "#main/platform/log-ring.ts";
import type { Clock } from "#main/platform/ports.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { channel, device, output } from "#tests/builders/api-things.ts";
import { FakeAcquisitionControl } from "./fake-acquisition-control.ts";
import { FakeAlarmHistory } from "./fake-alarm-history.ts";
import { FakeAlarms } from "./fake-alarms.ts";
import { FakeHistory } from "./fake-history.ts";
import { FakeModes } from "./fake-modes.ts";
import { FakeNotifications, FakeNotificationTargets } from "./fake-notifications.ts";
import { FakeOutputs } from "./fake-outputs.ts";
import { FakePreferenceStore } from "./fake-preference-store.ts";
import { FakeReadings } from "./fake-readings.ts";
import { FakeSecretStore } from "./fake-secret-store.ts";
import { FakeSessionStore } from "./fake-session-store.ts";
import { FakeChannels, FakeDevices, FakeLoops, FakeTankSettings } from "./fake-settings-services.ts";
import { FakeSystem } from "./fake-system.ts";
import { FakeUserStore } from "./fake-user-store.ts";
import { FakeWhatIf } from "./fake-what-if.ts";
import { RecordingLog } from "./recording-log.ts";

export const START_MS = Date.UTC(2026, 0, 1);
export const PASSWORD = "ten letters";
export const TANK_ID = DeviceId.parse(newId(1));
export const PROBE_ID = ChannelId.parse(newId(2));
export const HEATER_ID = ChannelId.parse(newId(3));

export interface FakeServices extends ApiServices {
  readonly clock: Clock & { advance(ms: number): Promise<void> };
  readonly identity: Identity;
  readonly tank: FakeTankSettings;
  readonly devices: FakeDevices;
  readonly channels: FakeChannels;
  readonly loops: FakeLoops;
  readonly modes: FakeModes;
  readonly alarms: FakeAlarms;
  readonly notifications: FakeNotifications;
  readonly notificationTargets: FakeNotificationTargets;
  readonly alarmHistory: FakeAlarmHistory;
  readonly outputs: FakeOutputs;
  readonly readings: FakeReadings;
  readonly history: FakeHistory;
  readonly system: FakeSystem;
  readonly logs: LogRing;
  readonly log: RecordingLog;
  readonly users: FakeUserStore;
  readonly preferenceStore: FakePreferenceStore;
  /** An access token of a user of this role. */
  readonly tokens: Readonly<Record<"viewer" | "operator" | "admin", string>>;
}

/** One demo tank with a probe and a heater, and a user of each role; identity is the real one over fake stores. */
export async function fakeServices(): Promise<FakeServices> {
  const clock = new VirtualClock(START_MS);
  const log = new RecordingLog();
  const users = new FakeUserStore();
  const stores = { users, sessions: new FakeSessionStore(), secrets: new FakeSecretStore() };
  const identity = new Identity({ ...stores, clock, log });
  await identity.start();
  await identity.ensureFirstAdmin("admin", PASSWORD);
  for (const role of ["operator", "viewer"] as const) {
    await identity.createUser({ username: role, password: PASSWORD, role });
  }
  const tokenOf = async (username: string) =>
    (await identity.login({ username, password: PASSWORD }, "192.0.2.9")).accessToken;
  const tokens = {
    viewer: await tokenOf("viewer"),
    operator: await tokenOf("operator"),
    admin: await tokenOf("admin"),
  };

  const preferenceStore = new FakePreferenceStore();
  const devices = new FakeDevices();
  const channels = new FakeChannels();
  const history = new FakeHistory();
  const outputs = new FakeOutputs();
  const probe = channel({ id: PROBE_ID, deviceId: TANK_ID });
  const guards = Guards.parse({ minOnS: 60, minOffS: 180, maxOnS: null });
  const heater = channel({
    id: HEATER_ID,
    deviceId: TANK_ID,
    key: "heater",
    name: "Heater",
    kind: "switch",
    role: "heater",
    guards,
  });
  channels.channels = [probe, heater];
  devices.devices = [device({ id: TANK_ID, channels: [probe, heater] })];
  outputs.outputs = [output({ channelId: HEATER_ID })];
  return {
    clock,
    log,
    users,
    tokens,
    identity,
    preferenceStore,
    preferences: new UserPreferences({ store: preferenceStore, log }),
    tank: new FakeTankSettings(),
    devices,
    channels,
    outputs,
    loops: new FakeLoops(),
    modes: new FakeModes(),
    alarms: new FakeAlarms(),
    notifications: new FakeNotifications(),
    notificationTargets: new FakeNotificationTargets(),
    alarmHistory: new FakeAlarmHistory(),
    acquisition: new FakeAcquisitionControl(),
    readings: new FakeReadings(clock),
    history,
    outputHistory: history,
    system: new FakeSystem(),
    whatIf: new FakeWhatIf(),
    logs: new LogRing(),
    subscriptions: new SubscriptionCount(),
  };
}
