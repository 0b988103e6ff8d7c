import { type FileHandle, open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { ReefFault } from "#contract/errors.ts";

/** Longer text than any recording; stops a compressed file that never ends. */
const MAX_BYTES = 4_000_000_000;
/** Parsed in one turn of the event loop: some 5 ms. */
const CHUNK_BYTES = 16_384;
const GZIP_MAGIC = 0x1f8b;

/**
 * A recording's text, plain or gzipped, chunk by chunk. A file cut off in its middle (a download that broke, a card that
 * filled up) ends there; `onCutOff` tells.
 * @throws ReefFault not-found, invalid (no regular file), bus-io, payload-too-large
 */
export async function* textChunks(path: string, onCutOff: () => void): AsyncGenerator<string> {
  const file = await openRegular(path);
  try {
    const decoder = new TextDecoder();
    for await (const bytes of await uncompressed(file, onCutOff)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } finally {
    await file.close();
  }
}

async function openRegular(path: string): Promise<FileHandle> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new ReefFault("not-found", `There is no file ${path}`, { cause });
    throw new ReefFault("bus-io", `${path} cannot be read: ${cause.message}`, { cause });
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new ReefFault("invalid", `${path} is not a file; a recording is one file`);
}

async function uncompressed(file: FileHandle, onCutOff: () => void): Promise<AsyncIterable<Uint8Array>> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  const plain = file.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES });
  const isGzip = bytesRead === 2 && buffer.readUInt16BE(0) === GZIP_MAGIC;
  return limited(isGzip ? untilBroken(plain.pipe(createGunzip()), onCutOff) : plain);
}

async function* untilBroken(stream: AsyncIterable<Uint8Array>, onCutOff: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    onCutOff();
  }
}

async function* limited(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  for await (const bytes of stream) {
    byteCount += bytes.length;
    if (byteCount > MAX_BYTES)
      throw new ReefFault("payload-too-large", "The recording is longer than 4 GB; split it");
    yield bytes;
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && /^Z_/.test(String((error as { code?: unknown }).code));
}
