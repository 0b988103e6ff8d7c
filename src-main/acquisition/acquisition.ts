import type { ChannelConfig } from "#contract/channels.ts";
import { messageOf } from "#contract/errors.ts";
import type { ChannelId, DeviceId } from "#contract/ids.ts";
import type { AcquisitionState } from "#contract/system.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import type { Readings } from "../readings/ports.ts";
import { DevicePoller } from "./device-poller.ts";
import { Intakes } from "./intakes.ts";
import type { AcquisitionService, PolledDevice } from "./ports.ts";

export interface AcquisitionParts {
  readonly readings: Readings;
  readonly clock: Clock;
  readonly log: Logger;
  /** A polled device failed a sample; its readings are published as bad by then. Not called for `markLost`. */
  readonly onDeviceLost: (deviceId: DeviceId) => void;
  /** A lost device, or one marked so, answered a sample. */
  readonly onDeviceBack: (deviceId: DeviceId) => void;
  /** A redundant probe's good value for this channel, in its unit and matched; null or absent: none. */
  readonly peerOf?: (channelId: ChannelId) => number | null;
}

/** So many groups begin in the same millisecond; the next ones a millisecond later. */
const GROUPS_PER_MS = 8;
const SPREAD_OVER_MS = 1_000;

/**
 * When each device is sampled, and what comes of it. Runs from its construction on, until it is paused or stopped; a
 * device that hangs costs the others nothing.
 */
export class Acquisition implements AcquisitionService, Stoppable {
  readonly #parts: AcquisitionParts;
  readonly #intakes: Intakes;
  readonly #devices = new Map<DeviceId, DevicePoller>();
  /** Lost as far as the callbacks go: with each driver anew. */
  readonly #lost = new Set<DeviceId>();
  /** Said to be lost in the log: until it is back, however often it is opened meanwhile. */
  readonly #saidLost = new Set<DeviceId>();
  #isRunning = true;
  #groupsBegun = 0;

  constructor(parts: AcquisitionParts) {
    this.#parts = parts;
    const { readings, clock, log, peerOf = () => null } = parts;
    this.#intakes = new Intakes({ readings, clock, log, peerOf });
  }

  watch(device: PolledDevice): void {
    const known = this.#devices.get(device.deviceId);
    const poller = known ?? this.#newPoller(device);
    // A driver opened anew may be lost anew, and its owner must hear of it.
    if (!(known?.isDrivenBy(device.driver) ?? false)) this.#lost.delete(device.deviceId);
    poller.configure(device);
    this.#devices.set(device.deviceId, poller);
    if (known === undefined && this.#isRunning) poller.start();
  }

  unwatch(deviceId: DeviceId): void {
    this.#devices.get(deviceId)?.stop();
    this.#devices.delete(deviceId);
    this.#lost.delete(deviceId);
  }

  markLost(deviceId: DeviceId, channels: readonly ChannelConfig[], message: string): void {
    const { clock } = this.#parts;
    const at = { monotonicMs: clock.monotonicMs(), wallMs: clock.nowMs() };
    for (const channel of channels) {
      if (channel.kind !== "sensor") continue;
      const intake = this.#intakes.watch(channel);
      this.#intakes.take(intake, undefined, at);
      if (!this.#devices.has(deviceId)) this.#intakes.release(intake);
    }
    this.#lost.add(deviceId);
    this.#sayLost(deviceId, message);
  }

  hurry(channelId: ChannelId, intervalS: number): Cancel {
    const cancel = this.#intakes.hurry(channelId, intervalS);
    const regroup = () => {
      for (const poller of this.#devices.values()) poller.regroup(channelId);
    };
    regroup();
    return () => {
      cancel();
      regroup();
    };
  }

  /** An operator believes the level a probe jumped to. @returns false where none was held back */
  acceptLevel(channelId: ChannelId): boolean {
    return this.#intakes.acceptLevel(channelId);
  }

  state(): AcquisitionState {
    return {
      isRunning: this.#isRunning,
      pollers: [...this.#devices.values()].flatMap((poller) => poller.states()),
    };
  }

  resume(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (const poller of this.#devices.values()) poller.start();
  }

  pause(): void {
    this.#isRunning = false;
    for (const poller of this.#devices.values()) poller.pause();
  }

  /** Abandons what is in flight; nothing is published after it. */
  async stop(): Promise<void> {
    this.pause();
    this.#intakes.stop();
  }

  #newPoller(device: PolledDevice): DevicePoller {
    const { deviceId } = device;
    return new DevicePoller(device, {
      clock: this.#parts.clock,
      intakes: this.#intakes,
      nextDelayMs: () => Math.floor(this.#groupsBegun++ / GROUPS_PER_MS) % SPREAD_OVER_MS,
      onLost: (error) => this.#onLost(deviceId, error),
      onAnswered: () => this.#onAnswered(deviceId),
    });
  }

  #onLost(deviceId: DeviceId, error: unknown): void {
    if (this.#lost.has(deviceId)) return;
    this.#lost.add(deviceId);
    this.#tell(deviceId, this.#parts.onDeviceLost);
    this.#sayLost(deviceId, messageOf(error));
  }

  #onAnswered(deviceId: DeviceId): void {
    const wasLost = this.#lost.delete(deviceId);
    const wasSaid = this.#saidLost.delete(deviceId);
    if (!wasLost && !wasSaid) return;
    this.#tell(deviceId, this.#parts.onDeviceBack);
    this.#parts.log.info({ deviceId }, "a device is back");
  }

  #sayLost(deviceId: DeviceId, message: string): void {
    if (this.#saidLost.has(deviceId)) return;
    this.#saidLost.add(deviceId);
    this.#parts.log.warn({ deviceId, cause: message }, "a device was lost");
  }

  #tell(deviceId: DeviceId, listener: (deviceId: DeviceId) => void): void {
    try {
      listener(deviceId);
    } catch (error) {
      this.#parts.log.error(
        { error, deviceId },
        "what follows from a device lost or back failed; polling goes on",
      );
    }
  }
}
