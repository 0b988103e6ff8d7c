import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId, DeviceId } from "#contract/ids.ts";
import type { AcquisitionState } from "#contract/system.ts";
import type { DeviceDriver } from "../hardware/ports.ts";
import type { Cancel } from "../platform/ports.ts";

/** A device to poll: its driver, opened, and its sensor channels as configured. */
export interface PolledDevice {
  readonly deviceId: DeviceId;
  readonly driver: DeviceDriver;
  readonly channels: readonly ChannelConfig[];
}

export interface AcquisitionService {
  /** Polls this device from now on, or with these channels from now on; its first sample is taken at once. */
  watch(device: PolledDevice): void;
  /** Stops polling it; what was in flight is abandoned. */
  unwatch(deviceId: DeviceId): void;
  /** Publishes every channel of a device as bad: comm (it cannot be reached); said once in the log until it is back. */
  markLost(deviceId: DeviceId, channels: readonly ChannelConfig[], message: string): void;
  /**
   * A channel is asked this often for the moment, s, where that is more often than it is configured, and its value is stale
   * after 3 s: a pump is filled by it. Taken back, it is as before.
   */
  hurry(channelId: ChannelId, intervalS: number): Cancel;
  state(): AcquisitionState;
  /** Starts or halts every poller; halted channels go stale as any other. */
  resume(): void;
  pause(): void;
}
