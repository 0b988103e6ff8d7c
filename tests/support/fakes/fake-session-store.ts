import { ReefFault } from "#contract/errors.ts";
import type { SessionStore, StoredRefreshToken } from "#main/identity/ports.ts";

/** Refresh tokens in memory; `isFull` makes it refuse every write as a full disk does. */
export class FakeSessionStore implements SessionStore {
  readonly tokens = new Map<string, StoredRefreshToken>();
  isFull = false;

  async loadTokens(): Promise<readonly StoredRefreshToken[]> {
    return [...this.tokens.values()];
  }

  async putToken(token: StoredRefreshToken): Promise<void> {
    this.#write();
    this.tokens.set(token.tokenHash, token);
  }

  async tradeToken(usedHash: string, next: StoredRefreshToken): Promise<void> {
    this.#write();
    const used = this.tokens.get(usedHash);
    if (used !== undefined) this.tokens.set(usedHash, { ...used, isUsed: true });
    this.tokens.set(next.tokenHash, next);
  }

  async removeFamily(familyId: string): Promise<void> {
    this.#drop((token) => token.familyId === familyId);
  }

  async removeUser(userId: string): Promise<void> {
    this.#drop((token) => token.userId === userId);
  }

  async removeExpired(nowMs: number): Promise<void> {
    this.#drop((token) => token.expiresAtMs <= nowMs);
  }

  #drop(isGone: (token: StoredRefreshToken) => boolean): void {
    this.#write();
    for (const token of this.tokens.values()) if (isGone(token)) this.tokens.delete(token.tokenHash);
  }

  #write(): void {
    if (this.isFull) throw new ReefFault("store-full", "The disk is full");
  }
}
