import type { FaultCode } from "#contract/errors.ts";
import type { StatementName } from "./statements.ts";

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Where the database is and what opens it. */
export interface StoreFile {
  readonly path: string;
  /** 32 bytes in hex: the key itself. */
  readonly keyHex: string;
  /** 16 bytes in hex: the file begins with them, so that a foreign key is told from a damaged file. */
  readonly saltHex: string;
  /** What the file may take before the spool refuses more. */
  readonly spoolLimitBytes: number;
}

/** One batch on its way to or from the spool; only the main side looks into `payload`. */
export interface SpooledBatch {
  readonly sequence: number;
  readonly rows: number;
  /** What `payload` names by number: the same few in every batch, so the file holds each once. */
  readonly sources: readonly string[];
  readonly payload: ArrayBuffer;
}

export interface SqlCall {
  readonly statement: StatementName;
  readonly params: readonly SqlValue[];
}

/** What the worker can be asked: one input and one answer each. */
export interface StoreOperations {
  /** Makes a database at a path where an empty file stands, and closes it again. */
  create(file: StoreFile): null;
  open(file: StoreFile): null;
  sql(call: SqlCall): readonly SqlRow[];
  /** All of them or none, in one transaction. */
  together(calls: readonly SqlCall[]): null;
  push(batch: SpooledBatch): null;
  peek(most: { readonly batches: number; readonly rows: number }): readonly SpooledBatch[];
  dropThrough(at: { readonly sequence: number }): null;
  size(none: null): number;
  lastSequence(none: null): number;
  /** Writes a little: resolves where a push would be taken now. */
  probe(none: null): null;
  close(none: null): null;
}

export type StoreOperation = keyof StoreOperations;
export type InputOf<K extends StoreOperation> = Parameters<StoreOperations[K]>[0];
export type AnswerOf<K extends StoreOperation> = ReturnType<StoreOperations[K]>;

export interface StoreRequest {
  readonly id: number;
  readonly operation: StoreOperation;
  readonly input: unknown;
}

export interface WorkerFault {
  readonly code: FaultCode;
  readonly message: string;
}

export type StoreReply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: WorkerFault };
