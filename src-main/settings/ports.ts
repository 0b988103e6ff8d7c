import type { Alarm, AlarmCreate, AlarmPatch, AlarmPriority, AlarmState } from "#contract/alarms.ts";
import type { Channel, ChannelFilter, ChannelPatch } from "#contract/channels.ts";
import type { Configuration } from "#contract/configuration.ts";
import type {
  Device,
  DeviceConfig,
  DeviceCreate,
  DeviceParams,
  DevicePatch,
  DeviceStatus,
  DeviceTestResult,
  DeviceType,
} from "#contract/devices.ts";
import type {
  AlarmEventId,
  AlarmId,
  ControllerId,
  DeviceId,
  LoopId,
  ModeId,
  NotificationTargetId,
} from "#contract/ids.ts";
import type { Loop, LoopCreate, LoopPatch, LoopState } from "#contract/loops.ts";
import type { ActiveMode, ModeConfig, ModeCreate, ModePatch } from "#contract/modes.ts";
import type {
  NotificationChannel,
  NotificationSettings,
  NotificationSettingsPatch,
  NotificationTarget,
  NotificationTargetConfig,
  NotificationTargetCreate,
  NotificationTargetPatch,
  NotificationTestResult,
} from "#contract/notifications.ts";
import type { TankSettings, TankSettingsPatch } from "#contract/settings.ts";
import type { AlarmActor, AlarmOrder } from "#domain/alarms/alarm-machine.ts";
import type { Cancel } from "../platform/ports.ts";

export type { Configuration };

/** Postgres, as settings sees it. @throws ReefFault database-away */
export interface ConfigurationRepository {
  /** null where this controller never saved one. */
  load(controllerId: ControllerId): Promise<Configuration | null>;
  /** Makes the stored configuration this one, in one transaction. Devices and channels that are gone keep their history. */
  save(controllerId: ControllerId, next: Configuration): Promise<void>;
}

/** The local store's copy: what the tank is controlled by from power-on. */
export interface ConfigurationSnapshot {
  load(): Promise<Configuration | null>;
  save(next: Configuration): Promise<void>;
}

/** The devices topic, as the API uses it. Ids are strings here: what is not an id is simply not found. */
export interface DevicesService {
  types(): readonly DeviceType[];
  list(): readonly Device[];
  get(id: string): Device;
  /** @throws ReefFault invalid (params, each field named), conflict (address taken) */
  create(request: DeviceCreate): Promise<Device>;
  update(id: string, patch: DevicePatch): Promise<Device>;
  /** @throws ReefFault conflict: loops that use its channels, named */
  remove(id: string): Promise<void>;
  test(id: string): Promise<DeviceTestResult>;
  /** This device, one of its channels or its status changed, or it is new or gone. */
  onChange(listener: (deviceId: DeviceId) => void): Cancel;
}

export interface ChannelsService {
  list(filter: ChannelFilter): readonly Channel[];
  get(id: string): Channel;
  update(id: string, patch: ChannelPatch): Promise<Channel>;
}

export interface LoopsService {
  list(): readonly Loop[];
  get(id: string): Loop;
  create(request: LoopCreate): Promise<Loop>;
  update(id: string, patch: LoopPatch): Promise<Loop>;
  remove(id: string): Promise<void>;
  /** The container a loop doses from is full again. @throws ReefFault not-found, conflict: it has none */
  refill(id: string): Promise<Loop>;
  /** This loop or its state changed, or it is new or gone. */
  onChange(listener: (loopId: LoopId) => void): Cancel;
}

/** What there is to tell of modes: this one changed, is new or gone; or what is on did. */
export type ModeNews = { readonly kind: "mode"; readonly id: ModeId } | { readonly kind: "active" };

export interface ModesService {
  list(): readonly ModeConfig[];
  get(id: string): ModeConfig;
  create(request: ModeCreate): Promise<ModeConfig>;
  update(id: string, patch: ModePatch): Promise<ModeConfig>;
  /** @throws ReefFault conflict: rules that start it, named; or it is on */
  remove(id: string): Promise<void>;
  /** null: none is on, and no output is on its way back. */
  active(): ActiveMode | null;
  start(
    id: string,
    request: { readonly by: string; readonly durationS?: number | undefined },
  ): Promise<ActiveMode | null>;
  /** @throws ReefFault conflict: none is on */
  stop(by: string): Promise<ActiveMode | null>;
  onChange(listener: (news: ModeNews) => void): Cancel;
}

export interface AlarmsService {
  list(): readonly Alarm[];
  /** Those that are not normal: by priority, the oldest first. */
  standing(): readonly Alarm[];
  get(id: string): Alarm;
  create(request: AlarmCreate): Promise<Alarm>;
  update(id: string, patch: AlarmPatch): Promise<Alarm>;
  remove(id: string): Promise<void>;
  /** Each resolves when it is durable. @throws ReefFault not-found, conflict (a reset while its condition stands) */
  acknowledge(id: string, actor: AlarmActor): Promise<Alarm>;
  shelve(id: string, durationS: number, actor: AlarmActor): Promise<Alarm>;
  unshelve(id: string, actor: AlarmActor): Promise<Alarm>;
  reset(id: string, actor: AlarmActor): Promise<Alarm>;
  setInService(id: string, isInService: boolean, actor: AlarmActor): Promise<Alarm>;
  /** This alarm or how it stands changed, or it is new or gone. */
  onChange(listener: (alarmId: AlarmId) => void): Cancel;
}

