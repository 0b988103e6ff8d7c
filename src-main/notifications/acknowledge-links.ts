import { createHmac, timingSafeEqual } from "node:crypto";
import { DeliveryId } from "./delivery.ts";

const HOUR_MS = 3_600_000;
/** How long a link in a message can acknowledge. */
export const LINK_LASTS_MS = 24 * HOUR_MS;
const EXPIRY_BYTES = 6;
const ID_BYTES = 16;
const MAC_BYTES = 32;
const PURPOSE = "acknowledge";

/** What a link says, once its signature proved right. */
export interface AcknowledgeClaim {
  readonly deliveryId: DeliveryId;
  readonly expiresAtMs: number;
}

/**
 * A link's secret part: which message to which target, until when, signed by HMAC-SHA256 (RFC 2104) with a key that only
 * this controller has.
 */
export function acknowledgeToken(key: Buffer, claim: AcknowledgeClaim): string {
  const body = Buffer.alloc(ID_BYTES + EXPIRY_BYTES);
  body.write(claim.deliveryId, "hex");
  body.writeUIntBE(claim.expiresAtMs, ID_BYTES, EXPIRY_BYTES);
  return Buffer.concat([body, macOf(key, body)]).toString("base64url");
}

/** null: we never wrote it. Whether it has expired is for the caller to say. */
export function readAcknowledgeToken(key: Buffer, token: string): AcknowledgeClaim | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== ID_BYTES + EXPIRY_BYTES + MAC_BYTES || bytes.toString("base64url") !== token) return null;
  const body = bytes.subarray(0, ID_BYTES + EXPIRY_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES + EXPIRY_BYTES), macOf(key, body))) return null;
  return {
    deliveryId: DeliveryId.parse(body.toString("hex", 0, ID_BYTES)),
    expiresAtMs: body.readUIntBE(ID_BYTES, EXPIRY_BYTES),
  };
}

function macOf(key: Buffer, body: Buffer): Buffer {
  return createHmac("sha256", key).update(PURPOSE).update(body).digest();
}
