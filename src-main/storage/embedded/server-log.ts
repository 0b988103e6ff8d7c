import { copyFile, type FileHandle, open, stat, truncate } from "node:fs/promises";

const MAX_BYTES = 1_000_000;
const TAIL_BYTES = 4_096;

/** Opens the server's log for appending: the server keeps writing to it even where we end before it. */
export function openLog(file: string): Promise<FileHandle> {
  return open(file, "a", 0o600);
}

/** Past 1 MB the log becomes `….old` and starts anew; copied, because the server holds the file open. */
export async function trimLog(file: string, maxBytes = MAX_BYTES): Promise<void> {
  const { size } = await stat(file);
  if (size <= maxBytes) return;
  await copyFile(file, `${file}.old`);
  await truncate(file);
}

/** The last thing the server said before it gave up, without its time stamp; an empty text where it said nothing. */
export async function lastWords(file: string, fromByte: number): Promise<string> {
  const log = await open(file, "r");
  try {
    const { size } = await log.stat();
    const start = Math.max(Math.min(fromByte, size), size - TAIL_BYTES);
    const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(size - start), position: start });
    const lines = buffer.toString("utf8", 0, bytesRead).trim().split("\n");
    const last = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? "";
    return last.replace(/^.*?(FATAL|PANIC|ERROR|LOG):\s*/, "").slice(0, 300);
  } finally {
    await log.close();
  }
}
