declare const access: unique symbol;

export interface Rows<R> {
  readonly rows: readonly R[];
  /** How many rows a change touched. */
  readonly rowCount: number;
}

interface Queryable {
  /** @throws ReefFault database-away, conflict, internal … (faults.ts) */
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<Rows<R>>;
}

/** A database that may only be read: the server itself refuses a change. Give services this one unless they must write. */
export type ReadableDb = Queryable & { readonly [access]: "read" | "write" };

/** A database that may be changed. A statement outside `withTransaction` is a transaction of its own. */
export type WritableDb = ReadableDb & { readonly [access]: "write" } & {
  /** See `withTransaction`. */
  transaction<T>(work: (tx: WritableDb) => Promise<T>): Promise<T>;
};

export function asReadable(db: Queryable): ReadableDb {
  return db as ReadableDb;
}

export function asWritable(db: Queryable & Pick<WritableDb, "transaction">): WritableDb {
  return db as WritableDb;
}

/**
 * All of `work` or nothing of it: durable when this resolves, undone when it rejects. Inside a transaction it joins
 * the one that is open.
 * @throws ReefFault as `query`; whatever `work` throws
 */
export function withTransaction<T>(db: WritableDb, work: (tx: WritableDb) => Promise<T>): Promise<T> {
  return db.transaction(work);
}
