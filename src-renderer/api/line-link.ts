import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../../src-main/api/app-router.ts";
import type { Asker, Line, Question } from "./line.ts";

/** What was asked before the program was there, and is not asked twice. */
export interface AskedEarly {
  /** @returns as `Line.ask`; null where it was not asked early */
  takeOver(question: Question, asker: Asker): (() => void) | null;
}

/** tRPC's client over our line. */
export function linkOver(line: Line, askedEarly: AskedEarly | null = null): TRPCLink<AppRouter> {
  return () =>
    ({ op: { type, path, input, signal } }) =>
      observable((observer) => {
        const giveUp = () => observer.complete();
        if (signal?.aborted === true) {
          giveUp();
          return;
        }
        signal?.addEventListener("abort", giveUp, { once: true });
        const asker: Asker = {
          next: (result) => {
            observer.next({
              result: result.type === "data" ? { type: "data", data: result.data } : { type: result.type },
            });
            if (type !== "subscription" || result.type === "stopped") observer.complete();
          },
          failed: (error) => observer.error(TRPCClientError.from(error === null ? new Error(LOST) : { error })),
        };
        const question = { type, path, input };
        const forget = askedEarly?.takeOver(question, asker) ?? line.ask(question, asker);
        return () => {
          forget();
          signal?.removeEventListener("abort", giveUp);
        };
      });
}

const LOST = "the connection was lost before the core answered";
