import type { SecretStore, SessionStore } from "../identity/ports.ts";
import type { Spool } from "../journal/ports.ts";
import type { DeliveryStore } from "../notifications/ports.ts";
import type { OutputStateStore, StartLogStore } from "../outputs/ports.ts";
import type { ConfigurationSnapshot } from "../settings/ports.ts";
import type { AnswerOf, InputOf, StoreOperation } from "./protocol.ts";

/** Whatever JSON can hold, by name: whoever kept it knows how to read it. */
export interface NamedDocuments {
  /** null: nothing was kept under this name. */
  load(name: string): Promise<unknown>;
  save(name: string, body: unknown): Promise<void>;
}

/** A document and its id: whoever kept it knows how to read it. */
export interface DocumentRow {
  readonly id: string;
  readonly body: unknown;
}

/** What alarms must not lose, and how far the telling of it has come; each step is one transaction. */
export interface AlarmDocuments {
  load(): Promise<{
    readonly memories: readonly DocumentRow[];
    readonly events: readonly DocumentRow[];
    readonly announcements: readonly DocumentRow[];
  }>;
  commit(step: {
    readonly memories: readonly DocumentRow[];
    readonly forgotten: readonly string[];
    readonly events: readonly DocumentRow[];
    readonly drained: readonly string[];
    readonly announcements: readonly DocumentRow[];
    readonly done: readonly string[];
  }): Promise<void>;
}

/** What the local store keeps, as those who use it see it. */
export interface StorePorts {
  readonly spool: Spool;
  readonly sessions: SessionStore;
  readonly secrets: SecretStore;
  readonly outputState: OutputStateStore;
  readonly startLog: StartLogStore;
  readonly configuration: ConfigurationSnapshot;
  readonly control: NamedDocuments;
  readonly alarms: AlarmDocuments;
  readonly deliveries: DeliveryStore;
}

/** How the local store is, for /health. */
export interface LocalStoreState {
  readonly kind: "file" | "memory";
  readonly isOk: boolean;
  /** One sentence for people. */
  readonly detail: string;
  /** When that began, epoch ms. */
  readonly sinceMs: number;
}

/** Asks the store's worker. @throws ReefFault store-full, store-corrupt, store-unavailable */
export type Ask = <K extends StoreOperation>(
  operation: K,
  input: InputOf<K>,
  handOver?: readonly ArrayBuffer[],
) => Promise<AnswerOf<K>>;
