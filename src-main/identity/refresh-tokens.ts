import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { ReefFault } from "#contract/errors.ts";
import type { UserId } from "#contract/ids.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { SessionStore, StoredRefreshToken } from "./ports.ts";

const LIFETIME_MS = 30 * 86_400_000;
const TOKEN_BYTES = 32;
/** A script that signs in for every call must not fill the store: its oldest sessions end first. */
const MAX_FAMILIES_PER_USER = 500;

/** A fresh refresh token and the family it belongs to. */
export interface IssuedToken {
  readonly refreshToken: string;
  readonly familyId: string;
  readonly userId: UserId;
}

/**
 * Rotating refresh tokens: each is good once; the use of an old one means that two hold the same session, and ends its
 * whole family (RFC 9700 section 4.14.2). A page that is reloaded while its trade is under way never hears the answer:
 * it may name the trade by a key that it alone knows, and make the same trade again. The next token is computed from the
 * old one and that key, so nothing more is kept, and whoever has the old token alone gets nothing and ends the family.
 * Mirrored in memory, so that checking a session never waits for the store.
 */
export class RefreshTokens {
  readonly #clock: Clock;
  readonly #store: SessionStore;
  readonly #log: Logger;
  readonly #tokens = new Map<string, StoredRefreshToken>();
  /** Family to the end of its newest token, in the order of creation. */
  readonly #families = new Map<string, { readonly userId: UserId; expiresAtMs: number }>();
  /** By the token they bring: trades that the store is still told about. */
  readonly #underWay = new Map<string, Promise<IssuedToken>>();

  constructor(clock: Clock, store: SessionStore, log: Logger) {
    this.#clock = clock;
    this.#store = store;
    this.#log = log;
  }

  async start(): Promise<void> {
    await this.#store.removeExpired(this.#clock.nowMs());
    for (const token of await this.#store.loadTokens()) this.#keep(token);
  }

  isAlive(familyId: string): boolean {
    const family = this.#families.get(familyId);
    return family !== undefined && family.expiresAtMs > this.#clock.nowMs();
  }

  /** A new session. */
  async issue(userId: UserId): Promise<IssuedToken> {
    const own = [...this.#families].filter(([, family]) => family.userId === userId);
    for (const [oldest] of own.slice(0, Math.max(0, own.length - MAX_FAMILIES_PER_USER + 1)))
      await this.endFamily(oldest);
    const familyId = randomUUID();
    this.#families.set(familyId, { userId, expiresAtMs: this.#clock.nowMs() + LIFETIME_MS });
    const refreshToken = newToken();
    const token = this.#storedOf(refreshToken, { familyId, userId });
    await this.#store.putToken(token).catch((error: unknown) => {
      // A full or broken disk must not lock a keeper out of his tank: this session lasts until the program stops.
      this.#log.warn({ error, userId }, "a session could not be kept; it ends with the program");
    });
    return this.#taken(token, refreshToken);
  }

