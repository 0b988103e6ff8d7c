import { ReefFault } from "#contract/errors.ts";
import type { AlarmId, ControllerId } from "#contract/ids.ts";
import type { AlarmEngine } from "../alarms/alarm-engine.ts";
import type { ApiServices } from "../api/context.ts";
import type { LocalStore } from "../local-store/local-store.ts";
import { Notifications } from "../notifications/notifications.ts";
import type { AlarmDesk } from "../notifications/ports.ts";
import type { Clock } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import type { ConfigurationKeeper } from "../settings/configuration-keeper.ts";
import { NotificationTargetSettings } from "../settings/notifications.ts";
import type { AlarmsService, SecretKeeper } from "../settings/ports.ts";
import type { HealthMonitor } from "./health.ts";
import type { CoreParts } from "./ports.ts";
import type { Tank } from "./start-tank.ts";

/** The part that tells, before there is anything to tell. */
export function newNotifications({ settings, clock, log }: CoreParts, localStore: LocalStore): Notifications {
  return new Notifications({
    store: localStore.deliveries,
    secrets: localStore.secrets,
    clock,
    log: log.named("notifications"),
    random: Math.random,
    allowsLoopback: settings.allowsLoopbackDevices,
  });
}

/** Messages and their targets as the API speaks to them. */
export function notificationServices(
  notifications: Notifications,
  { keeper, secrets, clock }: { keeper: ConfigurationKeeper; secrets: SecretKeeper; clock: Clock },
): Pick<ApiServices, "notifications" | "notificationTargets"> {
  const notificationTargets = new NotificationTargetSettings({ keeper, secrets, runtime: notifications, clock });
  return { notifications, notificationTargets };
}

interface NotificationParts {
  readonly notifications: Notifications;
  readonly tank: Tank;
  readonly alarms: AlarmsService;
  readonly readings: Readings;
  readonly keeper: ConfigurationKeeper;
  readonly controllerId: ControllerId;
  readonly version: string;
  readonly health: Pick<HealthMonitor, "health">;
}

/** From here on people are told. Nobody waits for it: what is announced meanwhile is told when it has begun. */
export function startNotifications(parts: NotificationParts): void {
  const { notifications, tank, readings, keeper, controllerId, version, health } = parts;
  notifications.configure(keeper.current());
  keeper.onChange((next) => notifications.configure(next));
  const alarms = alarmDesk(parts.alarms, tank.alarms);
  const house = { controllerId, version, readings, outputs: tank.outputs, alarms };
  const isInControl = () => {
    const isHeard = tank.acquisition.state().isRunning && health.health().checks.acquisition.status !== "failing";
    const outputs = tank.outputs.list();
    const isObeyed = outputs.length === 0 || outputs.some(({ confirmation }) => confirmation !== "failed");
    return isHeard && isObeyed;
  };
  void notifications.start({ source: tank.alarms.announcements, house, isInControl });
}

function alarmDesk(alarms: AlarmsService, engine: AlarmEngine): AlarmDesk {
  const isUnacknowledged = (id: AlarmId) => {
    const standing = engine.standing().find(({ definition }) => definition.id === id);
    if (standing === undefined) return false;
    const { memory, state } = engine.conditionOf(id);
    return !memory.isAcknowledged && state !== "shelved" && state !== "suppressed" && state !== "out-of-service";
  };
  return {
    list: () => alarms.list(),
    onChange: (listener) => alarms.onChange(listener),
    isUnacknowledged,
    acknowledge: async (id, by) => {
      if (!isUnacknowledged(id)) throw new ReefFault("conflict", "There is nothing to acknowledge here.");
      await alarms.acknowledge(id, { by });
    },
  };
}
