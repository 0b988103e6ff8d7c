import type { IncomingMessage } from "node:http";
import { ReefFault } from "#contract/errors.ts";
import type { IdentityService, Principal } from "../identity/ports.ts";

/** Who a request comes from; `refusal` says what is wrong with a token that does not count. */
export interface Credentials {
  readonly principal: Principal | null;
  readonly refusal: ReefFault | null;
}

const BEARER = /^Bearer +([^\s]+)$/i;

/** Reads `Authorization: Bearer …` (RFC 6750). A wrong token is nobody, not an error: signing in needs none. */
export async function credentialsOf(req: IncomingMessage, identity: IdentityService): Promise<Credentials> {
  const { authorization } = req.headers;
  if (authorization === undefined) return { principal: null, refusal: null };
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) {
    const refusal = new ReefFault("unauthenticated", "Send the access token as Authorization: Bearer …");
    return { principal: null, refusal };
  }
  try {
    return { principal: await identity.authenticate(token), refusal: null };
  } catch (error) {
    if (error instanceof ReefFault && error.code === "unauthenticated") return { principal: null, refusal: error };
    throw error;
  }
}
