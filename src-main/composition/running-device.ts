import type { ChannelConfig } from "#contract/channels.ts";
import type { DeviceConfig, DeviceStatus } from "#contract/devices.ts";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ChannelId, DeviceId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { AcquisitionService } from "../acquisition/ports.ts";
import type { ChannelSpec, DeviceDriver } from "../hardware/ports.ts";
import type { Actuator, OutputsService } from "../outputs/ports.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { sleep, withTimeLimit } from "../platform/timing.ts";

const OPEN_LIMIT_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

export interface RunningDeviceDeps {
  readonly device: DeviceConfig;
  readonly driver: DeviceDriver;
  readonly acquisition: AcquisitionService;
  readonly outputs: OutputsService;
  readonly clock: Clock;
  readonly log: Logger;
  /** Resolves when the channels it offers are known; never rejects. */
  readonly onContact: (deviceId: DeviceId, specs: readonly ChannelSpec[]) => Promise<void>;
  /** `status()` says something else than before. */
  readonly onStatusChange: () => void;
}

/** One device at work: opened until it answers, then polled and driven through its driver. */
export class RunningDevice {
  readonly #deps: RunningDeviceDeps;
  readonly #stopping = new AbortController();
  readonly #registered = new Map<ChannelId, ChannelConfig>();
  /** The first try to reach it is over, well or not. */
  readonly contacted: Promise<void>;
  #setContacted: () => void = () => undefined;
  #device: DeviceConfig;
  #channels: readonly ChannelConfig[] = [];
  /** Keys of outputs that can drop an ON by themselves, as the device said at first contact. */
  #leasable: ReadonlySet<string> = new Set();
  #isOpen = false;
  #hasTried = false;
  #lastError: string | null = null;
  #sinceMs: number;

  constructor(deps: RunningDeviceDeps) {
    this.#deps = deps;
    this.#device = deps.device;
    this.#sinceMs = deps.clock.nowMs();
    this.contacted = new Promise((resolve) => {
      this.#setContacted = resolve;
    });
  }

