import type { DatabaseError } from "pg";
import { type FaultCode, ReefFault } from "#contract/errors.ts";

interface Verdict {
  readonly code: FaultCode;
  readonly message: string;
}

const AWAY = (cause: string): Verdict => ({
  code: "database-away",
  message: `${cause}; it is tried again by itself`,
});

/** SQLSTATE classes and codes (PostgreSQL manual, appendix A); the longest match decides. */
const BY_SQLSTATE: Readonly<Record<string, Verdict>> = {
  "08": AWAY("The connection to the database broke"),
  "53": AWAY("The database has run out of connections or memory"),
  "53100": AWAY("The disk of the database is full: free some space"),
  "57": AWAY("The database is starting or stopping"),
  "57014": AWAY("The database did not finish a statement in time"),
  "58": AWAY("The database could not use its files"),
  XX: AWAY("The database reports an inner error or damaged data"),
  "40": AWAY("Two changes of the database were in each other's way"),
  "25006": AWAY("The database accepts no changes now"),
  "28": {
    code: "bad-setting",
    message: "The database refuses the user or password of DATABASE_URL: correct them",
  },
  "3D000": { code: "bad-setting", message: "The database named in DATABASE_URL does not exist: create it" },
  "42501": {
    code: "bad-setting",
    message: "The user of DATABASE_URL may not do what is needed: grant it the rights of the database's owner",
  },
  "22021": { code: "invalid", message: "A text holds a character the database cannot keep: leave it out" },
  "22P05": { code: "invalid", message: "A text holds a character the database cannot keep: leave it out" },
  "23505": { code: "conflict", message: "Something of that name is already there: choose another" },
};

const AWAY_NODE_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EAI_AGAIN",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** pg has no codes for these; the words are its own (client.js, pg-pool). */
const AWAY_WORDS = /^(Connection terminated|Client has encountered|Client was closed|timeout )/;
const SLOW_WORDS = /^(Query read timeout|timeout exceeded|Connection terminated due to connection timeout)/;
const POOL_ENDED = "Cannot use a pool after calling end on the pool";
const SSL_WORDS = /SSL|certificate|self-signed/i;

/**
 * The one mapper from what pg and Node throw to our faults. The original's text never goes further: it may quote SQL
 * or values; its SQLSTATE does.
 */
export function faultFrom(error: unknown): ReefFault {
  if (error instanceof ReefFault) return error;
  if (isFromServer(error) && error.code !== undefined) return fromSqlState(error.code, error.constraint);
  if (error instanceof AggregateError && error.errors.length > 0) return faultFrom(error.errors[0]);
  return fromClient(error);
}

/** True where the server itself is not there, as against a statement that it refused. */
export function isConnectionTrouble(fault: ReefFault): boolean {
  return fault.code === "database-away" && !/^(22|25|40|53|57014)/.test(String(fault.context["sqlState"] ?? ""));
}

function fromSqlState(sqlState: string, constraint: string | undefined): ReefFault {
  const verdict = BY_SQLSTATE[sqlState] ?? BY_SQLSTATE[sqlState.slice(0, 2)];
  const context = { sqlState, ...(constraint === undefined ? {} : { constraint }) };
  if (verdict !== undefined) return new ReefFault(verdict.code, verdict.message, { context });
  return new ReefFault("internal", `The database refused a statement of ours (${sqlState}): please report it`, {
    context,
  });
}

function fromClient(error: unknown): ReefFault {
  const { code = "", message } = (error instanceof Error ? error : new Error("")) as NodeJS.ErrnoException;
  if (SLOW_WORDS.test(message)) return fault(AWAY("The database did not answer in time"));
  if (AWAY_NODE_CODES.has(code) || AWAY_WORDS.test(message)) return fault(AWAY("The database cannot be reached"));
  if (message === POOL_ENDED) {
    return new ReefFault("stopping", "The program is stopping: the database is closed");
  }
  if (SSL_WORDS.test(`${code} ${message}`)) {
    return new ReefFault(
      "bad-setting",
      "No trusted encrypted connection to the database was possible: correct sslmode or sslrootcert in DATABASE_URL",
    );
  }
  const context = code === "" ? {} : { code };
  return new ReefFault("internal", "The database client failed unexpectedly: please report it", { context });
}

function fault(verdict: Verdict): ReefFault {
  return new ReefFault(verdict.code, verdict.message);
}

/** What the server itself refused: told by its shape (with the length of its message), so that nothing here loads pg. */
export function isFromServer(error: unknown): error is DatabaseError {
  return error instanceof Error && typeof (error as Partial<DatabaseError>).length === "number";
}
