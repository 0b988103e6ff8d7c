import { ReefFault } from "#contract/errors.ts";
import { ModeId } from "#contract/ids.ts";
import type { ActiveMode, ModeConfig, ModeCreate, ModePatch } from "#contract/modes.ts";
import { newId } from "#main/platform/ids.ts";
import type { ModeNews, ModesService } from "#main/settings/ports.ts";

const SINCE = "2026-01-01T00:00:00.000Z";

/** Modes in a list; one is on until it is stopped. */
export class FakeModes implements ModesService {
  modes: ModeConfig[] = [];
  readonly listeners = new Set<(news: ModeNews) => void>();
  #active: ActiveMode | null = null;

  list(): readonly ModeConfig[] {
    return this.modes;
  }

  get(id: string): ModeConfig {
    const mode = this.modes.find((candidate) => candidate.id === id);
    if (mode === undefined) throw new ReefFault("not-found", "There is no such mode");
    return mode;
  }

  async create(request: ModeCreate): Promise<ModeConfig> {
    const created = { ...request, id: ModeId.parse(newId(this.modes.length)) };
    this.modes.push(created);
    this.#tell({ kind: "mode", id: created.id });
    return created;
  }

  async update(id: string, patch: ModePatch): Promise<ModeConfig> {
    const changed = { ...this.get(id), ...patch } as ModeConfig;
    this.modes = this.modes.map((other) => (other.id === id ? changed : other));
    this.#tell({ kind: "mode", id: changed.id });
    return changed;
  }

  async remove(id: string): Promise<void> {
    const gone = this.get(id);
    this.modes = this.modes.filter((other) => other.id !== id);
    this.#tell({ kind: "mode", id: gone.id });
  }

  active(): ActiveMode | null {
    return this.#active;
  }

  async start(id: string, { by }: { readonly by: string }): Promise<ActiveMode | null> {
    const { name, kind } = this.get(id);
    const times = { startedAt: SINCE, endsAt: SINCE };
    this.#active = { modeId: ModeId.parse(id), name, kind, stage: "on", ...times, by, held: [] };
    this.#tell({ kind: "active" });
    return this.#active;
  }

  async stop(): Promise<ActiveMode | null> {
    if (this.#active === null) throw new ReefFault("conflict", "No mode is on");
    this.#active = null;
    this.#tell({ kind: "active" });
    return null;
  }

  onChange(listener: (news: ModeNews) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  #tell(news: ModeNews): void {
    for (const listener of this.listeners) listener(news);
  }
}
