import type { AlarmDocuments, Ask, DocumentRow } from "./ports.ts";
import type { SqlCall } from "./protocol.ts";
import type { StatementName } from "./statements.ts";

/** What alarms keep in the encrypted file. */
export class StoredAlarms implements AlarmDocuments {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async load(): ReturnType<AlarmDocuments["load"]> {
    const [memories, events, announcements] = await Promise.all(
      (["loadAlarmMemories", "loadAlarmEvents", "loadAnnouncements"] as const).map((name) => this.#rows(name)),
    );
    return { memories: memories ?? [], events: events ?? [], announcements: announcements ?? [] };
  }

  async commit(step: Parameters<AlarmDocuments["commit"]>[0]): Promise<void> {
    const put = (statement: StatementName, rows: readonly DocumentRow[]): SqlCall[] =>
      rows.map(({ id, body }) => ({ statement, params: [id, JSON.stringify(body)] }));
    const remove = (statement: StatementName, ids: readonly string[]): SqlCall[] =>
      ids.map((id) => ({ statement, params: [id] }));
    const calls = [
      ...put("putAlarmMemory", step.memories),
      ...remove("removeAlarmMemory", step.forgotten),
      ...put("putAlarmEvent", step.events),
      ...remove("removeAlarmEvent", step.drained),
      ...put("putAnnouncement", step.announcements),
      ...remove("removeAnnouncement", step.done),
    ];
    if (calls.length > 0) await this.#ask("together", calls);
  }

  async #rows(statement: StatementName): Promise<readonly DocumentRow[]> {
    const rows = await this.#ask("sql", { statement, params: [] });
    return rows.map((row) => ({ id: String(row["id"]), body: JSON.parse(String(row["body"])) }));
  }
}
