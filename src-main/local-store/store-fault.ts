import type { FaultCode } from "#contract/errors.ts";
import type { WorkerFault } from "./protocol.ts";

/** A failure inside the worker: crosses to the main side as code and message, and becomes a ReefFault there. */
export class StoreFault extends Error implements WorkerFault {
  override readonly name = "StoreFault";
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

const MEANINGS: readonly { readonly prefix: string; readonly code: FaultCode; readonly message: string }[] = [
  {
    prefix: "SQLITE_FULL",
    code: "store-full",
    message: "The disk with the local store is full; make room in the data folder, it goes on by itself then",
  },
  {
    prefix: "SQLITE_NOTADB",
    code: "store-corrupt",
    message:
      "The local store local.db is damaged; put a copy from a backup in its place, or move it away to start a new one",
  },
  {
    prefix: "SQLITE_CORRUPT",
    code: "store-corrupt",
    message:
      "The local store local.db is damaged; put a copy from a backup in its place, or move it away to start a new one",
  },
  {
    prefix: "SQLITE_BUSY",
    code: "store-unavailable",
    message: "Another process has the local store local.db open; end it first",
  },
];

/** What SQLite's result codes (sqlite.org/rescode.html) mean to a keeper. */
export function faultFrom(error: unknown): WorkerFault {
  if (error instanceof StoreFault) return { code: error.code, message: error.message };
  const sqliteCode = String((error as { code?: unknown } | null)?.code ?? "");
  const words = error instanceof Error ? error.message : String(error);
  const known = MEANINGS.find((meaning) => sqliteCode.startsWith(meaning.prefix));
  if (known !== undefined) return { code: known.code, message: `${known.message} (${sqliteCode}: ${words}).` };
  const detail = sqliteCode === "" ? words : `${sqliteCode}: ${words}`;
  return {
    code: "store-unavailable",
    message: `The local store failed (${detail}); check the data folder and its disk.`,
  };
}
