import { AlarmHistory } from "../alarms/alarm-history.ts";
import { ControllerChecks } from "../alarms/sources/controller-checks.ts";
import type { SafeMode } from "../outputs/safe-mode.ts";
import type { Lifecycle } from "../platform/lifecycle.ts";
import type { Clock } from "../platform/ports.ts";
import { AlarmSettings } from "../settings/alarms.ts";
import type { ConfigurationKeeper } from "../settings/configuration-keeper.ts";
import type { PgAlarmEvents } from "../storage/repositories/alarm-events.ts";
import { HealthChecks, UnderVoltage } from "./controller-checks.ts";
import type { HealthMonitor } from "./health.ts";
import type { Tank } from "./start-tank.ts";

interface AlarmParts {
  readonly tank: Tank;
  readonly keeper: ConfigurationKeeper;
  readonly stored: PgAlarmEvents;
  readonly health: HealthMonitor;
  readonly safeMode: SafeMode;
  readonly lifecycle: Lifecycle;
  readonly clock: Clock;
}

/** Alarms as the API speaks to them; from here on they hear the controller's own health as well. */
export async function alarmServices({
  tank,
  keeper,
  stored,
  health,
  safeMode,
  lifecycle,
  clock,
}: AlarmParts): Promise<{ readonly alarms: AlarmSettings; readonly alarmHistory: AlarmHistory }> {
  const voltage = lifecycle.own("under-voltage", new UnderVoltage(clock));
  await voltage.start();
  tank.alarms.listenTo(new ControllerChecks(new HealthChecks({ health, safeMode, voltage })));
  const alarmHistory = new AlarmHistory({
    stored,
    undrained: () => tank.alarms.undrained(),
    standing: () =>
      tank.alarms.standing().flatMap(({ definition: { id, name } }) => {
        const { memory, raisedAtMs } = tank.alarms.conditionOf(id);
        return memory.isActive && raisedAtMs !== null ? [{ alarmId: id, name, sinceMs: raisedAtMs }] : [];
      }),
    timeZone: () => keeper.current().tank.timeZone,
  });
  return { alarms: new AlarmSettings({ keeper, runtime: tank.alarms, clock }), alarmHistory };
}