/** Running alarms, as settings asks about them. */
export interface AlarmRuntime {
  /** @throws ReefFault not-found */
  conditionOf(alarmId: AlarmId): {
    readonly memory: {
      readonly lastValue: number | null;
      readonly isInputUnknown: boolean;
      readonly by: string | null;
      readonly note: string | null;
      readonly text: string | null;
      readonly priority: AlarmPriority | null;
    };
    readonly state: AlarmState;
    readonly sinceMs: number | null;
    readonly raisedAtMs: number | null;
    readonly shelvedUntilMs: number | null;
    readonly limitAtMs: number | null;
    readonly groupId: AlarmEventId | null;
  };
  /** @throws ReefFault not-found, conflict */
  command(alarmId: AlarmId, order: AlarmOrder): Promise<AlarmState>;
  onChange(listener: (alarmId: AlarmId) => void): Cancel;
}

/** The targets of messages, as the API uses them. No secret comes out of it. */
export interface NotificationTargetsService {
  list(): Promise<readonly NotificationTarget[]>;
  get(id: string): Promise<NotificationTarget>;
  /** @throws ReefFault invalid: an address that messages may not go to */
  create(request: NotificationTargetCreate): Promise<NotificationTarget>;
  /** A secret that is null stays as it was, unless another server is to have it now: then it must be given again. */
  update(id: string, patch: NotificationTargetPatch): Promise<NotificationTarget>;
  remove(id: string): Promise<void>;
  /** Sends one message now, whether the target is enabled or not. */
  test(id: string): Promise<NotificationTestResult>;
  settings(): NotificationSettings;
  updateSettings(patch: NotificationSettingsPatch): Promise<NotificationSettings>;
}

/** What is said of the tank as a whole. */
export interface TankSettingsService {
  get(): TankSettings;
  /** @throws ReefFault database-away: nothing was changed */
  update(patch: TankSettingsPatch): Promise<TankSettings>;
  onChange(listener: (next: TankSettings) => void): Cancel;
}

/** The driver types, as settings checks devices against them. */
export interface DriverCatalog {
  types(): readonly DeviceType[];
  /** @returns the parameters with their defaults @throws ReefFault invalid: unknown type, or every offending parameter named */
  parseParams(type: string, params: unknown): DeviceParams;
  /** What must be unique among devices of this type; null: nothing. */
  addressOf(type: string, params: DeviceParams): string | null;
  isSimulated(type: string): boolean;
}

/** The program's own secrets, as settings keeps those of targets. */
export interface SecretKeeper {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
  /** One that is not there stays so. */
  remove(name: string): Promise<void>;
}

/** Messages on their way, as settings asks about them. */
export interface NotificationRuntime {
  deliveryOf(targetId: NotificationTargetId): NotificationTarget["delivery"];
  test(target: NotificationTargetConfig): Promise<NotificationTestResult>;
  /** @throws ReefFault invalid: an address that messages may not go to */
  assertAllowed(address: NotificationAddress): void;
}

/** Where something is sent: a target's channel, or the address that is asked for as a heartbeat. */
export type NotificationAddress = NotificationChannel | { readonly type: "heartbeat"; readonly url: string };

/** Running devices, as settings asks about them. */
export interface DeviceRuntime {
  status(deviceId: DeviceId): DeviceStatus;
  /** Waits until it was reached and its channels are known, or could not be, at most so long; resolves either way. */
  contacted(deviceId: DeviceId, limitMs: number): Promise<void>;
  test(device: DeviceConfig): Promise<DeviceTestResult>;
  /** A running device came online, went offline, or says another reason for it. */
  onStatusChange(listener: (deviceId: DeviceId) => void): Cancel;
}

/** Running modes, as settings asks about them and starts them. */
export interface ModeRuntime {
  active(): ActiveMode | null;
  /** @throws ReefFault not-found */
  switchOn(
    modeId: string,
    request: { readonly by: string; readonly durationS?: number | undefined },
  ): Promise<void>;
  /** @throws ReefFault conflict: none is on */
  switchOff(by: string): Promise<void>;
  onChange(listener: () => void): Cancel;
}

/** Running loops, as settings asks about them. */
export interface LoopRuntime {
  stateOf(loopId: LoopId): LoopState;
  /** Resolves when that outlives a crash, or after 1 s. @throws ReefFault not-found, conflict: it doses from no container */
  refill(loopId: LoopId): Promise<void>;
  /** What a loop does changed, or why. */
  onStateChange(listener: (loopId: LoopId) => void): Cancel;
}