  get driver(): DeviceDriver {
    return this.#deps.driver;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Outputs are under the arbiter from the first moment, as unreachable ones, so that loops and people find them. */
  start(): void {
    this.#bindOutputs();
    void this.#contact();
  }

  /** @returns false where this change needs the device to be opened anew */
  takes(next: DeviceConfig): boolean {
    const isSame = JSON.stringify(next.params) === JSON.stringify(this.#device.params);
    if (!isSame && this.#deps.driver.reconfigure?.(next.params) !== true) return false;
    this.#device = next;
    return true;
  }

  configure(channels: readonly ChannelConfig[]): void {
    const isSame =
      channels.length === this.#channels.length && channels.every((channel, i) => channel === this.#channels[i]);
    this.#channels = channels;
    if (!isSame && this.#hasTried) this.#bind();
  }

  heard(lost: { readonly message: string } | null): void {
    if (!this.#isOpen) return;
    const message = lost?.message ?? null;
    const isNews = message !== this.#lastError;
    if ((message === null) !== (this.#lastError === null)) this.#sinceMs = this.#deps.clock.nowMs();
    this.#lastError = message;
    for (const id of this.#registered.keys()) this.#deps.outputs.setReachable(id, lost === null);
    if (isNews) this.#deps.onStatusChange();
  }

  status(): DeviceStatus {
    const isOnline = this.#isOpen && this.#lastError === null;
    return {
      state: isOnline ? "online" : "offline",
      since: instantFrom(this.#sinceMs),
      lastError: this.#lastError,
    };
  }

  /** Outputs to their safe state while the driver still can, then closed: the device was removed or disabled. */
  async letGo(): Promise<void> {
    // First of all, so that a first contact that is under way does not bring the device back.
    this.#stopping.abort();
    this.#deps.acquisition.unwatch(this.#device.id);
    await Promise.allSettled([...this.#registered.keys()].map((id) => this.#deps.outputs.unregister(id)));
    await this.stop();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const { clock, driver } = this.#deps;
    await withTimeLimit(clock, { limitMs: 1_000, what: this.#device.name }, () => driver.close());
  }

  async #contact(): Promise<void> {
    const { clock, driver } = this.#deps;
    const signal = this.#stopping.signal;
    const limit = { limitMs: OPEN_LIMIT_MS, what: this.#device.name, signal };
    let isHung = false;
    const open = async (opening: AbortSignal) => {
      isHung = true;
      try {
        return await driver.open(opening);
      } finally {
        isHung = false;
      }
    };
    for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(2 * retryMs, LAST_RETRY_MS)) {
      try {
        // One that never comes back may hold one of the few threads that read files: no second one beside it.
        const specs = isHung ? null : await withTimeLimit(clock, limit, open);
        if (signal.aborted) return;
        if (specs !== null) return this.#opened(specs);
      } catch (error) {
        if (signal.aborted) return;
        this.#failed(messageOf(error));
      }
      await sleep(clock, retryMs, signal);
    }
  }

  #opened(specs: readonly ChannelSpec[]): void {
    const { clock, onContact } = this.#deps;
    this.#isOpen = true;
    this.#lastError = null;
    this.#sinceMs = clock.nowMs();
    this.#hasTried = true;
    this.#leasable = new Set(specs.filter(({ hasLease }) => hasLease === true).map(({ key }) => key));
    this.#bind();
    for (const id of this.#registered.keys()) this.#deps.outputs.setReachable(id, true);
    this.#deps.onStatusChange();
    void onContact(this.#device.id, specs).then(this.#setContacted);
  }

  #failed(message: string): void {
    const isFirst = this.#lastError === null;
    const isNews = message !== this.#lastError;
    this.#lastError = message;
    this.#hasTried = true;
    if (isFirst) this.#bind();
    if (isNews) this.#deps.onStatusChange();
    this.#setContacted();
  }

  /** Tells acquisition and the arbiter what there is now; again whenever the channels change. */
  #bind(): void {
    const { acquisition, driver } = this.#deps;
    const deviceId = this.#device.id;
    const sensors = this.#channels.filter((c) => c.kind === "sensor");
    if (this.#isOpen) acquisition.watch({ deviceId, driver, channels: sensors });
    else acquisition.markLost(deviceId, sensors, this.#lastError ?? "not reached yet");
    this.#bindOutputs();
  }

  #bindOutputs(): void {
    const outputs = this.#channels.filter((c) => c.kind !== "sensor");
    for (const channel of outputs) void this.#register(channel);
    for (const id of this.#registered.keys()) {
      if (outputs.every((c) => c.id !== id)) void this.#unregister(id);
    }
  }

  async #register(channel: ChannelConfig): Promise<void> {
    const { outputs, log } = this.#deps;
    const known = this.#registered.get(channel.id);
    if (known === channel) return;
    this.#registered.set(channel.id, channel);
    try {
      const registering = outputs.register(channel, this.#actuatorOf(channel));
      if (!this.#isOpen) outputs.setReachable(channel.id, false);
      await registering;
    } catch (error) {
      log.error({ error, channelId: channel.id }, "an output could not be taken under control");
    }
  }

  #actuatorOf({ key, name }: ChannelConfig): Actuator {
    const { driver } = this.#deps;
    const reached = async <T>(call: () => Promise<T> | undefined): Promise<T | null> => {
      if (!this.#isOpen) throw new ReefFault("device-unreachable", `${name}: its device was not reached yet.`);
      return (await call()) ?? null;
    };
    const write = (levelPct: number, signal: AbortSignal, leaseS?: number) =>
      leaseS === undefined || driver.writeLeased === undefined
        ? driver.write?.(key, levelPct, signal)
        : driver.writeLeased(key, levelPct, { leaseS, signal });
    return {
      write: async (levelPct, signal, leaseS) => void (await reached(() => write(levelPct, signal, leaseS))),
      readBack: (signal) => reached(() => driver.readBack?.(key, signal)),
      canLease: () => this.#leasable.has(key),
    };
  }

  async #unregister(id: ChannelId): Promise<void> {
    this.#registered.delete(id);
    await this.#deps.outputs.unregister(id).catch((error: unknown) => {
      this.#deps.log.error({ error, channelId: id }, "an output could not be let go");
    });
  }
}
