import type { AlarmDocuments, DocumentRow } from "./ports.ts";

/** The same in this process' memory. */
export class MemoryAlarms implements AlarmDocuments {
  readonly #memories = new Map<string, string>();
  readonly #events = new Map<string, string>();
  readonly #announcements = new Map<string, string>();

  async load(): ReturnType<AlarmDocuments["load"]> {
    const sorted = (rows: ReadonlyMap<string, string>): DocumentRow[] =>
      [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, body]) => ({ id, body: JSON.parse(body) }));
    return {
      memories: sorted(this.#memories),
      events: sorted(this.#events),
      announcements: sorted(this.#announcements),
    };
  }

  async commit(step: Parameters<AlarmDocuments["commit"]>[0]): Promise<void> {
    const put = (rows: readonly DocumentRow[], into: Map<string, string>) => {
      for (const { id, body } of rows) into.set(id, JSON.stringify(body));
    };
    put(step.memories, this.#memories);
    for (const id of step.forgotten) this.#memories.delete(id);
    put(step.events, this.#events);
    for (const id of step.drained) this.#events.delete(id);
    put(step.announcements, this.#announcements);
    for (const id of step.done) this.#announcements.delete(id);
  }
}
