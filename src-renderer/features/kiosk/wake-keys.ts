import { isCalling, raisingOf } from "../../stores/alarms.ts";
import type { Concern } from "../tank/concerns.ts";
import type { TankStatus } from "../tank/tank-status.ts";

/** What is wrong enough to light up a dark screen; one and the same trouble has one and the same key. */
export function wakeKeysOf(status: TankStatus): readonly string[] {
  if (status.kind === "offline" || status.kind === "emergency-stop") return [status.kind];
  if (status.kind !== "concerns") return [];
  return status.concerns.filter(isWorthWaking).map(keyOf);
}

/** A sensor that is late or a check that only wants a look can wait until somebody comes by. */
function isWorthWaking(concern: Concern): boolean {
  if (concern.kind === "alarm") return isCalling(concern.alarm);
  if (concern.kind === "health") return concern.isFailing;
  return concern.kind !== "stale" && concern.kind !== "unknown" && concern.kind !== "fault";
}

function keyOf(concern: Concern): string {
  if ("alarm" in concern) return `${concern.kind} ${raisingOf(concern.alarm)}`;
  if ("channel" in concern) return `${concern.kind} ${concern.channel.id}`;
  if ("output" in concern) return `${concern.kind} ${concern.output.channelId}`;
  if ("device" in concern) return `${concern.kind} ${concern.device.id}`;
  return `${concern.kind} ${concern.check}`;
}
