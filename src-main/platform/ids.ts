import { createHash, randomFillSync } from "node:crypto";

const COUNTER_MAX = 0xfff;
const ID_BYTES = 16;
/** Random bytes are drawn for so many ids at once: each draw costs as much as the rest of an id ten times over. */
const pool = Buffer.alloc(256 * ID_BYTES);
let usedBytes = pool.length;
let last = { atMs: 0, counter: 0 };

/**
 * A UUID version 7 (RFC 9562 section 5.7): 48 bits of time, a 12-bit counter within the millisecond (section 6.2, method
 * 1), then random; sorts by creation.
 * @param nowMs epoch milliseconds, UTC
 */
export function newId(nowMs: number): string {
  const isFull = last.counter === COUNTER_MAX;
  if (nowMs !== last.atMs) last = { atMs: nowMs, counter: 0 };
  else last = { atMs: nowMs, counter: isFull ? 0 : last.counter + 1 };
  const bytes = randomId();
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function randomId(): Buffer {
  if (usedBytes === pool.length) {
    randomFillSync(pool);
    usedBytes = 0;
  }
  usedBytes += ID_BYTES;
  return pool.subarray(usedBytes - ID_BYTES, usedBytes);
}

/**
 * The id of something that belongs to another thing and is always the same one: it sorts where that thing does.
 * @param parentId a UUID version 7
 * @param name what sets it apart among all that belong to it
 */
export function idWithin(parentId: string, name: string): string {
  const hex = createHash("sha256").update(`${parentId} ${name}`).digest("hex");
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${parentId.slice(0, 13)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}
