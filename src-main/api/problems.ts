import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { type FaultCode, type FaultDetail, ReefFault } from "#contract/errors.ts";

interface Mapping {
  readonly trpc: TRPCError["code"];
  /** HTTP status: 4xx is the caller's, 5xx is our bug or a dependency that is down. */
  readonly status: number;
}

const INVALID: Mapping = { trpc: "BAD_REQUEST", status: 400 };
const REFUSED: Mapping = { trpc: "UNPROCESSABLE_CONTENT", status: 422 };
const AWAY: Mapping = { trpc: "SERVICE_UNAVAILABLE", status: 503 };
const BUG: Mapping = { trpc: "INTERNAL_SERVER_ERROR", status: 500 };

/** The one place where a fault's code becomes an answer, on every door. */
const MAPPING_OF: Readonly<Record<FaultCode, Mapping>> = {
  invalid: INVALID,
  unauthenticated: { trpc: "UNAUTHORIZED", status: 401 },
  forbidden: { trpc: "FORBIDDEN", status: 403 },
  "not-found": { trpc: "NOT_FOUND", status: 404 },
  conflict: { trpc: "CONFLICT", status: 409 },
  "payload-too-large": { trpc: "PAYLOAD_TOO_LARGE", status: 413 },
  "unsupported-media-type": { trpc: "UNSUPPORTED_MEDIA_TYPE", status: 415 },
  "too-many-requests": { trpc: "TOO_MANY_REQUESTS", status: 429 },
  "bus-timeout": REFUSED,
  "bus-io": REFUSED,
  checksum: REFUSED,
  implausible: REFUSED,
  "device-unreachable": REFUSED,
  unsupported: REFUSED,
  interlocked: REFUSED,
  "emergency-stopped": REFUSED,
  "database-away": AWAY,
  "database-newer": AWAY,
  "store-wrong-key": AWAY,
  "store-corrupt": AWAY,
  "store-full": AWAY,
  "store-unavailable": AWAY,
  "already-running": AWAY,
  stopping: AWAY,
  // Settings are checked at the start; later only the address of the database can turn out wrong.
  "bad-setting": AWAY,
  internal: BUG,
};

/** A failure as a caller sees it. */
export interface Problem {
  readonly code: FaultCode;
  readonly message: string;
  readonly details: readonly FaultDetail[];
  readonly status: number;
  /** When to try again, s; null where that is not known. */
  readonly retryAfterS: number | null;
}

const BUG_MESSAGE = "Something went wrong inside the controller; its log says what";

/** What may be told of anything thrown: never a stack, never the words of an unexpected error. */
export function problemFrom(error: unknown): Problem {
  const fault = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (fault instanceof ReefFault) {
    const { code, message, details, context } = fault;
    const retryAfterS = typeof context["retryAfterS"] === "number" ? context["retryAfterS"] : null;
    return { code, message, details, status: MAPPING_OF[code].status, retryAfterS };
  }
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR") return problemFromTrpc(error);
  return { code: "internal", message: BUG_MESSAGE, details: [], status: BUG.status, retryAfterS: null };
}

/** The same fault as tRPC carries it. */
export function trpcErrorFrom(fault: ReefFault): TRPCError {
  return new TRPCError({ code: MAPPING_OF[fault.code].trpc, message: fault.message, cause: fault });
}

/** Each offending field once, however much is wrong with it. */
export function misfit(details: readonly FaultDetail[]): string {
  return `The request does not fit: ${[...new Set(details.map((detail) => detail.field))].join(", ")}`;
}

/** The HTTP status of a fault's code. */
export function statusOf(code: FaultCode): number {
  return MAPPING_OF[code].status;
}

/** tRPC's own refusals: input that does not fit its schema, a call that cannot be read, a procedure that is not there. */
function problemFromTrpc(error: TRPCError): Problem {
  if (error.cause instanceof z.core.$ZodError) {
    const details = detailsFrom(error.cause.issues);
    return { code: "invalid", message: misfit(details), details, status: INVALID.status, retryAfterS: null };
  }
  const [code] = Object.entries(MAPPING_OF).find(([, mapping]) => mapping.trpc === error.code) ?? ["invalid"];
  const known = code as FaultCode;
  const message = known === "not-found" ? "There is no such procedure" : "The request cannot be read";
  return { code: known, message, details: [], status: statusOf(known), retryAfterS: null };
}

/** Every offending field, each with what it must be. */
export function detailsFrom(
  issues: readonly z.core.$ZodIssue[],
  under: readonly PropertyKey[] = [],
): FaultDetail[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ field: fieldFrom([...path, key]), message: "unknown field" }));
    }
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const [closest = []] = [...issue.errors].sort((a, b) => a.length - b.length);
      return detailsFrom(closest, path);
    }
    return [{ field: fieldFrom(path), message: issue.message }];
  });
}

function fieldFrom(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "input" : path.map(String).join(".");
}
