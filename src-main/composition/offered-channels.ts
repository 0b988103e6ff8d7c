import type { DeviceId } from "#contract/ids.ts";
import type { ChannelSpec } from "../hardware/ports.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { ConfigurationKeeper } from "../settings/configuration-keeper.ts";
import { withOffered } from "./channels-from-specs.ts";

interface OfferedChannelsDeps {
  readonly keeper: Pick<ConfigurationKeeper, "change">;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes channels of what a device offers at its first contact. What cannot be stored then waits for the database. */
export class OfferedChannels {
  readonly #deps: OfferedChannelsDeps;
  readonly #waiting = new Map<DeviceId, readonly ChannelSpec[]>();

  constructor(deps: OfferedChannelsDeps) {
    this.#deps = deps;
  }

  /** Resolves when they are in force, or wait; never rejects. */
  async take(deviceId: DeviceId, specs: readonly ChannelSpec[]): Promise<void> {
    const { keeper, clock, log } = this.#deps;
    this.#waiting.delete(deviceId);
    try {
      await keeper.change((current) => withOffered(current, { deviceId, specs }, clock.nowMs()));
    } catch (error) {
      this.#waiting.set(deviceId, specs);
      log.warn({ error, deviceId }, "the channels of a device could not be stored; they come with the database");
    }
  }

  databaseIsBack(): void {
    for (const [deviceId, specs] of [...this.#waiting]) void this.take(deviceId, specs);
  }
}
