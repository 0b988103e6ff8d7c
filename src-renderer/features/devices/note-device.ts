import type { Device } from "#contract/devices.ts";
import { withChanges } from "../../stores/mirror.ts";
import { useTank } from "../../stores/tank.ts";

/** What the core answered is shown at once, a moment before its feed says the same. */
export function noteDevice(id: string, device: Device | null): void {
  useTank.setState((tank) => ({ devices: withChanges(tank.devices, [[id, device]]) }));
}