  /**
   * The session's next token for this one.
   * @param tradeKey made by this client for this trade: the same token with the same key brings the same next one, as
   *   long as that one was not traded itself
   * @throws ReefFault unauthenticated
   */
  async rotate(refreshToken: string, tradeKey?: string): Promise<IssuedToken> {
    const token = this.#tokens.get(hashOf(refreshToken));
    if (token === undefined || token.expiresAtMs <= this.#clock.nowMs())
      throw refused("is not valid or has expired");
    const next = tradeKey === undefined ? newToken() : nextTokenOf(refreshToken, tradeKey);
    if (token.isUsed) return this.#tradeAgain(token, next);
    const trade = this.#trade(token, next);
    this.#underWay.set(next, trade);
    try {
      return await trade;
    } finally {
      this.#underWay.delete(next);
    }
  }

  /** The family of a refresh token; null where nobody knows it. */
  familyOf(refreshToken: string): string | null {
    return this.#tokens.get(hashOf(refreshToken))?.familyId ?? null;
  }

  /** Ended in memory first: what the store says about it comes second. */
  async endFamily(familyId: string): Promise<void> {
    if (!this.#families.delete(familyId)) return;
    for (const token of this.#tokens.values())
      if (token.familyId === familyId) this.#tokens.delete(token.tokenHash);
    await this.#store.removeFamily(familyId);
  }

  /** Ends every session of a user, but for one. */
  async endUser(userId: UserId, exceptFamilyId?: string): Promise<void> {
    const families = [...this.#families].filter(
      ([id, family]) => family.userId === userId && id !== exceptFamilyId,
    );
    if (exceptFamilyId !== undefined) {
      for (const [familyId] of families) await this.endFamily(familyId);
      return;
    }
    for (const [familyId] of families) this.#families.delete(familyId);
    for (const token of this.#tokens.values()) if (token.userId === userId) this.#tokens.delete(token.tokenHash);
    await this.#store.removeUser(userId);
  }

  async dropExpired(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (const token of this.#tokens.values())
      if (token.expiresAtMs <= nowMs) this.#tokens.delete(token.tokenHash);
    for (const [familyId, family] of this.#families)
      if (family.expiresAtMs <= nowMs) this.#families.delete(familyId);
    await this.#store.removeExpired(nowMs);
  }

  async #trade(token: StoredRefreshToken, refreshToken: string): Promise<IssuedToken> {
    this.#tokens.set(token.tokenHash, { ...token, isUsed: true });
    const next = this.#storedOf(refreshToken, token);
    try {
      await this.#store.tradeToken(token.tokenHash, next);
    } catch (error) {
      if (this.#tokens.has(token.tokenHash)) this.#tokens.set(token.tokenHash, token);
      throw error;
    }
    return this.#taken(next, refreshToken);
  }

  /** A trade whose answer was lost has the same answer; anyone else who comes with an old token ends the family. */
  async #tradeAgain({ familyId, userId }: StoredRefreshToken, next: string): Promise<IssuedToken> {
    const underWay = this.#underWay.get(next);
    if (underWay !== undefined) return underWay;
    if (this.#tokens.get(hashOf(next))?.isUsed === false) return { refreshToken: next, familyId, userId };
    await this.endFamily(familyId);
    throw refused("was used before, so its session has ended");
  }

  /** A new session's token, or the next of one. */
  #storedOf(
    refreshToken: string,
    { familyId, userId }: Pick<StoredRefreshToken, "familyId" | "userId">,
  ): StoredRefreshToken {
    const issuedAtMs = this.#clock.nowMs();
    const expiresAtMs = issuedAtMs + LIFETIME_MS;
    return { tokenHash: hashOf(refreshToken), familyId, userId, issuedAtMs, expiresAtMs, isUsed: false };
  }

  /** @throws ReefFault unauthenticated where the session was ended while the store was told */
  async #taken(token: StoredRefreshToken, refreshToken: string): Promise<IssuedToken> {
    const { familyId, userId } = token;
    if (!this.isAlive(familyId)) {
      await this.#store.removeFamily(familyId);
      throw refused("belongs to a session that has ended");
    }
    this.#keep(token);
    return { refreshToken, familyId, userId };
  }

  #keep(token: StoredRefreshToken): void {
    this.#tokens.set(token.tokenHash, token);
    const family = this.#families.get(token.familyId);
    if (family === undefined) {
      this.#families.set(token.familyId, { userId: token.userId, expiresAtMs: token.expiresAtMs });
    } else family.expiresAtMs = Math.max(family.expiresAtMs, token.expiresAtMs);
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** As hard to guess as the two it is made of. */
function nextTokenOf(refreshToken: string, tradeKey: string): string {
  return createHmac("sha256", refreshToken).update(tradeKey).digest("base64url");
}

/** The token is 256 random bits, so a plain hash is enough: there is nothing to guess. */
function hashOf(refreshToken: string): string {
  return createHash("sha256").update(refreshToken).digest("base64url");
}

function refused(what: string): ReefFault {
  return new ReefFault("unauthenticated", `The refresh token ${what}; sign in again`);
}
