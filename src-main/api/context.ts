import type { Health, SafeMode, SystemInfo, SystemUsage } from "#contract/system.ts";
import type { AcquisitionService } from "../acquisition/ports.ts";
import type { AlarmHistoryService } from "../alarms/ports.ts";
import type { IdentityService, PreferencesService, Principal } from "../identity/ports.ts";
import type { NotificationService } from "../notifications/ports.ts";
import type { OutputsService } from "../outputs/ports.ts";
import type { LogRing } from "../platform/log-ring.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import type {
  AlarmsService,
  ChannelsService,
  DevicesService,
  LoopsService,
  ModesService,
  NotificationTargetsService,
  TankSettingsService,
} from "../settings/ports.ts";
import type { HistoryReader, OutputHistoryReader } from "../storage/ports.ts";
import type { WhatIfService } from "../what-if/ports.ts";
import type { SignInTurn } from "./sign-in-turn.ts";
import type { SubscriptionCount } from "./subscription-count.ts";

/** System facts, as the API shows them. */
export interface SystemService {
  health(): Health;
  info(): SystemInfo;
  usage(): Promise<SystemUsage>;
  safeMode(): SafeMode;
  /** @throws ReefFault conflict where it does not hold */
  endSafeMode(by: string): SafeMode;
  /** Called on every change of `health().status` or of a check. */
  onHealthChange(listener: (health: Health) => void): () => void;
}

/** Acquisition as users steer it: the choice is kept over restarts. */
export interface AcquisitionControl {
  state(): ReturnType<AcquisitionService["state"]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Every service a procedure may call: one method each, no rules in the API. */
export interface ApiServices {
  readonly identity: IdentityService;
  readonly preferences: PreferencesService;
  readonly tank: TankSettingsService;
  readonly devices: DevicesService;
  readonly channels: ChannelsService;
  readonly loops: LoopsService;
  readonly modes: ModesService;
  readonly alarms: AlarmsService;
  readonly alarmHistory: AlarmHistoryService;
  readonly notifications: NotificationService;
  readonly notificationTargets: NotificationTargetsService;
  readonly acquisition: AcquisitionControl;
  readonly outputs: OutputsService;
  readonly readings: Readings;
  readonly history: HistoryReader;
  readonly outputHistory: OutputHistoryReader;
  readonly whatIf: WhatIfService;
  readonly system: SystemService;
  readonly logs: Pick<LogRing, "lines" | "onLine">;
  /** Of every door together. */
  readonly subscriptions: SubscriptionCount;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One call's context. */
export interface ApiContext extends ApiServices {
  /** null: nobody signed in. */
  readonly principal: Principal | null;
  /** The caller's network address; `ipc` for the window. */
  readonly address: string;
  /** Resolves when the caller can take more of a stream, or when `signal` aborts. */
  whenWritable(signal: AbortSignal): Promise<void>;
  /** Called when somebody signs in on this very connection: a socket goes on as him. */
  onSignedIn(accessToken: string): Promise<void>;
  /** Of this connection. */
  readonly signIns: Pick<SignInTurn, "take" | "over">;
}
