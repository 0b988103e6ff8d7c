import type { ChannelConfig } from "#contract/channels.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import { type ChannelId, LoopId } from "#contract/ids.ts";
import type { Loop, LoopConfig, LoopCreate, LoopPatch } from "#contract/loops.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { changedIds } from "./changed-items.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import type { Configuration, LoopRuntime, LoopsService } from "./ports.ts";

interface LoopSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly runtime: LoopRuntime;
  readonly clock: Clock;
}

/** What a keeper may set of control loops. Running them is control/'s. */
export class LoopSettings implements LoopsService {
  readonly #deps: LoopSettingsDeps;

  constructor(deps: LoopSettingsDeps) {
    this.#deps = deps;
  }

  list(): readonly Loop[] {
    return this.#deps.keeper.current().loops.map((loop) => this.#view(loop));
  }

  get(id: string): Loop {
    return this.#view(loopIn(this.#deps.keeper.current(), id));
  }

  async create(request: LoopCreate): Promise<Loop> {
    const loop: LoopConfig = { ...request, id: LoopId.parse(newId(this.#deps.clock.nowMs())) };
    await this.#deps.keeper.change((current) => {
      refuseUnfit(loop, current);
      return { ...current, loops: [...current.loops, loop] };
    });
    return this.get(loop.id);
  }

  async update(id: string, patch: LoopPatch): Promise<Loop> {
    await this.#deps.keeper.change((current) => {
      const before = loopIn(current, id);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const after: LoopConfig = { ...before, ...given };
      refuseUnfit(after, current);
      return { ...current, loops: current.loops.map((l) => (l === before ? after : l)) };
    });
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.keeper.change((current) => {
      const loop = loopIn(current, id);
      return { ...current, loops: current.loops.filter((l) => l !== loop) };
    });
  }

  onChange(listener: (loopId: LoopId) => void): Cancel {
    const { keeper, runtime } = this.#deps;
    const cancels = [
      keeper.onChange((next, previous) => {
        for (const id of changedIds(next.loops, previous.loops)) listener(id);
      }),
      runtime.onStateChange(listener),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  #view(loop: LoopConfig): Loop {
    return { ...loop, live: this.#deps.runtime.stateOf(loop.id) };
  }
}

function loopIn({ loops }: Configuration, id: string): LoopConfig {
  return found(
    loops.find((l) => l.id === id),
    "loop",
    id,
  );
}

/** @throws ReefFault invalid (a channel that cannot do it), conflict (an output another loop holds) */
function refuseUnfit(loop: LoopConfig, current: Configuration): void {
  const details: FaultDetail[] = [];
  const need = (field: string, id: ChannelId | null, fits: (channel: ChannelConfig) => string | null) => {
    if (id === null) return;
    const channel = current.channels.find((c) => c.id === id);
    const misfit = channel === undefined ? "there is no such channel" : fits(channel);
    if (misfit !== null) details.push({ field, message: misfit });
  };
  const measuresWater = (c: ChannelConfig) =>
    c.kind === "sensor" && c.quantity === "temperature" ? null : "must be a temperature sensor";
  const plays = (role: "heater" | "chiller") => (c: ChannelConfig) =>
    c.kind !== "sensor" && c.role === role ? null : `must be an output with the role ${role}`;
  need("sensorChannelId", loop.sensorChannelId, measuresWater);
  need("secondSensorChannelId", loop.secondSensorChannelId, measuresWater);
  need("heaterChannelId", loop.heaterChannelId, plays("heater"));
  need("chillerChannelId", loop.chillerChannelId, plays("chiller"));
  if (loop.secondSensorChannelId === loop.sensorChannelId) {
    details.push({ field: "secondSensorChannelId", message: "must be another probe than the first" });
  }
  if (loop.heaterChannelId === null && loop.chillerChannelId === null) {
    details.push({ field: "heaterChannelId", message: "needs a heater or a chiller" });
  }
  if (details.length > 0) throw new ReefFault("invalid", "This loop does not fit its channels.", { details });
  refuseSecondClaimant(loop, current);
}

function refuseSecondClaimant(loop: LoopConfig, current: Configuration): void {
  const mine = [loop.heaterChannelId, loop.chillerChannelId].filter((id) => id !== null);
  const holder = current.loops.find(
    (other) =>
      other.id !== loop.id && mine.some((id) => id === other.heaterChannelId || id === other.chillerChannelId),
  );
  if (holder === undefined) return;
  throw new ReefFault(
    "conflict",
    `${holder.name} drives this output already; an output has one automatic claimant.`,
    {
      context: { loopId: holder.id },
    },
  );
}
