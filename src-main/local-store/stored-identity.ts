import { UserId } from "#contract/ids.ts";
import type { SecretStore, SessionStore, StoredRefreshToken } from "../identity/ports.ts";
import type { Ask } from "./ports.ts";
import type { SqlCall, SqlValue } from "./protocol.ts";
import type { StatementName } from "./statements.ts";

/** Sign-ins in the encrypted file. */
export class StoredSessions implements SessionStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async loadTokens(): Promise<readonly StoredRefreshToken[]> {
    const rows = await this.#ask("sql", { statement: "loadTokens", params: [] });
    return rows.map((row) => ({
      tokenHash: String(row["tokenHash"]),
      familyId: String(row["familyId"]),
      userId: UserId.parse(row["userId"]),
      issuedAtMs: Number(row["issuedAtMs"]),
      expiresAtMs: Number(row["expiresAtMs"]),
      isUsed: row["isUsed"] === 1,
    }));
  }

  async putToken(token: StoredRefreshToken): Promise<void> {
    await this.#ask("sql", putTokenCall(token));
  }

  async tradeToken(usedHash: string, next: StoredRefreshToken): Promise<void> {
    await this.#ask("together", [{ statement: "markTokenUsed", params: [usedHash] }, putTokenCall(next)]);
  }

  removeFamily(familyId: string): Promise<void> {
    return this.#run("removeFamily", familyId);
  }

  removeUser(userId: UserId): Promise<void> {
    return this.#run("removeUser", userId);
  }

  removeExpired(nowMs: number): Promise<void> {
    return this.#run("removeExpired", nowMs);
  }

  async #run(statement: StatementName, ...params: SqlValue[]): Promise<void> {
    await this.#ask("sql", { statement, params });
  }
}

function putTokenCall(token: StoredRefreshToken): SqlCall {
  const { tokenHash, familyId, userId, issuedAtMs, expiresAtMs, isUsed } = token;
  return {
    statement: "putToken",
    params: [tokenHash, familyId, userId, issuedAtMs, expiresAtMs, isUsed ? 1 : 0],
  };
}

/** The program's own secrets in the encrypted file. */
export class StoredSecrets implements SecretStore {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async get(name: string): Promise<string | null> {
    const [row] = await this.#ask("sql", { statement: "getSecret", params: [name] });
    return row === undefined ? null : String(row["value"]);
  }

  async put(name: string, value: string): Promise<void> {
    await this.#ask("sql", { statement: "putSecret", params: [name, value] });
  }
  async remove(name: string): Promise<void> {
    await this.#ask("sql", { statement: "removeSecret", params: [name] });
  }
}
