import type { ChannelConfig } from "#contract/channels.ts";
import type { DeviceConfig, DeviceStatus, DeviceTestResult } from "#contract/devices.ts";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { DeviceId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { AcquisitionService } from "../acquisition/ports.ts";
import type { ChannelSpec, DeviceDriver } from "../hardware/ports.ts";
import type { OutputsService } from "../outputs/ports.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { after, sleep, withTimeLimit } from "../platform/timing.ts";
import type { Configuration, DeviceRuntime } from "../settings/ports.ts";
import { RunningDevice } from "./running-device.ts";
import { testDriver } from "./test-driver.ts";

/** So many devices begin at once. Of more, those that only measure begin in groups, a while after those that act. */
const FEW_DEVICES = 4;
const DEVICES_A_GROUP = 8;
const FIRST_GROUP_MS = 100;
const GROUP_PERIOD_MS = 20;

export interface DeviceHostDeps {
  readonly createDriver: (type: string, params: unknown) => DeviceDriver;
  readonly acquisition: AcquisitionService;
  readonly outputs: OutputsService;
  readonly clock: Clock;
  readonly log: Logger;
  /** First contact: settings makes channels of what the device offers. Never rejects. */
  readonly onContact: (deviceId: DeviceId, specs: readonly ChannelSpec[]) => Promise<void>;
}

/** Runs a driver for every enabled device, and binds its channels to acquisition and outputs. */
export class DeviceHost implements DeviceRuntime, Stoppable {
  readonly #deps: DeviceHostDeps;
  readonly #running = new Map<DeviceId, RunningDevice>();
  /** Enabled devices no driver could be built for: offline, and never counted as answering. */
  readonly #broken = new Map<DeviceId, DeviceStatus>();
  /** On their way out: what comes in their place waits until their outputs are safe and their bus is free. */
  readonly #leaving = new Map<DeviceId, Promise<unknown>>();
  readonly #statusListeners = new Set<(deviceId: DeviceId) => void>();
  /** Those whose group has not begun yet. */
  readonly #waiting = new Map<DeviceId, Cancel>();
  #configured = new Map<DeviceId, DeviceConfig>();

  constructor(deps: DeviceHostDeps) {
    this.#deps = deps;
  }

  /** Makes what runs fit this configuration; what did not change is not touched. */
  apply({ devices, channels }: Configuration): void {
    this.#configured = new Map(devices.map((d) => [d.id, d]));
    this.#broken.clear();
    this.#forgetWaiting();
    for (const [id, running] of [...this.#running]) {
      const wanted = this.#configured.get(id);
      if (wanted === undefined || !wanted.isEnabled || !running.takes(wanted)) this.#end(id, running);
    }
    const channelsOf = Map.groupBy(channels, (channel) => channel.deviceId);
    const beginning: DeviceConfig[] = [];
    for (const device of devices) {
      const running = this.#running.get(device.id);
      if (running !== undefined) running.configure(channelsOf.get(device.id) ?? []);
      else if (device.isEnabled) beginning.push(device);
    }
    this.#beginAll(beginning, channelsOf);
  }

  status(deviceId: DeviceId): DeviceStatus {
    const running = this.#running.get(deviceId);
    if (running !== undefined) return running.status();
    const broken = this.#broken.get(deviceId);
    if (broken !== undefined) return broken;
    const state = this.#waiting.has(deviceId) ? "offline" : "disabled";
    return { state, since: instantFrom(this.#deps.clock.nowMs()), lastError: null };
  }

  onStatusChange(listener: (deviceId: DeviceId) => void): Cancel {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  async contacted(deviceId: DeviceId, limitMs: number): Promise<void> {
    const running = this.#running.get(deviceId);
    if (running === undefined) return;
    const waiting = new AbortController();
    await Promise.race([running.contacted, sleep(this.#deps.clock, limitMs, waiting.signal)]);
    waiting.abort();
  }

  test(device: DeviceConfig): Promise<DeviceTestResult> {
    const { clock } = this.#deps;
    const running = this.#running.get(device.id);
    if (running !== undefined) return testDriver(clock, running.driver, { isOpen: running.isOpen });
    return this.#testAlone(device);
  }

  /** Acquisition's word that a device stopped answering, or answers again. */
  heard(deviceId: DeviceId, lost: { readonly message: string } | null): void {
    this.#running.get(deviceId)?.heard(lost);
  }

  /** Closes every driver; outputs are as the arbiter left them. */
  async stop(): Promise<void> {
    this.#forgetWaiting();
    const all = [...this.#running.values()];
    this.#running.clear();
    await Promise.all([...all.map((running) => running.stop()), ...this.#leaving.values()]);
  }

  #beginAll(devices: readonly DeviceConfig[], channelsOf: ReadonlyMap<DeviceId, readonly ChannelConfig[]>): void {
    for (const device of devices) {
      const own = channelsOf.get(device.id) ?? [];
      const mayWait = devices.length > FEW_DEVICES && own.every((channel) => channel.kind === "sensor");
      if (mayWait) this.#beginLater(device, own);
      else this.#begin(device, own);
    }
  }

  #beginLater(device: DeviceConfig, channels: readonly ChannelConfig[]): void {
    const delayMs = FIRST_GROUP_MS + Math.floor(this.#waiting.size / DEVICES_A_GROUP) * GROUP_PERIOD_MS;
    const begin = () => {
      this.#waiting.delete(device.id);
      this.#begin(device, channels);
    };
    this.#waiting.set(device.id, after(this.#deps.clock, delayMs, begin));
  }

  #forgetWaiting(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #begin(device: DeviceConfig, channels: readonly ChannelConfig[]): void {
    const { createDriver, ...deps } = this.#deps;
    try {
      const driver = createDriver(device.type, device.params);
      const onStatusChange = () => this.#tellStatus(device.id);
      const running = new RunningDevice({ ...deps, device, driver, onStatusChange });
      this.#running.set(device.id, running);
      running.configure(channels);
      const leaving = this.#leaving.get(device.id);
      if (leaving === undefined) running.start();
      else void leaving.then(() => this.#startIfStillWanted(device.id, running));
    } catch (error) {
      // One device that cannot be built must not keep the others from running.
      deps.log.error({ error, deviceId: device.id, type: device.type }, "a device could not be built");
      const since = instantFrom(deps.clock.nowMs());
      this.#broken.set(device.id, { state: "offline", since, lastError: messageOf(error) });
      deps.acquisition.markLost(
        device.id,
        channels.filter((c) => c.kind === "sensor"),
        messageOf(error),
      );
    }
  }

  /** What one listener throws keeps neither the others from hearing nor the device from working. */
  #tellStatus(deviceId: DeviceId): void {
    for (const listener of this.#statusListeners) {
      try {
        listener(deviceId);
      } catch (error) {
        this.#deps.log.error({ error, deviceId }, "a listener to a device's status failed");
      }
    }
  }

  #startIfStillWanted(id: DeviceId, running: RunningDevice): void {
    if (this.#running.get(id) === running) running.start();
  }

  #end(id: DeviceId, running: RunningDevice): void {
    this.#running.delete(id);
    const gone = running.letGo().catch((error: unknown) => {
      this.#deps.log.error({ error, deviceId: id }, "a device did not close cleanly");
    });
    const allGone: Promise<unknown> = Promise.all([this.#leaving.get(id), gone]).then(() => {
      if (this.#leaving.get(id) === allGone) this.#leaving.delete(id);
    });
    this.#leaving.set(id, allGone);
  }

  async #testAlone(device: DeviceConfig): Promise<DeviceTestResult> {
    const { createDriver, clock } = this.#deps;
    const driver = createDriver(device.type, device.params);
    try {
      return await testDriver(clock, driver, { isOpen: false });
    } finally {
      await withTimeLimit(clock, { limitMs: 1_000, what: "Closing the device" }, () => driver.close()).catch(
        (error: unknown) => {
          if (!(error instanceof ReefFault)) throw error;
        },
      );
    }
  }
}
