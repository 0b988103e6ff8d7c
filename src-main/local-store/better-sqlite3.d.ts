/** The part of the addon that we use: its own types are not reachable through its `exports`. */
declare module "better-sqlite3-multiple-ciphers" {
  interface Statement {
    /** True where it answers rows. */
    readonly reader: boolean;
    run(...params: readonly unknown[]): { readonly changes: number };
    get(...params: readonly unknown[]): unknown;
    all(...params: readonly unknown[]): unknown[];
    iterate(...params: readonly unknown[]): IterableIterator<unknown>;
  }

  class Database {
    constructor(path: string, options?: { readonly fileMustExist?: boolean; readonly timeout?: number });
    prepare(sql: string): Statement;
    exec(sql: string): this;
    pragma(source: string, options?: { readonly simple?: boolean }): unknown;
    transaction(work: () => void): { immediate(): void };
    close(): this;
  }

  export = Database;
}
