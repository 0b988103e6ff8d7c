import { ReefFault } from "#contract/errors.ts";
import type { ControlMemory } from "../../control/ports.ts";
import type { BatchStore, JournalBatch, Spool } from "../../journal/ports.ts";
import { memoryPorts } from "../../local-store/memory-ports.ts";
import type { OutputStateStore } from "../../outputs/ports.ts";

/** What a controller keeps on its card: it outlives power cuts and kills. A full one takes nothing more. */
export class VirtualDisk {
  readonly #outputs = memoryPorts().outputState;
  readonly #documents = new Map<string, string>();
  readonly #spool = new CountingSpool();
  #isFull = false;

  get isFull(): boolean {
    return this.#isFull;
  }

  setFull(isFull: boolean): void {
    this.#isFull = isFull;
    this.#spool.isFull = isFull;
  }

  get spool(): Spool {
    return this.#spool;
  }

  /** Batches that wait for Postgres. */
  get spooledBatches(): number {
    return this.#spool.count;
  }

  /** What loops and modes remember. */
  get controlMemory(): ControlMemory {
    return {
      load: async (name) => JSON.parse(this.#documents.get(name) ?? "null"),
      save: async (name, body) => {
        this.#refuseWhenFull();
        this.#documents.set(name, JSON.stringify(body));
      },
    };
  }

  get outputState(): OutputStateStore {
    const kept = this.#outputs;
    const room = () => this.#refuseWhenFull();
    return {
      load: () => kept.load(),
      saveEmergencyStop: async (state) => {
        room();
        await kept.saveEmergencyStop(state);
      },
      saveOutput: async (output) => {
        room();
        await kept.saveOutput(output);
      },
    };
  }

  #refuseWhenFull(): void {
    if (this.#isFull) throw diskFull();
  }
}

/** First in, first out, as the encrypted store's is; a month of what nobody reads back is only counted. */
class CountingSpool implements Spool {
  isFull = false;
  #sequences: number[] = [];
  #last = 0;

  get count(): number {
    return this.#sequences.length;
  }

  async push({ sequence }: JournalBatch): Promise<void> {
    if (this.isFull) throw diskFull();
    this.#last = Math.max(this.#last, sequence);
    if (this.#sequences.at(-1) !== sequence) this.#sequences.push(sequence);
  }

  async peek(limit: number): Promise<readonly JournalBatch[]> {
    return this.#sequences.slice(0, limit).map((sequence) => ({ sequence, readings: [], outputEvents: [] }));
  }

  async dropThrough(sequence: number): Promise<void> {
    this.#sequences = this.#sequences.filter((known) => known > sequence);
  }

  async size(): Promise<number> {
    return this.#sequences.length;
  }

  async lastSequence(): Promise<number> {
    return this.#last;
  }

  async reserve(through: number): Promise<void> {
    this.#last = Math.max(this.#last, through);
  }
}

function diskFull(): ReefFault {
  return new ReefFault("store-full", "The card is full: make room on it.");
}

/** Postgres as the journal sees it: there, away, or connected and silent. */
export class VirtualPostgres implements BatchStore {
  state: "up" | "away" | "hung" = "up";
  /** Batches it has made durable. */
  stored = 0;

  async append(): Promise<void> {
    if (this.state === "away") throw new ReefFault("database-away", "Postgres does not answer.");
    if (this.state === "hung") return new Promise<never>(() => undefined);
    this.stored++;
  }
}
