import { TRPCClientError } from "@trpc/client";
import { type FaultCode, type FaultDetail, messageOf } from "#contract/errors.ts";
import type { AppRouter } from "../../src-main/api/app-router.ts";

/** A refusal as the page shows it: the core's code and sentence, and what is wrong with which field. */
export interface Problem {
  /** `offline`: the core said nothing, because it was not there to say it. */
  readonly code: FaultCode | "offline";
  readonly message: string;
  readonly details: readonly FaultDetail[];
  /** When to try again, s; null or absent where nobody said. */
  readonly retryAfterS?: number | null;
}

/** @param error whatever a call of the API threw */
export function problemOf(error: unknown): Problem {
  const told = isOfTheRouter(error) ? error.data : undefined;
  if (told === undefined || told === null) return { code: "offline", message: messageOf(error), details: [] };
  return { code: told.fault, message: messageOf(error), details: told.details, retryAfterS: told.retryAfterS };
}

function isOfTheRouter(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}
