import { useAlarms } from "../../stores/alarms.ts";
import { useConnection } from "../../stores/connection.ts";
import { NOTHING_KNOWN, type TankState, useTank } from "../../stores/tank.ts";
import { type TankStatus, tankStatusOf } from "./tank-status.ts";

/** The tank's state as this page knows it now. */
export function useTankStatus(): TankStatus {
  const isOnline = useConnection((c) => c.state === "online");
  const isTold = useTank(isDevicesTold);
  const devices = useTank((t) => t.devices);
  const readings = useTank((t) => t.readings);
  const outputs = useTank((t) => t.outputs);
  const health = useTank((t) => t.health);
  const emergencyStop = useTank((t) => t.emergencyStop);
  const alarms = useAlarms((a) => a.standing);
  return tankStatusOf({ isOnline, isTold, devices, readings, outputs, health, emergencyStop, alarms });
}

/** Told, even if it was told that there are none. */
export function isDevicesTold({ devices }: TankState): boolean {
  return devices !== NOTHING_KNOWN.devices;
}
