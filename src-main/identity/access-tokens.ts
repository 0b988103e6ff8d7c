import { randomBytes } from "node:crypto";
import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import { UserId } from "#contract/ids.ts";
import type { Clock } from "../platform/ports.ts";
import type { SecretStore } from "./ports.ts";

export const ACCESS_TOKEN_S = 900;
const KEY_BYTES = 32;
const SECRET_NAME = "token-signing-key";
const ALGORITHM = "HS256";
const Claims = z.object({ sub: UserId, sid: z.string().min(1), exp: z.number() });

const jose = () => import("jose");

/** Loads what tokens are signed and checked with, so that the first one is checked as quickly as the next. */
export async function loadTokens(): Promise<void> {
  await jose();
}

/** What an access token says, once its signature and its end were checked. */
export interface AccessClaims {
  readonly userId: UserId;
  readonly familyId: string;
  readonly expiresAtMs: number;
}

/** Signs and checks access tokens: JWT (RFC 7519), HS256, 15 minutes. They carry no role: that is the user's of now. */
export class AccessTokens {
  readonly #clock: Clock;
  readonly #secrets: SecretStore;
  #key: Uint8Array | null = null;

  constructor(clock: Clock, secrets: SecretStore) {
    this.#clock = clock;
    this.#secrets = secrets;
  }

  /** Takes the signing key out of the store, or makes one at first start. */
  async start(): Promise<void> {
    const kept = await this.#secrets.get(SECRET_NAME);
    const key = kept === null ? randomBytes(KEY_BYTES) : Buffer.from(kept, "base64url");
    if (key.byteLength < KEY_BYTES) {
      throw new ReefFault(
        "store-corrupt",
        "The token signing key in the local store is damaged; remove it to make a new one",
      );
    }
    if (kept === null) await this.#secrets.put(SECRET_NAME, key.toString("base64url"));
    this.#key = key;
  }

  async sign(userId: UserId, familyId: string): Promise<string> {
    const { SignJWT } = await jose();
    const issuedAtS = Math.floor(this.#clock.nowMs() / 1_000);
    return new SignJWT({ sid: familyId })
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setSubject(userId)
      .setIssuedAt(issuedAtS)
      .setExpirationTime(issuedAtS + ACCESS_TOKEN_S)
      .sign(this.#signingKey());
  }

  /** @throws ReefFault unauthenticated */
  async verify(token: string): Promise<AccessClaims> {
    const { jwtVerify } = await jose();
    const key = this.#signingKey();
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        currentDate: new Date(this.#clock.nowMs()),
      });
      const claims = Claims.parse(payload);
      return { userId: claims.sub, familyId: claims.sid, expiresAtMs: claims.exp * 1_000 };
    } catch (cause) {
      throw new ReefFault("unauthenticated", "The access token is not valid or has expired; sign in again", {
        cause,
      });
    }
  }

  #signingKey(): Uint8Array {
    if (this.#key === null) throw new ReefFault("stopping", "Sign-in is not ready yet; try again in a moment");
    return this.#key;
  }
}
