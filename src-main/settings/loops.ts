import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import { given } from "#contract/given.ts";
import { LoopId } from "#contract/ids.ts";
import { type Loop, LoopConfig, type LoopCreate, type LoopPatch } from "#contract/loops.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { changedIds } from "./changed-items.ts";
import { alarmsUsing } from "./channel-users.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import { refuseUnfit } from "./loop-fits.ts";
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
      const after = loopFrom({ ...before, ...given(patch) });
      refuseUnfit(after, current);
      return { ...current, loops: current.loops.map((l) => (l === before ? after : l)) };
    });
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.keeper.change((current) => {
      const loop = loopIn(current, id);
      const users = alarmsUsing([loop.id], current);
      if (users.length > 0) {
        throw new ReefFault("conflict", `These watch it: ${users.map(({ name }) => name).join(", ")}.`, {
          details: users.map((user) => ({ field: "id", message: `used by alarm ${user.id}` })),
        });
      }
      return { ...current, loops: current.loops.filter((l) => l !== loop) };
    });
  }

  refill(id: string): Loop {
    const { id: loopId } = loopIn(this.#deps.keeper.current(), id);
    this.#deps.runtime.refill(loopId);
    return this.get(loopId);
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

/** @throws ReefFault invalid: a field of another type of loop, or fields that do not go together, each named */
function loopFrom(changed: object): LoopConfig {
  const parsed = LoopConfig.safeParse(changed);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.flatMap((issue): FaultDetail[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((field) => ({ field, message: "a loop of this type has no such field" }))
      : [{ field: issue.path.join("."), message: issue.message }],
  );
  throw new ReefFault("invalid", "This loop cannot be changed so.", { details });
}
