import { ReefFault } from "#contract/errors.ts";
import type { HistoryQuery, HistoryReader, OutputHistoryReader, Span } from "#main/storage/ports.ts";

/** Answers the same history to every question, and remembers the questions. */
export class FakeHistory implements HistoryReader, OutputHistoryReader {
  readonly asked: HistoryQuery[] = [];
  isAway = false;

  async history(query: HistoryQuery) {
    this.#answer();
    this.asked.push(query);
    const at = new Date(query.span.fromMs).toISOString();
    return { resolution: "raw", points: [{ at, min: 25, max: 26, mean: 25.5, count: 10 }] } as const;
  }

  async stats(_: string, span: Span) {
    this.#answer();
    return { count: 2, min: 25, max: 26, mean: 25.5, latest: { value: 26, takenAtMs: span.fromMs } };
  }

  async outputHistory(query: HistoryQuery) {
    this.#answer();
    this.asked.push(query);
    const [from, to] = [query.span.fromMs, query.span.toMs].map((atMs) => new Date(atMs).toISOString());
    return { resolution: "each" as const, spans: [{ from: from ?? "", to: to ?? "", levelPct: 100 }] };
  }

  #answer(): void {
    if (this.isAway) throw new ReefFault("database-away", "The database does not answer; try again soon");
  }
}
