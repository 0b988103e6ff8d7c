import type { Configuration } from "#contract/configuration.ts";
import type { ChannelId, UserId } from "#contract/ids.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import type { SecretStore, SessionStore, StoredRefreshToken } from "../identity/ports.ts";
import type { JournalBatch, Spool } from "../journal/ports.ts";
import type { DeliveryStore, KeptDelivery } from "../notifications/ports.ts";
import type {
  OutputStateStore,
  PersistedOutput,
  PersistedOutputs,
  StartLog,
  StartLogStore,
} from "../outputs/ports.ts";
import type { ConfigurationSnapshot } from "../settings/ports.ts";
import { MemoryAlarms } from "./memory-alarms.ts";
import type { NamedDocuments, StorePorts } from "./ports.ts";

/** The whole store in this process' memory, for runtimes that cannot load the encrypted one: gone with the process. */
export function memoryPorts(): StorePorts {
  return {
    spool: new MemorySpool(),
    sessions: new MemorySessions(),
    secrets: new MemorySecrets(),
    outputState: new MemoryOutputs(),
    startLog: new MemoryStartLog(),
    configuration: new MemoryConfiguration(),
    control: new MemoryControl(),
    alarms: new MemoryAlarms(),
    deliveries: new MemoryDeliveries(),
  };
}

class MemorySpool implements Spool {
  #batches: JournalBatch[] = [];
  #lastSequence = 0;

  async push(batch: JournalBatch): Promise<void> {
    this.#lastSequence = Math.max(this.#lastSequence, batch.sequence);
    if (this.#batches.some((known) => known.sequence === batch.sequence)) return;
    this.#batches.push(batch);
  }

  async peek(limit: number): Promise<readonly JournalBatch[]> {
    return this.#batches.slice(0, limit);
  }

  async dropThrough(sequence: number): Promise<void> {
    this.#batches = this.#batches.filter((batch) => batch.sequence > sequence);
  }

  async size(): Promise<number> {
    return this.#batches.length;
  }

  async lastSequence(): Promise<number> {
    return this.#lastSequence;
  }

  async reserve(through: number): Promise<void> {
    this.#lastSequence = Math.max(this.#lastSequence, through);
  }
}

class MemorySessions implements SessionStore {
  readonly #tokens = new Map<string, StoredRefreshToken>();

  async loadTokens(): Promise<readonly StoredRefreshToken[]> {
    return [...this.#tokens.values()];
  }

  async putToken(token: StoredRefreshToken): Promise<void> {
    this.#tokens.set(token.tokenHash, token);
  }

  async tradeToken(usedHash: string, next: StoredRefreshToken): Promise<void> {
    const used = this.#tokens.get(usedHash);
    if (used !== undefined) this.#tokens.set(usedHash, { ...used, isUsed: true });
    this.#tokens.set(next.tokenHash, next);
  }

  async removeFamily(familyId: string): Promise<void> {
    this.#removeWhere((token) => token.familyId === familyId);
  }

  async removeUser(userId: UserId): Promise<void> {
    this.#removeWhere((token) => token.userId === userId);
  }

  async removeExpired(nowMs: number): Promise<void> {
    this.#removeWhere((token) => token.expiresAtMs <= nowMs);
  }

  #removeWhere(isGone: (token: StoredRefreshToken) => boolean): void {
    for (const token of [...this.#tokens.values()]) if (isGone(token)) this.#tokens.delete(token.tokenHash);
  }
}

class MemorySecrets implements SecretStore {
  readonly #values = new Map<string, string>();

  async get(name: string): Promise<string | null> {
    return this.#values.get(name) ?? null;
  }

  async put(name: string, value: string): Promise<void> {
    this.#values.set(name, value);
  }

  async remove(name: string): Promise<void> {
    this.#values.delete(name);
  }
}

class MemoryOutputs implements OutputStateStore {
  readonly #outputs = new Map<ChannelId, PersistedOutput>();
  #emergencyStop: EmergencyStopState = { isActive: false, since: null, by: null };

  async load(): Promise<PersistedOutputs> {
    return { emergencyStop: this.#emergencyStop, outputs: [...this.#outputs.values()] };
  }

  async saveEmergencyStop(state: EmergencyStopState): Promise<void> {
    this.#emergencyStop = state;
  }

  async saveOutput(output: PersistedOutput): Promise<void> {
    this.#outputs.set(output.channelId, output);
  }
}

class MemoryStartLog implements StartLogStore {
  #log: StartLog | null = null;

  async loadStarts(): Promise<StartLog | null> {
    return this.#log;
  }

  async saveStarts(log: StartLog): Promise<void> {
    this.#log = log;
  }
}

class MemoryConfiguration implements ConfigurationSnapshot {
  #saved: Configuration | null = null;

  async load(): Promise<Configuration | null> {
    return this.#saved;
  }

  async save(next: Configuration): Promise<void> {
    this.#saved = next;
  }
}

class MemoryControl implements NamedDocuments {
  readonly #bodies = new Map<string, string>();

  async load(name: string): Promise<unknown> {
    const body = this.#bodies.get(name);
    return body === undefined ? null : JSON.parse(body);
  }

  async save(name: string, body: unknown): Promise<void> {
    this.#bodies.set(name, JSON.stringify(body));
  }
}

class MemoryDeliveries implements DeliveryStore {
  readonly #byId = new Map<string, KeptDelivery>();

  async loadDeliveries(): Promise<readonly KeptDelivery[]> {
    return [...this.#byId.values()];
  }

  async addDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    for (const delivery of deliveries) {
      if (!this.#byId.has(delivery.id)) this.#byId.set(delivery.id, delivery);
    }
  }

  async putDeliveries(deliveries: readonly KeptDelivery[]): Promise<void> {
    for (const delivery of deliveries) this.#byId.set(delivery.id, delivery);
  }

  async removeDeliveries(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#byId.delete(id);
  }
}
