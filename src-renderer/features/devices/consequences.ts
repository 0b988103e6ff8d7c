import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import type { Loop } from "#contract/loops.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";

/** What hangs on a device. */
export interface Dependents {
  readonly sensors: readonly Channel[];
  readonly outputs: readonly Channel[];
  /** Loops that read or drive one of its channels. */
  readonly loops: readonly Loop[];
}

export function dependentsOf(device: Device, loops: Iterable<Loop>): Dependents {
  const ids = new Set<string>(device.channels.map(({ id }) => id));
  return {
    sensors: device.channels.filter(({ kind }) => kind === "sensor"),
    outputs: device.channels.filter(({ kind }) => kind !== "sensor"),
    loops: [...loops].filter((loop) => [...inputsOf(loop), ...outputsOf(loop)].some((id) => ids.has(id))),
  };
}
