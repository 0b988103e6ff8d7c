import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import { given } from "#contract/given.ts";
import { ModeId } from "#contract/ids.ts";
import type { ActiveMode, ModeConfig, ModeCreate, ModePatch } from "#contract/modes.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { changedIds } from "./changed-items.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import type { Configuration, ModeNews, ModeRuntime, ModesService } from "./ports.ts";
import { CAPPED } from "./rule-fits.ts";

interface ModeSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly runtime: ModeRuntime;
  readonly clock: Clock;
}

/** What modes there are, and which of them is on. Running one is control/'s. */
export class ModeSettings implements ModesService {
  readonly #deps: ModeSettingsDeps;

  constructor(deps: ModeSettingsDeps) {
    this.#deps = deps;
  }

  list(): readonly ModeConfig[] {
    return this.#deps.keeper.current().modes;
  }

  get(id: string): ModeConfig {
    return modeIn(this.#deps.keeper.current(), id);
  }

  async create(request: ModeCreate): Promise<ModeConfig> {
    const mode = { ...request, id: ModeId.parse(newId(this.#deps.clock.nowMs())) };
    await this.#deps.keeper.change((current) => {
      refuseUnfit(mode, current);
      return { ...current, modes: [...current.modes, mode] };
    });
    return mode;
  }

  /** A mode that is on goes on as it was started. */
  async update(id: string, patch: ModePatch): Promise<ModeConfig> {
    await this.#deps.keeper.change((current) => {
      const before = modeIn(current, id);
      const after = { ...before, ...given(patch) };
      refuseUnfit(after, current);
      return { ...current, modes: current.modes.map((mode) => (mode === before ? after : mode)) };
    });
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.keeper.change((current) => {
      const mode = modeIn(current, id);
      this.#refuseInUse(mode, current);
      return { ...current, modes: current.modes.filter((other) => other !== mode) };
    });
  }

  active(): ActiveMode | null {
    return this.#deps.runtime.active();
  }

  async start(
    id: string,
    request: { readonly by: string; readonly durationS?: number | undefined },
  ): Promise<ActiveMode | null> {
    await this.#deps.runtime.switchOn(id, request);
    return this.active();
  }

  async stop(by: string): Promise<ActiveMode | null> {
    await this.#deps.runtime.switchOff(by);
    return this.active();
  }

  onChange(listener: (news: ModeNews) => void): Cancel {
    const { keeper, runtime } = this.#deps;
    const cancels = [
      keeper.onChange((next, previous) => {
        for (const id of changedIds(next.modes, previous.modes)) listener({ kind: "mode", id });
      }),
      runtime.onChange(() => listener({ kind: "active" })),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  #refuseInUse(mode: ModeConfig, { loops }: Configuration): void {
    const users = loops.filter(
      (loop) => loop.type === "rule" && loop.actions.some((a) => a.kind === "mode" && a.modeId === mode.id),
    );
    if (users.length > 0) {
      throw new ReefFault("conflict", `These start it: ${users.map(({ name }) => name).join(", ")}.`, {
        details: users.map((loop) => ({ field: "id", message: `used by loop ${loop.id}` })),
      });
    }
    const active = this.active();
    if (active?.modeId !== mode.id || active.stage !== "on") return;
    throw new ReefFault("conflict", `${mode.name} is on; stop it first.`);
  }
}

function modeIn({ modes }: Configuration, id: string): ModeConfig {
  return found(
    modes.find((mode) => mode.id === id),
    "mode",
    id,
  );
}

/** @throws ReefFault invalid: outputs it cannot hold, each named; conflict: another mode has its name */
function refuseUnfit(mode: ModeConfig, current: Configuration): void {
  const details = mode.outputs.flatMap(({ channelId, level }, index): FaultDetail[] => {
    const message = misfitOf({ channelId, level, isRepeated: isRepeated(mode, index) }, current);
    return message === null ? [] : [{ field: `outputs.${index}`, message }];
  });
  if (details.length > 0) throw new ReefFault("invalid", "This mode does not fit its outputs.", { details });
}

function isRepeated({ outputs }: ModeConfig, index: number): boolean {
  return outputs.findIndex(({ channelId }) => channelId === outputs[index]?.channelId) < index;
}

interface Asked {
  readonly channelId: string;
  readonly level: number;
  readonly isRepeated: boolean;
}

function misfitOf({ channelId, level, isRepeated }: Asked, { channels }: Configuration): string | null {
  const channel = channels.find(({ id }) => id === channelId);
  if (channel === undefined) return "there is no such channel";
  if (channel.kind === "sensor") return "must be an output";
  if (channel.role === "generic") return "has no role yet and is switched by hand alone; give it a role first";
  if (channel.kind === "switch" && level !== 0 && level !== 100) return "a switch takes 0 or 100";
  if (CAPPED.has(channel.role) && level > 0) return `a ${channel.role} pump is switched on by its own loop alone`;
  return isRepeated ? "is named twice" : null;
}
