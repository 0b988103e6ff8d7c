import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Exchange } from "./answers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};
/** The bundler puts a hash of the content into these names, so they never change. */
const HASHED = /^assets\//;
/** What the first screen needs is half of it. */
const KEPT_BYTES = 1_048_576;
const FOREVER = "public, max-age=31536000, immutable";

/** What a file holds, by its name's ending. */
export function contentTypeOf(path: string): string {
  return TYPES[extname(path)] ?? "application/octet-stream";
}

/** The path below a folder that a request names; null where it tries to leave it, or names a hidden file. */
export function relativePathFrom(path: string): string | null {
  let plain: string;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return null;
  }
  const segments = plain.split("/").filter((segment) => segment !== "");
  const isSafe = segments.every((segment) => !segment.startsWith(".") && !/[\\\0:]/.test(segment));
  return isSafe ? segments.join("/") : null;
}

/** Files whose names change with their content, once they were asked for: a card in a Pi takes longer to read than a network. */
export class KeptAssets {
  readonly #dir: string;
  readonly #contents = new Map<string, Buffer>();
  #bytes = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @param relative as `relativePathFrom` gives it @returns false where there is no such asset, or no room to keep it */
  async send(exchange: Exchange, relative: string): Promise<boolean> {
    const content = HASHED.test(relative) ? await this.#contentOf(relative) : null;
    if (content === null) return false;
    if (beginFile(exchange, { relative, etag: `"${relative}"`, bytes: content.length })) exchange.res.end(content);
    return true;
  }

  async #contentOf(relative: string): Promise<Buffer | null> {
    const kept = this.#contents.get(relative);
    if (kept !== undefined) return kept;
    const path = join(this.#dir, relative);
    const found = await stat(path).catch(() => null);
    if (found === null || !found.isFile() || this.#bytes + found.size > KEPT_BYTES) return null;
    const content = await readFile(path);
    // Another request may have brought it meanwhile.
    if (!this.#contents.has(relative)) this.#bytes += content.length;
    this.#contents.set(relative, content);
    return content;
  }
}

/**
 * Sends a file of `dir`. Nothing is listed or followed, and nothing is kept in memory.
 * @param relative as `relativePathFrom` gives it @returns false where there is no such file
 */
export async function sendFile(exchange: Exchange, dir: string, relative: string): Promise<boolean> {
  const path = join(dir, relative);
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return false;
  const etag = `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
  const { res } = exchange;
  // A client that goes away in the middle is no fault of ours.
  if (beginFile(exchange, { relative, etag, bytes: found.size }))
    await pipeline(createReadStream(path), res).catch(() => res.destroy());
  return true;
}

interface FileHead {
  readonly relative: string;
  readonly etag: string;
  readonly bytes: number;
}

/** @returns whether its content is to follow: not for whom only asked for the head, or has it already */
function beginFile({ req, res }: Exchange, { relative, etag, bytes }: FileHead): boolean {
  res.setHeader("Cache-Control", HASHED.test(relative) ? FOREVER : "no-cache");
  res.setHeader("ETag", etag);
  if (req.headers["if-none-match"] === etag) {
    res.writeHead(304).end();
    return false;
  }
  res.writeHead(200, { "Content-Type": contentTypeOf(relative), "Content-Length": bytes });
  if (req.method === "HEAD") res.end();
  return req.method !== "HEAD";
}
